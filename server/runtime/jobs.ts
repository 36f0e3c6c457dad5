/**
 * What runs by itself, and how often. The same list is walked by croner on Node, by the cron triggers of
 * Workers and by the demo clock. A new job is one line here; a pattern that no other job has also
 * needs its trigger in `wrangler.toml`, and a test says so.
 */
import { Cron } from 'croner'
import type { Temporal } from 'temporal-polyfill'
import type { Deps } from '../deps.ts'
import { autoRenew, nextAutoRenewalAt } from '../jobs/auto-renew.ts'
import { deliverMails, nextDeliveryAt } from '../jobs/deliver-mails.ts'
import { fewerUnits, nextUnitsAt } from '../jobs/fewer-units.ts'
import { deliverWebhooks } from '../jobs/deliver-webhooks.ts'
import { meter, nextMeteringAt } from '../jobs/meter.ts'
import { reconcile } from '../jobs/reconcile.ts'
import { nextReminderAt, remind } from '../jobs/remind.ts'
import { nextSweepAt, sweep } from '../jobs/sweep.ts'

export interface Job {
  readonly name: string
  /** Cron pattern of six fields, seconds first, UTC; days of the week by name, since numbers differ. */
  readonly pattern: string
  /** @returns how many items were handled, 200 at most */
  readonly run: (deps: Deps) => Promise<number>
  /**
   * When it is needed next, if it knows; what is due already may be left out. The demo's clock stops
   * there on its way.
   */
  readonly nextAt?: (deps: Deps) => Promise<Temporal.Instant | null>
  /** Because it waits for machines that are not ours: neither the next run nor another job waits for it. */
  readonly isSlow?: boolean
}

/** Cloudflare allows five triggers on its free plan, so jobs share these. */
const QUARTER_MINUTE = '*/15 * * * * *'
const MINUTE = '0 * * * * *'
const TEN_MINUTES = '0 */10 * * * *'

export const JOBS: readonly Job[] = [
  { name: 'sweep', pattern: QUARTER_MINUTE, run: sweep, nextAt: nextSweepAt },
  { name: 'remind', pattern: TEN_MINUTES, run: remind, nextAt: nextReminderAt },
  { name: 'deliver-mails', pattern: QUARTER_MINUTE, run: deliverMails, nextAt: nextDeliveryAt },
  { name: 'deliver-webhooks', pattern: QUARTER_MINUTE, run: deliverWebhooks, isSlow: true },
  { name: 'auto-renew', pattern: MINUTE, run: autoRenew, nextAt: nextAutoRenewalAt },
  { name: 'meter', pattern: TEN_MINUTES, run: meter, nextAt: nextMeteringAt },
  { name: 'fewer-units', pattern: MINUTE, run: fewerUnits, nextAt: nextUnitsAt },
  { name: 'reconcile', pattern: TEN_MINUTES, run: reconcile },
]

/**
 * Starts the jobs; a run that is still going is overlapped by the next only if the job is a slow one.
 * @returns stops them; resolves when the runs under way have ended
 */
export function startJobs(deps: Deps, jobs: readonly Job[] = JOBS): () => Promise<void> {
  const underWay = new Set<Promise<unknown>>()
  const crons = jobs.map(
    (job) =>
      new Cron(job.pattern, { protect: job.isSlow !== true, timezone: 'UTC' }, async () => {
        const run = runJob(deps, job)
        underWay.add(run)
        await run
        underWay.delete(run)
      }),
  )
  return async () => {
    crons.forEach((cron) => cron.stop())
    await Promise.all(underWay)
  }
}

/** The trigger of `wrangler.toml` that runs a job: its pattern in whole minutes, the shortest that Workers know. */
export function triggerOf({ pattern }: Pick<Job, 'pattern'>): string {
  return pattern.split(' ').slice(-5).join(' ')
}

/** Runs the jobs of one trigger, one after the other, and the slow ones last. Triggers overlap. */
export async function runTriggered(
  deps: Deps,
  trigger: string,
  jobs: readonly Job[] = JOBS,
): Promise<void> {
  const due = jobs.filter((job) => triggerOf(job) === trigger)
  if (due.length === 0) deps.log({ level: 'error', event: 'trigger.without_job', trigger })
  const inOrder = due.toSorted(
    (one, other) => Number(one.isSlow ?? false) - Number(other.isSlow ?? false),
  )
  for (const job of inOrder) await runJob(deps, job)
}

/**
 * One job that fails must not keep those behind it from running.
 * @returns how many items were handled; null when the run failed, which is logged
 */
export async function runJob(deps: Deps, { name, run }: Job): Promise<number | null> {
  try {
    return await run(deps)
  } catch (error) {
    deps.log({ level: 'error', event: 'job.failed', job: name, error: String(error) })
    return null
  }
}
