import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  judgeAttempt,
  MAX_ATTEMPTS,
  mayTry,
  type Attempt,
} from '../../../server/domain/mail-delivery.ts'

const attempts: fc.Arbitrary<Attempt> = fc.constantFrom(
  { kind: 'accepted' },
  { kind: 'refused' },
  { kind: 'deferred' },
  { kind: 'unknown' },
)

describe('judgeAttempt()', () => {
  it('C16: however answers come and go, without idempotency at most one copy too many leaves', () => {
    fc.assert(
      fc.property(fc.array(attempts, { minLength: 1, maxLength: 30 }), (answers) => {
        let [inDoubt, mayHaveArrived] = [0, 0]
        for (const [index, attempt] of answers.entries()) {
          const tries = { attempts: index + 1, inDoubt, isIdempotent: false }
          const verdict = judgeAttempt(tries, attempt, 0)
          if (attempt.kind === 'accepted' || attempt.kind === 'unknown') mayHaveArrived += 1
          if (verdict.kind !== 'again') break
          inDoubt = verdict.inDoubt
        }
        expect(mayHaveArrived).toBeLessThanOrEqual(2)
      }),
    )
  })

  it('ends after a bounded number of attempts, whatever the transport', () => {
    fc.assert(
      fc.property(fc.boolean(), attempts, (isIdempotent, attempt) => {
        const tries = { attempts: MAX_ATTEMPTS, inDoubt: 0, isIdempotent }
        expect(judgeAttempt(tries, attempt, 0).kind).not.toBe('again')
      }),
    )
  })

  it('waits longer each time, between half and all of it, and as long as was asked at least', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((tried) => {
      const tries = { attempts: tried, inDoubt: 0, isIdempotent: true }
      const [short, long] = [0, 0.999_999].map((random) =>
        judgeAttempt(tries, { kind: 'deferred' }, random),
      )
      return [short, long].map((verdict) => (verdict?.kind === 'again' ? verdict.afterSeconds : 0))
    })
    expect(waits[0]).toEqual([30, 60])
    for (const [short = 0, long = 0] of waits) expect(long).toBe(short * 2)
    expect(waits.map(([short]) => short)).toEqual(
      waits.map(([short]) => short).toSorted((a = 0, b = 0) => a - b),
    )
    const asked = { kind: 'deferred', retryAfterSeconds: 500 } as const
    expect(judgeAttempt({ attempts: 1, inDoubt: 0, isIdempotent: true }, asked, 0)).toMatchObject({
      afterSeconds: 500,
    })
  })

  it('waits a minute, five, half an hour, two hours, six, twelve and twenty: together two days', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((tried) => again(tried, { kind: 'deferred' }))
    expect(waits.map((wait) => wait && wait * 2)).toEqual([
      60, 300, 1800, 7200, 21_600, 43_200, 72_000,
    ])
  })

  it('waits no shorter than its own time, whatever was asked, and asks nobody who did not answer', () => {
    expect(again(3, { kind: 'deferred', retryAfterSeconds: 1 })).toBe(900)
    const silent = { kind: 'unknown', retryAfterSeconds: 100_000 } as const
    expect(again(1, silent)).toBe(30)
  })

  it.each<[string, Tried, Attempt, object]>([
    ['is sent', {}, { kind: 'accepted' }, { kind: 'sent', inDoubt: 0 }],
    ['keeps the doubt', { inDoubt: 1 }, { kind: 'accepted' }, { kind: 'sent', inDoubt: 1 }],
    ['is given up', {}, { kind: 'refused' }, { kind: 'given_up', inDoubt: 0 }],
    ['adds a doubt', {}, { kind: 'unknown' }, { kind: 'again', inDoubt: 1 }],
    ['adds none', { inDoubt: 1 }, { kind: 'deferred' }, { kind: 'again', inDoubt: 1 }],
    ['ends at two', { inDoubt: 1 }, { kind: 'unknown' }, { kind: 'given_up', inDoubt: 2 }],
    [
      'has no doubt where ids are known',
      { inDoubt: 1, isIdempotent: true },
      { kind: 'unknown' },
      { kind: 'again', inDoubt: 2 },
    ],
    ['is tried seven times', { attempts: 7 }, { kind: 'deferred' }, { kind: 'again' }],
    ['and an eighth', { attempts: 8 }, { kind: 'deferred' }, { kind: 'given_up' }],
  ])('%s: %j, %j', (_, tried, attempt, verdict) => {
    const tries = { attempts: 1, inDoubt: 0, isIdempotent: false, ...tried }
    expect(judgeAttempt(tries, attempt, 0)).toMatchObject(verdict)
  })
})

describe('mayTry()', () => {
  it.each([
    [0, false, true],
    [1, false, true],
    [2, false, false],
    [2, true, true],
  ])('C16: after %i doubts, idempotent %j: %j', (inDoubt, isIdempotent, isAllowed) => {
    expect(mayTry({ inDoubt, isIdempotent })).toBe(isAllowed)
  })
})

type Tried = Partial<Parameters<typeof judgeAttempt>[0]>

/** Seconds until the next attempt, at least; null when there is none. */
function again(attempts: number, attempt: Attempt): number | null {
  const verdict = judgeAttempt({ attempts, inDoubt: 0, isIdempotent: true }, attempt, 0)
  return verdict.kind === 'again' ? verdict.afterSeconds : null
}
