import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { ONE, fraction, isGreater } from '../../../server/domain/fraction.ts'
import { partPeriod } from '../../../server/domain/part-period.ts'

const run = (after: string, until: string) =>
  partPeriod({ after: Temporal.PlainDate.from(after), until: Temporal.PlainDate.from(until) })

describe('partPeriod()', () => {
  it('costs nothing for no dates', () => {
    expect(run('2024-04-25', '2024-04-25')).toEqual({
      months: fraction(0),
      shares: [],
      isCapped: false,
    })
  })

  it('counts each date in the month it lies in', () => {
    expect(run('2024-12-30', '2025-01-02')).toEqual({
      months: fraction(3, 31),
      shares: [
        { year: 2024, month: 12, days: 1, daysInMonth: 31 },
        { year: 2025, month: 1, days: 2, daysInMonth: 31 },
      ],
      isCapped: false,
    })
  })

  it.each([
    ['2024-01-31', '2024-02-29', 29],
    ['2025-01-31', '2025-02-28', 28],
    ['2025-03-31', '2025-04-30', 30],
  ])('a whole natural month after %s costs exactly one month', (after, until, days) => {
    expect(run(after, until)).toMatchObject({ months: ONE, shares: [{ days }], isCapped: false })
  })

  it('R12: never costs more than a month, and counts every date once', () => {
    const offset = fc.integer({ min: 0, max: 3000 })
    fc.assert(
      fc.property(offset, fc.integer({ min: 0, max: 70 }), (start, days) => {
        const after = Temporal.PlainDate.from('2023-12-31').add({ days: start })
        const part = partPeriod({ after, until: after.add({ days }) })
        expect(isGreater(part.months, ONE)).toBe(false)
        expect(part.shares.reduce((sum, share) => sum + share.days, 0)).toBe(days)
        expect(part.isCapped || days <= 31).toBe(true)
      }),
    )
  })

  it('throws for dates that run backwards: a bug', () => {
    expect(() => run('2025-01-02', '2025-01-01')).toThrow(RangeError)
  })
})
