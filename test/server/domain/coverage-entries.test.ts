import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { formatInstant as text, parseInstant as at } from '../../../server/domain/calendar.ts'
import {
  complimentaryEntries,
  goodwillEntries,
  grantEntries,
  purchaseEntries,
  renewalEntries,
} from '../../../server/domain/coverage-entries.ts'
import { coverageOf } from '../../../server/domain/coverage.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { buy, renew, told } from '../../support/ledger.ts'

describe('purchaseEntries() and complimentaryEntries()', () => {
  it('R7, S19: a purchase covers from the second of the payment', () => {
    expect(told(buy('2025-01-31T16:55:10Z'))).toEqual({
      startsAt: '2025-01-31T16:55:10Z',
      endsAt: '2025-02-28T16:55:10Z',
      anchor: { day: 31, time: '16:55:10', zone: 'UTC' },
      total: 5,
      hasGrace: true,
    })
  })

  it('cuts fractions of a second, as they are shown', () => {
    const paidAt = Temporal.Instant.from('2025-01-31T16:55:10.999Z')
    const { entries } = purchaseEntries({ paidAt, months: 1, zone: 'UTC', quantity: 5 })
    expect(told(entries)).toEqual(told(buy('2025-01-31T16:55:10Z')))
  })

  it('golden 1, S25, R9: the complimentary license copies start and end and stays there', () => {
    let ledger = buy('2025-01-31T16:55:10Z')
    const complimentary = complimentaryEntries(coverageOf(ledger), 5).entries
    for (let renewal = 0; renewal < 3; renewal += 1) ledger = renew(ledger)
    expect(told(ledger).endsAt).toBe('2025-05-31T16:55:10Z')
    expect(complimentary).toEqual([
      {
        kind: 'complimentary',
        startsAt: '2025-01-31T16:55:10Z',
        endsAt: '2025-02-28T16:55:10Z',
        anchor: { day: 31, time: '16:55:10', zone: 'UTC' },
        months: 0,
        extraDays: 0,
      },
      { kind: 'units_granted', quantity: 5 },
    ])
  })

  it('S25: to the second, wherever and whenever it was bought', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 1, max: 36 }), (paidAt, zone, months) => {
        const { coverage } = purchaseEntries({ paidAt, months, zone, quantity: 3 })
        const free = complimentaryEntries(coverage, 3).coverage
        expect(text(free.startsAt)).toBe(text(coverage.startsAt))
        expect(text(free.endsAt)).toBe(text(coverage.endsAt))
        expect(free.total).toBe(coverage.total)
      }),
    )
  })
})

describe('grantEntries()', () => {
  const granted = (months: number, days: number, zone = 'UTC') =>
    grantEntries({ startsAt: at('2025-01-31T16:55:10Z'), months, days, zone, quantity: 5 }).entries

  it('S10: of months is what a purchase at that moment brings', () => {
    expect(granted(1, 0)).toEqual(buy('2025-01-31T16:55:10Z'))
  })

  it('S34: of days are local dates, so that the time of day stays, and later renewals follow them', () => {
    // 2 November 2025: clocks go back an hour in New York.
    expect(granted(0, 280, 'America/New_York')).toEqual([
      {
        kind: 'purchase',
        startsAt: '2025-01-31T16:55:10Z',
        endsAt: '2025-11-07T16:55:10Z',
        anchor: { day: 7, time: '11:55:10', zone: 'America/New_York' },
        months: 0,
        extraDays: 280,
      },
      { kind: 'units_granted', quantity: 5 },
    ])
    expect(told(granted(0, 90, 'America/New_York')).endsAt).toBe('2025-05-01T15:55:10Z')
  })
})

describe('renewalEntries() and goodwillEntries()', () => {
  const bought = buy('2024-02-25T15:30:27Z')
  const kinds = (change: ReturnType<typeof renewalEntries>) =>
    change.entries.map((entry) =>
      'months' in entry ? [entry.kind, entry.months, entry.extraDays] : [],
    )

  it('R5: tell months from the days up to the standard day, so that each can be taken back', () => {
    expect(kinds(renewalEntries(bought, 2, null))).toEqual([['renewal', 2, 0]])
    expect(kinds(renewalEntries(bought, 1, 1))).toEqual([
      ['renewal', 1, 0],
      ['alignment', 0, 6],
    ])
  })

  it('R1: goodwill is as many days as were given', () => {
    expect(kinds(goodwillEntries(bought, 10))).toEqual([['goodwill', 0, 10]])
  })
})
