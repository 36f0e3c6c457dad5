import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { formatInstant as text } from '../../../server/domain/calendar.ts'
import { complimentaryEntries, purchaseEntries } from '../../../server/domain/coverage-entries.ts'
import { CoverageEntry, coverageOf } from '../../../server/domain/coverage.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { buy, give, renew, reverse, told, type Ledger } from '../../support/ledger.ts'

const EARLY = '2024-01-02T00:00:00Z'

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
    expect(told(complimentary)).toMatchObject({
      startsAt: '2025-01-31T16:55:10Z',
      endsAt: '2025-02-28T16:55:10Z',
      total: 5,
    })
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

describe('coverageOf()', () => {
  it('survives storage as JSON', () => {
    const ledger = reverse(give(renew(buy('2024-02-25T15:30:27Z'), 1, 1), 3), [5], EARLY)
    const stored = ledger.map((entry) => CoverageEntry.parse(JSON.parse(JSON.stringify(entry))))
    expect(told(stored)).toEqual(told(ledger))
  })

  it('goodwill days move the end and the anchor of later renewals (R1)', () => {
    const ledger = give(buy('2025-01-31T16:55:10Z'), 5)
    expect(told(ledger).endsAt).toBe('2025-03-05T16:55:10Z')
    expect(told(renew(ledger)).endsAt).toBe('2025-04-05T16:55:10Z')
  })

  it('counts units granted, added and removed', () => {
    const ledger: Ledger = [
      ...buy('2025-01-31T16:55:10Z'),
      { kind: 'units_added', quantity: 3 },
      { kind: 'units_removed', quantity: 2 },
    ]
    expect(told(ledger).total).toBe(6)
    expect(told(reverse(ledger, [3], EARLY)).total).toBe(3)
  })

  it('a ledger without time is a bug', () => {
    expect(() => coverageOf([])).toThrow('without time')
    expect(() => coverageOf([{ kind: 'units_granted', quantity: 1 }])).toThrow('without time')
  })
})

describe('reversals (R10)', () => {
  it('of the last live entry restore the end and the anchor before it', () => {
    const bought = buy('2024-02-25T15:30:27Z')
    const aligned = renew(bought, 1, 'last')
    expect(told(reverse(aligned, [3, 4], EARLY))).toEqual(told(bought))
  })

  it('of an earlier plain renewal take its months off the current end', () => {
    const ledger = renew(renew(buy('2025-01-31T16:55:10Z')))
    expect(told(reverse(ledger, [3], '2025-02-01T00:00:00Z')).endsAt).toBe('2025-03-31T16:55:10Z')
  })

  it('of an earlier aligned renewal take its extra days too, with the earlier anchor', () => {
    const ledger = renew(renew(buy('2024-02-25T15:30:27Z'), 1, 1))
    expect(told(ledger).endsAt).toBe('2024-06-01T23:59:59Z')
    expect(told(reverse(ledger, [3, 4], EARLY))).toMatchObject({
      endsAt: '2024-04-25T15:30:27Z',
      anchor: { day: 25, time: '15:30:27', zone: 'UTC' },
    })
  })

  it('never align again: under a later aligned renewal only the months go', () => {
    const ledger = renew(renew(buy('2024-02-25T15:30:27Z')), 1, 1)
    expect(told(ledger).endsAt).toBe('2024-06-01T23:59:59Z')
    expect(told(reverse(ledger, [3], EARLY))).toMatchObject({
      endsAt: '2024-05-01T23:59:59Z',
      anchor: { day: 1, time: '23:59:59' },
    })
  })

  it('never align again: days up to an earlier standard day stay under a later one', () => {
    const ledger = renew(renew(buy('2024-02-25T15:30:27Z'), 1, 1), 1, 15)
    expect(told(ledger).endsAt).toBe('2024-06-15T23:59:59Z')
    expect(told(reverse(ledger, [3, 4], EARLY))).toMatchObject({
      endsAt: '2024-05-15T23:59:59Z',
      anchor: { day: 15, time: '23:59:59' },
    })
  })

  it('keep goodwill days that were given after the reversed alignment', () => {
    const ledger = give(renew(buy('2024-02-25T15:30:27Z'), 1, 1), 10)
    expect(told(ledger).endsAt).toBe('2024-05-11T23:59:59Z')
    expect(told(reverse(ledger, [3, 4], EARLY))).toMatchObject({
      endsAt: '2024-04-05T23:59:59Z',
      anchor: { day: 5, time: '23:59:59' },
    })
  })

  it('add up: an earlier one, then a later one, leave what was bought first', () => {
    const bought = buy('2025-01-31T16:55:10Z')
    const twice = reverse(renew(renew(bought)), [3], '2025-02-01T00:00:00Z')
    expect(told(reverse(twice, [4], '2025-02-02T00:00:00Z'))).toEqual(told(bought))
  })

  it('are not counted again by a renewal bought after them', () => {
    const reversed = reverse(renew(renew(buy('2025-01-31T16:55:10Z'))), [3], '2025-02-01T00:00:00Z')
    const once = renew(reversed)
    expect(told(once).endsAt).toBe('2025-04-30T16:55:10Z')
    expect(told(reverse(renew(once), [7], '2025-02-02T00:00:00Z'))).toEqual(told(once))
  })

  it('leave what is paid: refunding the purchase keeps the renewal', () => {
    const ledger = renew(buy('2025-01-31T16:55:10Z'))
    expect(told(reverse(ledger, [1], '2025-02-01T00:00:00Z'))).toMatchObject({
      endsAt: '2025-02-28T16:55:10Z',
      hasGrace: true,
    })
  })

  it('end the license at once, without grace, when nothing paid remains', () => {
    const ledger = give(buy('2025-01-31T16:55:10Z'), 30)
    expect(told(reverse(ledger, [1, 2], '2025-02-03T04:05:06Z'))).toMatchObject({
      endsAt: '2025-02-03T04:05:06Z',
      total: 0,
      hasGrace: false,
    })
  })

  it('turn an end in the past into now, without grace', () => {
    const ledger = renew(buy('2025-01-31T16:55:10Z'))
    expect(told(reverse(ledger, [3], '2025-03-10T00:00:00Z'))).toMatchObject({
      endsAt: '2025-03-10T00:00:00Z',
      hasGrace: false,
    })
  })

  it('never give time: a license that ran out stays where it ran out', () => {
    const ledger = buy('2025-01-31T16:55:10Z')
    expect(told(reverse(ledger, [1, 2], '2025-03-10T00:00:00Z'))).toMatchObject({
      endsAt: '2025-02-28T16:55:10Z',
      hasGrace: false,
    })
  })

  it('of units alone move no date, not even of a license in grace', () => {
    const ledger: Ledger = [...buy('2025-01-31T16:55:10Z'), { kind: 'units_added', quantity: 3 }]
    expect(told(reverse(ledger, [3], '2025-03-02T00:00:00Z'))).toEqual(
      told(buy('2025-01-31T16:55:10Z')),
    )
  })

  it('of what does not exist or is reversed already are a bug', () => {
    const ledger = buy('2025-01-31T16:55:10Z')
    expect(() => reverse(ledger, [9], EARLY)).toThrow('cannot be reversed')
    expect(() => reverse(reverse(ledger, [1], EARLY), [1], EARLY)).toThrow('cannot be reversed')
    expect(() => reverse(reverse(ledger, [1], EARLY), [3], EARLY)).toThrow('cannot be reversed')
  })
})
