import { describe, expect, it } from 'vitest'
import type { Deps, LogEntry } from '../../../server/deps.ts'
import { runTriggered, triggerOf, type Job } from '../../../server/runtime/jobs.ts'

const logs: LogEntry[] = []
const ran: string[] = []

/** Guarantee: these jobs use nothing of their dependencies. */
const deps = { log: (entry: LogEntry) => void logs.push(entry) } as Deps

function job(name: string, pattern: string, isBroken = false): Job {
  const run = async () => {
    if (isBroken) throw new Error('the provider is away')
    return ran.push(name)
  }
  return { name, pattern, run }
}

const JOBS = [
  job('first', '*/15 * * * * *', true),
  job('behind it', '0 * * * * *'),
  job('daily', '0 30 3 * * *'),
]

describe('triggerOf()', () => {
  it.each([
    ['*/15 * * * * *', '* * * * *'],
    ['0 */10 * * * *', '*/10 * * * *'],
    ['30 0 3 * * MON', '0 3 * * MON'],
    ['0 3 * * *', '0 3 * * *'],
  ])('of %s is %s: whole minutes', (pattern, trigger) => {
    expect(triggerOf({ pattern })).toBe(trigger)
  })
})

describe('a trigger', () => {
  it('runs its own jobs only, also behind one that failed, which is logged', async () => {
    await runTriggered(deps, '* * * * *', JOBS)
    expect(ran).toEqual(['behind it'])
    expect(logs).toEqual([
      { level: 'error', event: 'job.failed', job: 'first', error: 'Error: the provider is away' },
    ])
  })

  it('that no job has is logged', async () => {
    logs.length = 0
    await runTriggered(deps, '0 0 * * *', JOBS)
    expect(logs).toEqual([{ level: 'error', event: 'trigger.without_job', trigger: '0 0 * * *' }])
  })
})
