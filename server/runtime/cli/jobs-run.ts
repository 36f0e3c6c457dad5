/** `jobs run`: what cron does, once and now. */
import { JOBS, runJob } from '../jobs.ts'
import { EXIT, UsageError, type CommandSpec } from './command.ts'
import { withDeps } from './workplace.ts'

const NAMES = JOBS.map(({ name }) => name)

export const runJobs: CommandSpec = {
  name: 'run',
  description: 'Run one job, or all of them in turn, once',
  args: {
    job: { type: 'positional', required: false, description: NAMES.join(', ') },
  },
  async run(given, shell) {
    const wanted = given.text('job')
    const jobs = JOBS.filter(({ name }) => wanted === null || name === wanted)
    if (jobs.length === 0) throw new UsageError(`There is no job "${wanted}": ${NAMES.join(', ')}.`)
    const ran = await withDeps(shell, async (deps) => {
      const results: { job: string; handled: number | null }[] = []
      for (const job of jobs) results.push({ job: job.name, handled: await runJob(deps, job) })
      return results
    })
    return {
      data: { ran },
      text: ran.map(({ job, handled }) => `${job}: ${handled ?? 'failed'}`).join('\n'),
      exit: ran.some(({ handled }) => handled === null) ? EXIT.crashed : EXIT.done,
    }
  },
}
