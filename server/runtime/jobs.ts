/** What runs by itself, and how often. The same list is walked by cron on Node and by the demo clock. */
import { Cron } from 'croner'
import type { Deps } from '../deps.ts'
import { sweep } from '../jobs/sweep.ts'

export interface Job {
  readonly name: string
  /** Cron pattern, UTC. */
  readonly pattern: string
  readonly run: (deps: Deps) => Promise<number>
}

export const JOBS: readonly Job[] = [{ name: 'sweep', pattern: '*/15 * * * * *', run: sweep }]

/** Starts the jobs; a run that is still going is not overlapped by the next. @returns stops them */
export function startJobs(deps: Deps): () => void {
  const crons = JOBS.map(
    ({ name, pattern, run }) =>
      new Cron(pattern, { protect: true, timezone: 'UTC' }, async () => {
        try {
          await run(deps)
        } catch (error) {
          deps.log({ level: 'error', event: 'job.failed', job: name, error: String(error) })
        }
      }),
  )
  return () => crons.forEach((cron) => cron.stop())
}
