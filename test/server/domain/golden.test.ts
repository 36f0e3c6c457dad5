/** The nine golden cases of the requirements, dates and amounts, as one ledger and one price each. */
import { describe, expect, it } from 'vitest'
import { alignTo, type RenewalDay } from '../../../server/domain/alignment.ts'
import {
  addMonths,
  anchorOf,
  formatInstant as text,
  nextChargeAt,
  parseInstant as at,
} from '../../../server/domain/calendar.ts'
import { complimentaryEntries } from '../../../server/domain/coverage-entries.ts'
import { coverageOf } from '../../../server/domain/coverage.ts'
import { priceExtension } from '../../../server/domain/extension.ts'
import { lapsedDays, statusAt, transition } from '../../../server/domain/license.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { priceOf } from '../../../server/domain/plan.ts'
import { recurringPlan } from '../../support/catalogue.ts'
import { buy, renew, told, type Ledger } from '../../support/ledger.ts'
import { license } from '../../support/license-facts.ts'

interface Renewal {
  readonly ledger: Ledger
  readonly months: number
  readonly day: RenewalDay
  readonly quantity: number
  readonly cycle?: 'month' | 'year'
  readonly unitAmount?: number
}

/** Aligns the license and prices it, as the renewal desk does. */
function aligned({ ledger, months, day, quantity, cycle = 'month', unitAmount = 7500 }: Renewal) {
  const { endsAt, anchor } = coverageOf(ledger)
  const { extraDates, extraDays } = alignTo(endsAt, months, anchor, day)
  const after = renew(ledger, months, day)
  return {
    endsAt: told(after).endsAt,
    extraDays,
    amount: priced({ quantity, months, cycle, unitAmount, extraDates }),
    thenPlain: told(renew(after)).endsAt,
  }
}

function priced({ cycle, unitAmount, ...term }: Priced): number {
  const plan = recurringPlan({ prices: [{ currency: 'USD', cycle, unit_amount: unitAmount }] })
  const price = priceOf(plan, 'USD', cycle)
  if (price === null) throw new Error(`no price by the ${cycle}`)
  const { lines, totals } = priceExtension({ plan, price, ...term }, { currency: 'USD', tax: null })
  expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(totals.total)
  return totals.total
}

interface Priced {
  readonly quantity: number
  readonly months: number
  readonly cycle: 'month' | 'year'
  readonly unitAmount: number
  readonly extraDates?: ReturnType<typeof alignTo>['extraDates']
}

const plainMonth = (quantity: number) =>
  priced({ quantity, months: 1, cycle: 'month', unitAmount: 7500 })

describe('golden cases', () => {
  it('1: three plain renewals from 31 January; the complimentary license stays in February', () => {
    const bought = buy('2025-01-31T16:55:10Z')
    const free = complimentaryEntries(coverageOf(bought), 5).entries
    const ends: string[] = []
    let ledger = bought
    for (const renewal of ['none', 'first', 'second', 'third']) {
      if (renewal !== 'none') ledger = renew(ledger)
      ends.push(told(ledger).endsAt)
    }
    expect(ends).toEqual([
      '2025-02-28T16:55:10Z',
      '2025-03-31T16:55:10Z',
      '2025-04-30T16:55:10Z',
      '2025-05-31T16:55:10Z',
    ])
    expect(told(free).endsAt).toBe('2025-02-28T16:55:10Z')
  })

  it.each([
    { start: '2025-02-09T07:30:00Z', months: 1, end: '2025-03-09T07:30:00Z' },
    { start: '2025-02-09T07:30:00Z', months: 2, end: '2025-04-09T06:30:00Z' },
    { start: '2025-10-02T05:30:00Z', months: 1, end: '2025-11-02T06:30:00Z' },
  ])('2: New York, $start + $months → $end', ({ start, months, end }) => {
    const anchor = anchorOf(at(start), 'America/New_York')
    expect(text(addMonths(at(start), months, anchor))).toBe(end)
    expect(told(buy(start, months, 1, 'America/New_York')).endsAt).toBe(end)
  })

  it.each([
    { day: 1, endsAt: '2024-05-01', extraDays: 6, amount: 89_919, thenPlain: '2024-06-01' },
    { day: 'last', endsAt: '2024-04-30', extraDays: 5, amount: 87_500, thenPlain: '2024-05-31' },
  ] as const)(
    '3: ten units to day $day cost $amount, then a plain month 75000',
    ({ day, ...expected }) => {
      const ledger = buy('2024-02-25T15:30:27Z', 1, 10)
      expect(told(ledger).endsAt).toBe('2024-03-25T15:30:27Z')
      expect(aligned({ ledger, months: 1, day, quantity: 10 })).toEqual({
        ...expected,
        endsAt: `${expected.endsAt}T23:59:59Z`,
        thenPlain: `${expected.thenPlain}T23:59:59Z`,
      })
      expect(plainMonth(10)).toBe(75_000)
    },
  )

  it.each([
    { day: 28, thenPlain: '2025-03-28T23:59:59Z' },
    { day: 'last', thenPlain: '2025-03-31T23:59:59Z' },
  ] as const)('4: February on day $day costs one month', ({ day, thenPlain }) => {
    const ledger = buy('2024-12-31T16:55:10Z', 1, 1)
    expect(aligned({ ledger, months: 1, day, quantity: 1 })).toEqual({
      endsAt: '2025-02-28T23:59:59Z',
      extraDays: 0,
      amount: 7500,
      thenPlain,
    })
  })

  it('5: a leap day costs 1/29 of a month', () => {
    const ledger = buy('2023-12-28T10:00:00Z', 1, 10)
    expect(aligned({ ledger, months: 1, day: 'last', quantity: 10 })).toMatchObject({
      endsAt: '2024-02-29T23:59:59Z',
      extraDays: 1,
      amount: 77_586,
    })
  })

  it('6: half a cent is rounded up exactly, where floats lose it', () => {
    const ledger = buy('2024-12-06T10:00:00Z', 1, 7)
    const renewal = { ledger, months: 1, day: 'last', quantity: 7, unitAmount: 4995 } as const
    expect(aligned(renewal)).toMatchObject({
      endsAt: '2025-02-28T23:59:59Z',
      extraDays: 22,
      amount: 62_438,
    })
  })

  it('7: a year bought on a leap day, and one day of March at a twelfth of the annual price', () => {
    const ledger = buy('2024-02-29T10:00:00Z', 12, 10)
    expect(told(ledger).endsAt).toBe('2025-02-28T10:00:00Z')
    const renewal = { ledger, months: 12, day: 1, quantity: 10, cycle: 'year' } as const
    expect(aligned({ ...renewal, unitAmount: 75_000 })).toMatchObject({
      endsAt: '2026-03-01T23:59:59Z',
      extraDays: 1,
      amount: 752_016,
    })
  })

  it('8: retained, renewed from the old end with 19 days lost, and refused once ended', () => {
    const ledger = buy('2024-12-31T16:55:10Z')
    const facts = license({ endsAt: coverageOf(ledger).endsAt })
    expect(text(facts.endsAt)).toBe('2025-01-31T16:55:10Z')
    expect(statusAt(facts, at('2025-02-07T16:55:09Z'))).toBe('grace')
    expect(statusAt(facts, at('2025-02-07T16:55:10Z'))).toBe('retained')
    const late = at('2025-02-20T00:00:00Z')
    expect(transition(statusAt(facts, late), 'renew', 'active')).toBe('active')
    expect(lapsedDays(facts, late)).toBe(19)
    expect(told(renew(ledger)).endsAt).toBe('2025-02-28T16:55:10Z')
    const ended = statusAt(facts, at('2025-02-22T16:55:10Z'))
    expect(() => transition(ended, 'renew', ended)).toThrow(Refused)
  })

  it('9: Shanghai is charged at its last 03:00 seven days ahead', () => {
    const chargeAt = nextChargeAt(at('2025-05-01T15:59:59Z'), 7, 'Asia/Shanghai')
    expect(text(chargeAt)).toBe('2025-04-23T19:00:00Z')
  })
})
