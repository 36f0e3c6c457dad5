import { describe, expect, it } from 'vitest'
import { formatInstant as text, parseInstant as at } from '../../../server/domain/calendar.ts'
import { CoverageEntry, coverageOf, unitsAt } from '../../../server/domain/coverage.ts'
import { buy, give, renew, reverse, told, type Ledger } from '../../support/ledger.ts'

const EARLY = '2024-01-02T00:00:00Z'

describe('unitsAt()', () => {
  const fewer = (quantity: number, from: string) =>
    ({ kind: 'units_removed', quantity, from }) as const
  const bought = buy('2025-01-31T16:55:10Z', 1, 10)
  const END = '2025-02-28T16:55:10Z'
  const inForce = (ledger: Ledger, when: string) => {
    const { total, next } = unitsAt(ledger, at(when))
    return next === null ? [total] : [total, next.total, text(next.at)]
  }

  it('R14: units go at the moment for which fewer were bought, and not before', () => {
    const ledger = [...bought, fewer(6, END)]
    expect(inForce(ledger, '2025-02-28T16:55:09Z')).toEqual([10, 4, END])
    expect(inForce(ledger, END)).toEqual([4])
    expect(told(ledger).total).toBe(4)
  })

  it('R14: tells of the last of several such moments', () => {
    const later = '2025-03-31T16:55:10Z'
    const ledger = [...bought, fewer(2, END), fewer(3, later)]
    expect(inForce(ledger, '2025-02-01T00:00:00Z')).toEqual([10, 5, later])
    expect(inForce(ledger, END)).toEqual([8, 5, later])
  })

  it('counts at once what goes at once, and not what was taken back', () => {
    const ledger: Ledger = [...bought, { kind: 'units_removed', quantity: 1 }, fewer(6, END)]
    expect(inForce(ledger, EARLY)).toEqual([9, 3, END])
    expect(inForce(reverse(ledger, [4], EARLY), EARLY)).toEqual([9])
    expect(inForce(bought, EARLY)).toEqual([10])
  })
})

describe('coverageOf()', () => {
  it('survives storage as JSON', () => {
    const ledger = reverse(give(renew(buy('2024-02-25T15:30:27Z'), 1, 1), 3), [5], EARLY)
    const stored = ledger.map((entry) => CoverageEntry.parse(JSON.parse(JSON.stringify(entry))))
    expect(told(stored)).toEqual(told(ledger))
  })

  it.each([
    ['an instant with more around it', { startsAt: 'x2025-01-31T16:55:10Z' }],
    ['an instant with more behind it', { endsAt: '2025-02-28T16:55:10Zx' }],
    ['a time of day with more around it', { anchor: { day: 1, time: '123:59:59', zone: 'UTC' } }],
    ['a time of day with more behind it', { anchor: { day: 1, time: '23:59:590', zone: 'UTC' } }],
    ['a kind that nobody knows', { kind: '' }],
  ])('is never read from %s', (_why, wrong) => {
    const [time] = buy('2025-01-31T16:55:10Z')
    expect(CoverageEntry.safeParse({ ...time, ...wrong }).success).toBe(false)
    expect(CoverageEntry.safeParse(time).success).toBe(true)
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

  it('keep them also where a renewal came after the goodwill', () => {
    const ledger = renew(give(renew(buy('2024-02-25T15:30:27Z'), 1, 1), 10))
    expect(told(reverse(ledger, [3, 4], EARLY))).toMatchObject({
      endsAt: '2024-05-05T23:59:59Z',
      anchor: { day: 5, time: '23:59:59' },
    })
  })

  it('go back to the standard day before, where a license was aligned twice', () => {
    const ledger = renew(renew(renew(buy('2024-02-25T15:30:27Z'), 1, 1), 1, 15))
    expect(told(ledger).endsAt).toBe('2024-07-15T23:59:59Z')
    expect(told(reverse(ledger, [5, 6], EARLY))).toMatchObject({
      endsAt: '2024-06-01T23:59:59Z',
      anchor: { day: 1, time: '23:59:59' },
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
      startsAt: '2025-02-28T16:55:10Z',
      endsAt: '2025-02-28T16:55:10Z',
      hasGrace: true,
    })
  })

  it('keep the grace of an end that falls on the reversal itself', () => {
    const ledger = renew(buy('2025-01-31T16:55:10Z'))
    expect(told(reverse(ledger, [3], '2025-02-28T16:55:10Z'))).toMatchObject({
      endsAt: '2025-02-28T16:55:10Z',
      hasGrace: true,
    })
  })

  it('leave nothing where only days up to a standard day remain: those come with a renewal', () => {
    const ledger = renew(buy('2024-02-25T15:30:27Z'), 1, 1)
    expect(told(reverse(ledger, [1, 2, 3], '2024-03-01T00:00:00Z'))).toMatchObject({
      endsAt: '2024-03-01T00:00:00Z',
      hasGrace: false,
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
