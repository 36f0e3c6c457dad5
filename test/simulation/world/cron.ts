/** What happens by itself while time passes: Stripe's deadlines, and the jobs of the server. */
import { JOBS, runJob, type Job } from '../../../server/runtime/jobs.ts'
import { TOLD_NEXT } from './host-backend.ts'
import { POSTED_NEXT, postOf, remindedNextMs } from './post.ts'
import type { World } from './world.ts'

/** How often cron comes, by the seed: every minute, as orders ask for; late; not at all for days. */
const PACES_MS = [60_000, 300_000, 600_000, 600_000, 3 * 86_400_000] as const
const SHARE_OF_DOUBLE = 0.2
/**
 * Asking Stripe for everything is dear. In a long world it comes each week, for which one run is enough;
 * the first time on the first day, while it still sees the beginning.
 */
const DAY_MS = 86_400_000
const often = JOBS.filter(({ name }) => name !== 'reconcile')
const seldom = JOBS.filter(({ name }) => name === 'reconcile')

export function keepTime(world: World): void {
  const { scheduler } = world
  const paceMs = PACES_MS[Math.floor(world.lot('pace of cron') * PACES_MS.length)] ?? 60_000
  const isDouble = world.lot('two crons') < SHARE_OF_DOUBLE
  let lastMs = scheduler.nowMs
  let everythingMs = scheduler.nowMs + DAY_MS
  let looks = 0
  /** It looks 72 hours back at first: until it has, it must not be kept from it for days. */
  const pauseMs = (look: number) => {
    const isUnmarked = look > 0 && world.machine.disk.all(MARK).length === 0
    return isUnmarked ? paceMs : (look === 0 ? 1 : 7) * DAY_MS
  }
  const clockwork = scheduler.newTask('stripe', null)
  world.beforeTimeMoves = (toMs) => {
    if (toMs === Infinity) return false
    const stripeMs = world.stripe.nextDueMs()
    const cronMs = Math.max(lastMs + paceMs, Math.min(dueMs(world, lastMs), everythingMs))
    if (Math.min(stripeMs, cronMs) > toMs) return false
    scheduler.nowMs = Math.max(scheduler.nowMs, Math.min(stripeMs, cronMs))
    scheduler.current = clockwork
    if (stripeMs <= cronMs) {
      world.stripe.advance()
    } else {
      lastMs = scheduler.nowMs
      const isEverything = lastMs >= everythingMs
      const jobs = [...wanted(world), ...(isEverything ? seldom : [])]
      if (isEverything) everythingMs = lastMs + pauseMs(looks++)
      runJobs(world, `cron${scheduler.nowMs}`, jobs)
      if (isDouble) runJobs(world, `cron${scheduler.nowMs}b`, jobs)
    }
    return true
  }
}

const MARK = `SELECT 1 FROM journal WHERE stream = 'job:reconcile' LIMIT 1`

/**
 * Whether there is anything that a job is ever about, due or not. What is left out could only read that
 * there is nothing; when the faults are over, all of them run.
 */
const ABOUT = `SELECT
  EXISTS (SELECT 1 FROM orders WHERE sweep_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM provider_events WHERE sweep_at IS NOT NULL)
    OR EXISTS (SELECT 1 FROM method_setups WHERE sweep_at IS NOT NULL) AS 'sweep',
  EXISTS (SELECT 1 FROM webhook_endpoints) AS 'deliver-webhooks',
  EXISTS (SELECT 1 FROM licenses WHERE renewal_mode = 'auto')
    OR EXISTS (SELECT 1 FROM orders WHERE origin IN ('auto_renewal', 'meter') AND sweep_at IS NOT NULL) AS 'auto-renew',
  EXISTS (SELECT 1 FROM meters) AS 'meter',
  EXISTS (SELECT 1 FROM licenses WHERE next_total_at IS NOT NULL) AS 'fewer-units'`
/** Where nobody reads mail, none is sent, and none of those that are written here. */
const OF_MAIL = ['remind', 'deliver-mails']

function wanted(world: World): readonly Job[] {
  const [about] = world.machine.disk.all(ABOUT)
  const isRead = postOf(world) !== null
  return often.filter(({ name }) => (OF_MAIL.includes(name) ? isRead : about?.[name] !== 0))
}

/** In one server, one after the other, as a trigger of Workers runs them. */
export function runJobs(world: World, name: string, jobs: readonly Job[] = JOBS): void {
  world.servers.run(name, async (deps) => {
    for (const job of jobs) {
      world.note(() => `runs ${job.name}`)
      await runJob(deps, job)
    }
  })
}

/** All of them, and `reconcile` twice: a run lists eight days, and cron may have been away for longer. */
export const EVERY_JOB: readonly Job[] = [...often, ...seldom, ...seldom]

const RENEWED = `renewal_mode = 'auto' AND suspended_at IS NULL AND under_review_at IS NULL`
/** Columns that say when a job looks next; a sweep in between would find nothing. */
const DUE = `SELECT min(at) AS at FROM (
  SELECT min(sweep_at) AS at FROM orders WHERE sweep_at IS NOT NULL UNION ALL
  SELECT min(sweep_at) FROM provider_events WHERE sweep_at IS NOT NULL UNION ALL
  SELECT min(next_charge_at) FROM licenses WHERE ${RENEWED} UNION ALL
  SELECT min(ends_at + grace_days * 86400000) FROM licenses WHERE ${RENEWED} UNION ALL
  ${TOLD_NEXT})`

/** By the clock of the world; Infinity when nothing is due. */
function dueMs(world: World, lastMs: number): number {
  const { disk } = world.machine
  const at = disk.all(DUE)[0]?.['at']
  const due = [typeof at === 'number' ? at : Infinity]
  if (postOf(world) !== null) {
    due.push(Number(disk.all(POSTED_NEXT)[0]?.['at'] ?? Infinity))
    due.push(remindedNextMs(world, lastMs + world.clockErrorMs))
  }
  return Math.min(...due) - world.clockErrorMs
}
