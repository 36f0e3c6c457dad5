import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addMonths,
  anchorOf,
  formatInstant,
  isZone,
  nextChargeAt,
  parseInstant,
  serviceLifeDays,
  subtractMonths,
  wholeSecond,
  type Anchor,
} from '../../../server/domain/calendar.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { instants, zones } from '../../support/arbitraries.ts'

const at = parseInstant
const text = formatInstant

/** Ends of n plain periods in a row, starting at `start`. */
function renewals(start: string, zone: string, count: number): string[] {
  const anchor = anchorOf(at(start), zone)
  const ends: string[] = []
  for (let end = at(start); ends.length < count; ends.push(text(end))) {
    end = addMonths(end, 1, anchor)
  }
  return ends
}

function plus(start: string, months: number, zone = 'UTC'): string {
  return text(addMonths(at(start), months, anchorOf(at(start), zone)))
}

describe('addMonths()', () => {
  it('golden 1: returns to the 31st after each shorter month', () => {
    expect(renewals('2025-01-31T16:55:10Z', 'UTC', 4)).toEqual([
      '2025-02-28T16:55:10Z',
      '2025-03-31T16:55:10Z',
      '2025-04-30T16:55:10Z',
      '2025-05-31T16:55:10Z',
    ])
  })

  it.each([
    { start: '2025-02-09T07:30:00Z', months: 1, end: '2025-03-09T07:30:00Z', why: 'in a gap' },
    { start: '2025-02-09T07:30:00Z', months: 2, end: '2025-04-09T06:30:00Z', why: 'after a gap' },
    {
      start: '2025-10-02T05:30:00Z',
      months: 1,
      end: '2025-11-02T06:30:00Z',
      why: 'second reading',
    },
  ])('golden 2: New York, $start + $months → $end ($why)', ({ start, months, end }) => {
    expect(plus(start, months, 'America/New_York')).toBe(end)
  })

  it('golden 2: keeps the anchor time after a gap moved one end forward', () => {
    expect(renewals('2025-02-09T07:30:00Z', 'America/New_York', 2)).toEqual([
      '2025-03-09T07:30:00Z',
      '2025-04-09T06:30:00Z',
    ])
  })

  it.each([
    { start: '2024-01-31T00:00:00Z', months: 1, end: '2024-02-29T00:00:00Z' },
    { start: '2024-01-31T00:00:00Z', months: 2, end: '2024-03-31T00:00:00Z' },
    { start: '2024-02-29T00:00:00Z', months: 12, end: '2025-02-28T00:00:00Z' },
    { start: '2024-02-29T00:00:00Z', months: 48, end: '2028-02-29T00:00:00Z' },
    { start: '2025-06-30T16:55:10Z', months: 3, end: '2025-09-30T16:55:10Z' },
  ])('R1: $start + $months months → $end', ({ start, months, end }) => {
    expect(plus(start, months)).toBe(end)
  })

  it.each([
    { start: '2025-03-30T17:00:00Z', zone: 'Asia/Shanghai', end: '2025-04-29T17:00:00Z', days: 30 },
    {
      start: '2025-02-15T15:00:00Z',
      zone: 'America/New_York',
      end: '2025-03-15T14:00:00Z',
      days: 28,
    },
  ])('R2: $start + 1 month in $zone → $end, Service Life $days', ({ start, zone, end, days }) => {
    expect(plus(start, 1, zone)).toBe(end)
    expect(serviceLifeDays(at(start), at(end), zone)).toBe(days)
  })

  it('R1: 2025-06-30 + 3 months has a Service Life of 92 days', () => {
    expect(serviceLifeDays(at('2025-06-30T16:55:10Z'), at('2025-09-30T16:55:10Z'), 'UTC')).toBe(92)
  })

  it('stays in its month when the zone was changed after the end was stored', () => {
    const anchor: Anchor = { day: 31, time: '23:59:59', zone: 'UTC' }
    expect(text(addMonths(at('2025-05-01T00:59:59Z'), 1, anchor))).toBe('2025-05-31T23:59:59Z')
    expect(text(addMonths(at('2025-04-30T22:59:59Z'), 1, anchor))).toBe('2025-05-31T23:59:59Z')
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'is a bug with %d months',
    (months) => {
      const start = at('2025-01-31T00:00:00Z')
      expect(() => addMonths(start, months, anchorOf(start, 'UTC'))).toThrow(`months: ${months}`)
      expect(() => subtractMonths(start, months, anchorOf(start, 'UTC'))).toThrow(RangeError)
    },
  )

  it('has anchors of whole seconds', () => {
    expect(anchorOf(Temporal.Instant.from('2026-01-31T10:00:00.9Z'), 'UTC').time).toBe('10:00:00')
  })

  it('C11: refuses an end after the year 9999 and still reaches its last second', () => {
    expect(plus('9999-11-30T23:59:59Z', 1)).toBe('9999-12-30T23:59:59Z')
    expect(plus('9999-10-31T23:59:59Z', 2)).toBe('9999-12-31T23:59:59Z')
    expect(() => plus('9999-12-01T00:00:00Z', 1)).toThrow(Refused)
    expect(() => plus('2026-01-01T00:00:00Z', 12 * 9_000)).toThrow(/request\.invalid/)
  })

  it('C11: refuses months by the million instead of overflowing', () => {
    expect(() => plus('2026-01-01T00:00:00Z', 1_000_000_000)).toThrow(Refused)
  })
})

describe('laws of addMonths()', () => {
  const months = fc.integer({ min: 1, max: 60 })

  it('n months at once are n times one month from the anchor', () => {
    fc.assert(
      fc.property(instants, zones, months, (start, zone, count) => {
        const anchor = anchorOf(start, zone)
        let end = start
        for (let step = 0; step < count; step += 1) end = addMonths(end, 1, anchor)
        expect(text(end)).toBe(text(addMonths(start, count, anchor)))
      }),
    )
  })

  it('C11: never ends earlier than shown: local date and time reach the anchor', () => {
    fc.assert(
      fc.property(instants, zones, months, (start, zone, count) => {
        const anchor = anchorOf(start, zone)
        const shown = addMonths(start, count, anchor).toZonedDateTimeISO(zone).toPlainDateTime()
        const month = start.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth()
        const due = month.add({ months: count })
        const promised = due
          .toPlainDate({ day: Math.min(anchor.day, due.daysInMonth) })
          .toPlainDateTime(Temporal.PlainTime.from(anchor.time))
        expect(Temporal.PlainDateTime.compare(shown, promised)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('subtractMonths() undoes it for an end on its anchor', () => {
    fc.assert(
      fc.property(instants, zones, months, (start, zone, count) => {
        const anchor = anchorOf(start, zone)
        const first = addMonths(start, 1, anchor)
        const there = addMonths(first, count, anchor)
        expect(text(subtractMonths(there, count, anchor))).toBe(text(first))
      }),
    )
  })
})

describe('nextChargeAt()', () => {
  it('golden 9: Shanghai, 7 days ahead of 2025-05-01T15:59:59Z', () => {
    expect(text(nextChargeAt(at('2025-05-01T15:59:59Z'), 7, 'Asia/Shanghai'))).toBe(
      '2025-04-23T19:00:00Z',
    )
  })

  it.each([
    { why: 'exactly at 03:00', ends: '2025-05-08T03:00:00Z', charge: '2025-05-01T03:00:00Z' },
    { why: 'a second before 03:00', ends: '2025-05-08T02:59:59Z', charge: '2025-04-30T03:00:00Z' },
    { why: 'a second after 03:00', ends: '2025-05-08T03:00:01Z', charge: '2025-05-01T03:00:00Z' },
  ])('an end $why is charged at $charge', ({ ends, charge }) => {
    expect(text(nextChargeAt(at(ends), 7, 'UTC'))).toBe(charge)
  })

  it('comes before a day that the zone skips (Samoa, 30 December 2011)', () => {
    const charge = nextChargeAt(at('2012-01-04T10:00:00Z'), 5, 'Pacific/Apia')
    expect(text(charge)).toBe('2011-12-29T13:00:00Z')
  })

  it('is the last 03:00 that leaves the lead, in every zone', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 0, max: 7 }), (endsAt, zone, leadDays) => {
        const charge = nextChargeAt(endsAt, leadDays, zone)
        const latest = endsAt.toZonedDateTimeISO(zone).subtract({ days: leadDays }).toInstant()
        const leadMs = latest.epochMilliseconds - charge.epochMilliseconds
        expect(leadMs).toBeGreaterThanOrEqual(0)
        expect(leadMs).toBeLessThan(26 * 3_600_000)
        expect(charge.toZonedDateTimeISO(zone).hour).toBeGreaterThanOrEqual(3)
      }),
    )
  })
})

describe('instants on the wire', () => {
  it('are written as Temporal writes them to the second, before 1970 and within a second too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -70_000_000_000_000, max: 253_402_300_799_000 }), (ms) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(ms)
        expect(text(instant)).toBe(instant.toString({ smallestUnit: 'second' }))
      }),
    )
  })

  it('are whole seconds in UTC', () => {
    const precise = Temporal.Instant.from('2026-11-21T09:58:00.999Z')
    expect(text(precise)).toBe('2026-11-21T09:58:00Z')
    expect(wholeSecond(precise).toString()).toBe('2026-11-21T09:58:00Z')
  })

  it('survive the round trip', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(at(text(instant)).equals(instant)).toBe(true)
      }),
    )
  })

  it.each([
    '2026-11-21',
    '2026-11-21T09:58:00+08:00',
    '2026-11-21T09:58:00.5Z',
    '+010000-01-01T00:00:00Z',
    '2026-11-21T09:58:00Z[UTC]',
    '',
  ])('no other form is read: %j', (wrong) => expect(() => at(wrong)).toThrow(RangeError))

  it('C11: refuses to write a year of five digits', () => {
    expect(() => text(Temporal.Instant.from('+010000-01-01T00:00:00Z'))).toThrow(Refused)
  })
})

describe('isZone()', () => {
  it.each(['UTC', 'Asia/Shanghai', 'America/Argentina/Ushuaia', 'Etc/GMT+5'])(
    'knows %s',
    (name) => {
      expect(isZone(name)).toBe(true)
    },
  )
  it.each(['', 'Mars/Olympus', '+08:00', '2026-01-01[UTC]', 'UTC ', '__proto__'])(
    'refuses %j',
    (name) => {
      expect(isZone(name)).toBe(false)
    },
  )
})
