/** The standard renewal day: licenses that end on different dates come to end on one (R5, R6, S49, S51). */
import type { Temporal } from 'temporal-polyfill'
import { addMonthsToDate, instantAt, type Anchor } from './calendar.ts'
import type { DateRun } from './part-period.ts'

/** 1–28, or the last day of the month, whichever date that is. */
export type RenewalDay = number | 'last'

export interface Alignment {
  /** End of the whole months alone: R1 from the current end. */
  readonly base: Temporal.Instant
  /** The first standard day not before the date of `base`, at 23:59:59 in the zone of the anchor. */
  readonly alignedAt: Temporal.Instant
  /** Local dates in (date of base, date of alignedAt]: what is paid beside the months (R12). */
  readonly extraDates: DateRun
  /** How many dates these are, 0–30. */
  readonly extraDays: number
  /** Replaces the license's anchor: later plain renewals stay on the standard day. */
  readonly anchor: Anchor
}

const END_OF_DAY = '23:59:59'
const LAST_DAY_ANCHOR = 31

/**
 * Adds whole months and then the days up to the standard renewal day.
 *
 * @param end     current end of coverage
 * @param months  whole months, ≥ 1
 * @throws RangeError for months or a day that do not exist (a bug)
 * @throws Refused `request.invalid` after the year 9999
 */
export function alignTo(
  end: Temporal.Instant,
  months: number,
  anchor: Anchor,
  day: RenewalDay,
): Alignment {
  assertRenewalDay(day)
  const baseDate = addMonthsToDate(end, months, anchor)
  const alignedDate = firstOn(day, baseDate)
  return {
    base: instantAt(baseDate, anchor.time, anchor.zone),
    alignedAt: instantAt(alignedDate, END_OF_DAY, anchor.zone),
    extraDates: { after: baseDate, until: alignedDate },
    extraDays: baseDate.until(alignedDate, { largestUnit: 'day' }).days,
    anchor: alignedAnchor(day, anchor.zone),
  }
}

/** Later plain renewals stay on the day (R1). */
export function alignedAnchor(day: RenewalDay, zone: string): Anchor {
  return { day: day === 'last' ? LAST_DAY_ANCHOR : day, time: END_OF_DAY, zone }
}

/** Reads `1` … `28` or `last` as customers and tables write it. @returns null for anything else */
export function parseRenewalDay(value: string | number): RenewalDay | null {
  if (value === 'last') return 'last'
  const text = String(value)
  const day = Number(text)
  return /^[1-9]\d?$/.test(text) && day <= 28 ? day : null
}

function firstOn(day: RenewalDay, from: Temporal.PlainDate): Temporal.PlainDate {
  if (day === 'last') return from.with({ day: from.daysInMonth })
  const sameMonth = from.with({ day })
  return from.day <= day ? sameMonth : sameMonth.add({ months: 1 })
}

function assertRenewalDay(day: RenewalDay): void {
  if (parseRenewalDay(day) === null) throw new RangeError(`renewal day: ${day}`)
}
