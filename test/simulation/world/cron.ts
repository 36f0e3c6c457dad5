/** What happens by itself while time passes: Stripe's deadlines, and the jobs of the server. */
import { JOBS, runJob, type Job } from '../../../server/runtime/jobs.ts'
import type { World } from './world.ts'

/** How often cron comes, by the seed: every minute, as orders ask for; late; not at all for days. */
const PACES_MS = [60_000, 300_000, 600_000, 600_000, 3 * 86_400_000] as const
const SHARE_OF_DOUBLE = 0.2
/** Asking Stripe for everything waits until the end. */
const often = JOBS.filter(({ name }) => name !== 'reconcile')

export function keepTime(world: World): void {
  const { scheduler } = world
  const paceMs = PACES_MS[Math.floor(world.lot('pace of cron') * PACES_MS.length)] ?? 60_000
  const isDouble = world.lot('two crons') < SHARE_OF_DOUBLE
  let lastMs = scheduler.nowMs
  const clockwork = scheduler.newTask('stripe', null)
  world.beforeTimeMoves = (toMs) => {
    if (toMs === Infinity) return false
    const stripeMs = world.stripe.nextDueMs()
    const cronMs = Math.max(lastMs + paceMs, dueMs(world))
    if (Math.min(stripeMs, cronMs) > toMs) return false
    scheduler.nowMs = Math.max(scheduler.nowMs, Math.min(stripeMs, cronMs))
    scheduler.current = clockwork
    if (stripeMs <= cronMs) {
      world.stripe.advance()
    } else {
      lastMs = scheduler.nowMs
      runJobs(world, `cron${scheduler.nowMs}`, often)
      if (isDouble) runJobs(world, `cron${scheduler.nowMs}b`, often)
    }
    return true
  }
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

/** Columns that say when a job looks next; a sweep in between would find nothing. */
const DUE = `SELECT min(at) AS at FROM (
  SELECT min(sweep_at) AS at FROM orders WHERE sweep_at IS NOT NULL UNION ALL
  SELECT min(sweep_at) FROM provider_events WHERE sweep_at IS NOT NULL)`

/** By the clock of the world; Infinity when nothing is due. */
function dueMs(world: World): number {
  const at = world.machine.disk.all(DUE)[0]?.['at']
  return typeof at === 'number' ? at - world.clockErrorMs : Infinity
}
