import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  formatInstant as text,
  localDate,
  parseInstant as at,
} from '../../../server/domain/calendar.ts'
import {
  attemptCalendar,
  firstAttemptAt,
  MOST_ATTEMPTS,
  nextAttemptAt,
  type ChargeTerm,
} from '../../../server/domain/charge-calendar.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { RUNS } from '../../support/laws.ts'

const term = (facts: Partial<ChargeTerm> = {}): ChargeTerm => {
  const endsAt = facts.endsAt ?? at('2025-05-01T15:59:59Z')
  const graceEndsAt = endsAt.add({ hours: 7 * 24 })
  return { endsAt, leadDays: 7, graceEndsAt, zone: 'UTC', ...facts }
}
const date = (on: string) => Temporal.PlainDate.from(on)
const days = (instant: Temporal.Instant | null) => instant && text(instant)

describe('attemptCalendar()', () => {
  it('tries eight times: 7, 5, 3 and 1 days before the expiry, on its day, and 2, 4 and 6 after', () => {
    expect(attemptCalendar(term()).map(text)).toEqual([
      '2025-04-24T03:00:00Z',
      '2025-04-26T03:00:00Z',
      '2025-04-28T03:00:00Z',
      '2025-04-30T03:00:00Z',
      '2025-05-01T03:00:00Z',
      '2025-05-03T03:00:00Z',
      '2025-05-05T03:00:00Z',
      '2025-05-07T03:00:00Z',
    ])
  })

  it('begins in Shanghai at the last local 03:00 seven days ahead (golden case 9)', () => {
    const [first] = attemptCalendar(term({ zone: 'Asia/Shanghai' }))
    expect(first && text(first)).toBe('2025-04-23T19:00:00Z')
  })

  it('tries at least once: the 03:00 before an end at 03:00 that no grace follows', () => {
    const endsAt = at('2025-05-01T03:00:00Z')
    const calendar = attemptCalendar(term({ endsAt, graceEndsAt: endsAt, leadDays: 0 }))
    expect(calendar.map(text)).toEqual(['2025-04-30T03:00:00Z'])
  })

  it('begins with the lead days of the plan, and goes on with what is left', () => {
    const offsets = (leadDays: number) =>
      attemptCalendar(term({ leadDays })).map(
        (instant) => date('2025-05-01').until(localDate(instant, 'UTC')).days,
      )
    expect(offsets(4)).toEqual([-4, -3, -1, 0, 2, 4, 6])
    expect(offsets(0)).toEqual([0, 2, 4, 6])
  })

  it('tries once where the clock shows 03:00 twice on the day of the end (C11)', () => {
    const ends = term({ endsAt: at('2023-10-29T00:00:00Z'), leadDays: 1, zone: 'Europe/Kyiv' })
    expect(attemptCalendar(ends).map(text).slice(0, 2)).toEqual([
      '2023-10-28T00:00:00Z',
      '2023-10-31T01:00:00Z',
    ])
  })

  it('ends with the grace', () => {
    const graceEndsAt = at('2025-05-04T15:59:59Z')
    expect(attemptCalendar(term({ graceEndsAt })).map(text).at(-1)).toBe('2025-05-03T03:00:00Z')
  })
})

describe('firstAttemptAt()', () => {
  const first = (end: string, leadDays: number, graceDays: number) =>
    text(firstAttemptAt(at(end), { leadDays, graceDays }, 'UTC'))

  it('is the 03:00 of the lead days, whatever the grace', () => {
    expect(first('2025-05-01T15:59:59Z', 7, 7)).toBe('2025-04-24T03:00:00Z')
    expect(first('2025-05-01T15:59:59Z', 0, 0)).toBe('2025-05-01T03:00:00Z')
    expect(first('2025-05-01T03:00:00Z', 0, 7)).toBe('2025-05-01T03:00:00Z')
  })

  it('is the day before where the license ends for good at 03:00 itself', () => {
    expect(first('2025-05-01T03:00:00Z', 0, 0)).toBe('2025-04-30T03:00:00Z')
    const endsAt = at('2025-05-01T03:00:00Z')
    const ends = term({ endsAt, leadDays: 0, graceEndsAt: endsAt })
    const due = at('2025-04-30T03:00:00Z')
    expect(days(nextAttemptAt(ends, { attempts: 0, lastOn: null }, due))).toBe(text(due))
  })
})

describe('nextAttemptAt()', () => {
  it('tries at once when auto-renewal was switched on after the first date', () => {
    const now = at('2025-04-25T10:00:00Z')
    const first = nextAttemptAt(term(), { attempts: 0, lastOn: null }, now)
    expect(days(first)).toBe('2025-04-25T10:00:00Z')
    const second = nextAttemptAt(term(), { attempts: 1, lastOn: date('2025-04-25') }, now)
    expect(days(second)).toBe('2025-04-26T03:00:00Z')
  })

  it('makes up for days on which nothing ran by one try, not by several', () => {
    const now = at('2025-05-02T12:00:00Z')
    expect(days(nextAttemptAt(term(), { attempts: 1, lastOn: date('2025-04-24') }, now))).toBe(
      '2025-05-02T12:00:00Z',
    )
    expect(days(nextAttemptAt(term(), { attempts: 2, lastOn: date('2025-05-02') }, now))).toBe(
      '2025-05-03T03:00:00Z',
    )
  })

  it.each([
    { why: 'after eight tries', attempts: 8, now: '2025-04-30T00:00:00Z' },
    { why: 'once the grace is over', attempts: 1, now: '2025-05-08T15:59:59Z' },
  ])('stops $why', ({ attempts, now }) => {
    expect(nextAttemptAt(term(), { attempts, lastOn: date('2025-04-24') }, at(now))).toBeNull()
  })
})

describe('laws of the charge calendar', () => {
  it('the first try is the first of all tries, whatever the grace', () => {
    const days = fc.integer({ min: 0, max: 7 })
    fc.assert(
      fc.property(instants, days, days, zones, (endsAt, leadDays, graceDays, zone) => {
        const graceEndsAt = endsAt.add({ hours: 24 * graceDays })
        const [first] = attemptCalendar({ endsAt, leadDays, graceEndsAt, zone })
        const told = firstAttemptAt(endsAt, { leadDays, graceDays }, zone)
        expect(text(told)).toBe(first && text(first))
      }),
      RUNS,
    )
  })

  const terms = fc
    .record({
      endsAt: instants,
      leadDays: fc.integer({ min: 0, max: 7 }),
      graceDays: fc.integer({ min: 0, max: 27 }),
      zone: zones,
    })
    .map(({ graceDays, ...facts }) =>
      term({ ...facts, graceEndsAt: facts.endsAt.add({ hours: graceDays * 24 }) }),
    )

  it('tries at local 03:00, ascending, first not later than the lead days allow', () => {
    fc.assert(
      fc.property(terms, (each) => {
        const calendar = attemptCalendar(each)
        const latest = each.endsAt.toZonedDateTimeISO(each.zone).subtract({ days: each.leadDays })
        expect(calendar.length).toBeGreaterThan(0)
        expect(calendar[0]?.epochMilliseconds).toBeLessThanOrEqual(latest.epochMilliseconds)
        for (const [index, instant] of calendar.entries()) {
          const previous = calendar[index - 1]
          if (previous) expect(Temporal.Instant.compare(previous, instant)).toBeLessThan(0)
          // A gap at 03:00 moves the time forward; a day that a zone skips altogether moves it to the next.
          const { hour } = instant.toZonedDateTimeISO(each.zone)
          expect([3, 4]).toContain(hour)
        }
      }),
    )
  })

  it('walks through any outage with at most eight tries, each on its own date, none after the grace', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 30, maxLength: 30 })
    fc.assert(
      fc.property(terms, delays, fc.integer({ min: -300, max: 300 }), (each, late, enabled) => {
        let now = each.endsAt.add({ hours: enabled })
        let history = { attempts: 0, lastOn: null as Temporal.PlainDate | null }
        const dates: string[] = []
        for (const hours of late) {
          const next = nextAttemptAt(each, history, now)
          if (next === null) break
          expect(Temporal.Instant.compare(next, now)).toBeGreaterThanOrEqual(0)
          now = next.add({ hours })
          if (nextAttemptAt(each, history, now) === null) break
          expect(Temporal.Instant.compare(now, each.graceEndsAt)).toBeLessThan(0)
          const lastOn = localDate(now, each.zone)
          dates.push(lastOn.toString())
          history = { attempts: history.attempts + 1, lastOn }
        }
        expect(dates.length).toBeLessThanOrEqual(MOST_ATTEMPTS)
        expect(new Set(dates).size).toBe(dates.length)
      }),
    )
  })
})
