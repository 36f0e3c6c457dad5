import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeAttempt, MAX_ATTEMPTS, type Attempt } from '../../../server/domain/mail-delivery.ts'

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
})
