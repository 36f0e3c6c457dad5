/** What runs by itself, and how often. The same list is walked by cron on Node and by the demo clock. */
import { Cron } from 'croner'
import type { Deps } from '../deps.ts'
import { reconcile } from '../jobs/reconcile.ts'
import { sweep } from '../jobs/sweep.ts'

export interface Job {
  readonly name: string
  /** Cron pattern, UTC. */
  readonly pattern: string
  readonly run: (deps: Deps) => Promise<number>
}

export const JOBS: readonly Job[] = [
  { name: 'sweep', pattern: '*/15 * * * * *', run: sweep },
  { name: 'reconcile', pattern: '0 */10 * * * *', run: reconcile },
]

/**
 * Starts the jobs; a run that is still going is not overlapped by the next.
 * @returns stops them; resolves when the runs under way have ended
 */
export function startJobs(deps: Deps): () => Promise<void> {
  const underWay = new Set<Promise<void>>()
  const crons = JOBS.map(
    (job) =>
      new Cron(job.pattern, { protect: true, timezone: 'UTC' }, async () => {
        const run = runGuarded(deps, job)
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

async function runGuarded(deps: Deps, { name, run }: Job): Promise<void> {
  try {
    await run(deps)
  } catch (error) {
    deps.log({ level: 'error', event: 'job.failed', job: name, error: String(error) })
  }
}
