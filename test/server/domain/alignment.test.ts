import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { alignTo, parseRenewalDay, type RenewalDay } from '../../../server/domain/alignment.ts'
import {
  addMonths,
  anchorOf,
  formatInstant as text,
  instantAt,
  parseInstant as at,
} from '../../../server/domain/calendar.ts'
import { instants, zones } from '../../support/arbitraries.ts'

const days = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant<RenewalDay>('last'))
const months = fc.integer({ min: 1, max: 60 })

function align(end: string, count: number, day: RenewalDay, anchorDay?: number) {
  const anchor = { ...anchorOf(at(end), 'UTC'), ...(anchorDay && { day: anchorDay }) }
  const aligned = alignTo(at(end), count, anchor, day)
  return {
    alignedAt: text(aligned.alignedAt),
    extraDays: aligned.extraDays,
    extraDates: `(${aligned.extraDates.after}, ${aligned.extraDates.until}]`,
    thenPlain: text(addMonths(aligned.alignedAt, 1, aligned.anchor)),
  }
}

describe('alignTo()', () => {
  it('golden 3: 2024-03-25 and 1 month: day 1 costs 6 more days, the last day 5', () => {
    expect(align('2024-03-25T15:30:27Z', 1, 1)).toEqual({
      alignedAt: '2024-05-01T23:59:59Z',
      extraDays: 6,
      extraDates: '(2024-04-25, 2024-05-01]',
      thenPlain: '2024-06-01T23:59:59Z',
    })
    expect(align('2024-03-25T15:30:27Z', 1, 'last')).toEqual({
      alignedAt: '2024-04-30T23:59:59Z',
      extraDays: 5,
      extraDates: '(2024-04-25, 2024-04-30]',
      thenPlain: '2024-05-31T23:59:59Z',
    })
  })

  it.each([
    { day: 28 as const, thenPlain: '2025-03-28T23:59:59Z' },
    { day: 'last' as const, thenPlain: '2025-03-31T23:59:59Z' },
  ])(
    'golden 4, R6: February on day $day has no extra day, then $thenPlain',
    ({ day, thenPlain }) => {
      expect(align('2025-01-31T16:55:10Z', 1, day)).toEqual({
        alignedAt: '2025-02-28T23:59:59Z',
        extraDays: 0,
        extraDates: '(2025-02-28, 2025-02-28]',
        thenPlain,
      })
    },
  )

  it.each([
    { golden: 5, end: '2024-01-28T10:00:00Z', count: 1, day: 'last', to: '2024-02-29', extra: 1 },
    { golden: 6, end: '2025-01-06T10:00:00Z', count: 1, day: 'last', to: '2025-02-28', extra: 22 },
    {
      golden: 7,
      end: '2025-02-28T10:00:00Z',
      count: 12,
      day: 1,
      to: '2026-03-01',
      extra: 1,
      on: 29,
    },
  ] as const)(
    'golden $golden: aligned on $to, $extra extra',
    ({ end, count, day, to, extra, ...rest }) => {
      const result = align(end, count, day, 'on' in rest ? rest.on : undefined)
      expect(result.alignedAt).toBe(`${to}T23:59:59Z`)
      expect(result.extraDays).toBe(extra)
    },
  )

  it('counts days on the wall calendar of the customer', () => {
    const end = at('2024-03-25T15:30:27Z')
    const { alignedAt, extraDates } = alignTo(end, 1, anchorOf(end, 'Asia/Shanghai'), 1)
    expect(text(alignedAt)).toBe('2024-05-01T15:59:59Z')
    expect(extraDates.until.toString()).toBe('2024-05-01')
  })

  it.each([0, 29, 31, 1.5, -1])('a day %d is a bug', (day) => {
    expect(() => align('2024-03-25T15:30:27Z', 1, day)).toThrow(RangeError)
  })
})

describe('laws of alignTo()', () => {
  it('never shortens: aligned is not before base, base is the plain renewal', () => {
    fc.assert(
      fc.property(instants, zones, months, days, (end, zone, count, day) => {
        const anchor = anchorOf(end, zone)
        const { base, alignedAt } = alignTo(end, count, anchor, day)
        expect(text(base)).toBe(text(addMonths(end, count, anchor)))
        expect(Temporal.Instant.compare(alignedAt, base)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('is idempotent: once aligned, aligning again adds no day', () => {
    fc.assert(
      fc.property(instants, zones, months, months, days, (end, zone, first, second, day) => {
        const once = alignTo(end, first, anchorOf(end, zone), day)
        const twice = alignTo(once.alignedAt, second, once.anchor, day)
        expect(twice.extraDays).toBe(0)
        expect(text(twice.alignedAt)).toBe(text(addMonths(once.alignedAt, second, once.anchor)))
        expect(twice.anchor).toEqual(once.anchor)
      }),
    )
  })

  it('pays exactly the dates after base up to the standard day, at most one month of them', () => {
    fc.assert(
      fc.property(instants, zones, months, days, (end, zone, count, day) => {
        const { base, alignedAt, extraDates, extraDays } = alignTo(
          end,
          count,
          anchorOf(end, zone),
          day,
        )
        const { after, until } = extraDates
        expect(text(base)).toBe(text(instantAt(after, anchorOf(end, zone).time, zone)))
        expect(after.add({ days: extraDays }).toString()).toBe(until.toString())
        expect(until.day).toBe(day === 'last' ? until.daysInMonth : day)
        expect(text(alignedAt)).toBe(text(instantAt(until, '23:59:59', zone)))
        expect(extraDays).toBeLessThan(31)
      }),
    )
  })
})

describe('a standard day whose midnight a zone skips', () => {
  const zone = 'America/Nuuk'
  const first = alignTo(
    at('2026-02-25T12:00:00Z'),
    1,
    anchorOf(at('2026-02-25T12:00:00Z'), zone),
    28,
  )

  it('R2: ends after the gap, never earlier than shown', () => {
    expect(text(first.alignedAt)).toBe('2026-03-29T01:59:59Z')
    expect(first.extraDays).toBe(3)
  })

  it('R6: is on the day already: the next alignment adds nothing', () => {
    const second = alignTo(first.alignedAt, 1, first.anchor, 28)
    expect([second.extraDays, text(second.alignedAt)]).toEqual([0, '2026-04-29T00:59:59Z'])
    const onto = alignTo(at('2026-02-28T12:00:00Z'), 1, { ...first.anchor, day: 28 }, 28)
    expect([onto.extraDays, text(onto.alignedAt)]).toEqual([0, text(first.alignedAt)])
  })
})

describe('parseRenewalDay()', () => {
  it.each([
    ['1', 1],
    ['28', 28],
    [17, 17],
    ['last', 'last'],
  ])('reads %j', (value, expected) => expect(parseRenewalDay(value)).toBe(expected))

  it.each(['0', '29', '01', '', ' 1', '1.5', 'LAST', 31, -1])('refuses %j', (value) => {
    expect(parseRenewalDay(value)).toBeNull()
  })
})
