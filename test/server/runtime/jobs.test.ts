import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Deps, LogEntry } from '../../../server/deps.ts'
import { runTriggered, startJobs, triggerOf, type Job } from '../../../server/runtime/jobs.ts'
import { promised } from '../../support/promised.ts'

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
  beforeEach(() => void ran.splice(0))

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

  it('runs jobs that wait for receivers behind the others, who do not wait for them (N15)', async () => {
    const slow = { ...job('slow', '*/15 * * * * *'), isSlow: true }
    await runTriggered(deps, '* * * * *', [slow, job('quick', '0 * * * * *')])
    expect(ran).toEqual(['quick', 'slow'])
  })
})

describe('on Node', () => {
  beforeEach(
    () => void vi.useFakeTimers({ now: 500, toFake: ['setTimeout', 'clearTimeout', 'Date'] }),
  )
  afterEach(() => void vi.useRealTimers())

  it('a run does not wait for an earlier one of receivers (N15), and for one of any other job', async () => {
    const end = promised<number>()
    const begun = { slow: 0, other: 0 }
    const endless = (name: keyof typeof begun): Job => ({
      name,
      pattern: '* * * * * *',
      run: () => {
        begun[name] += 1
        return end.promise
      },
    })
    const stop = startJobs(deps, [{ ...endless('slow'), isSlow: true }, endless('other')])
    await vi.advanceTimersByTimeAsync(3000)
    expect(begun).toEqual({ slow: 3, other: 1 })
    const stopped = stop()
    end.resolve(0)
    await stopped
  })
})
