/**
 * Pay-per-use after expiry (section 4): UTC days at a daily rate per unit, from the expiry through
 * the day of the switch back, with a cap per unit and month that the customer agreed to.
 */
import { Temporal } from 'temporal-polyfill'
import { anchorOf, instantAt } from './calendar.ts'
import { coverageOf, type CoverageEntry } from './coverage.ts'
import type { CoverageChange } from './coverage-entries.ts'
import { formatInstant, localDate } from './calendar.ts'

/** Rate and cap as they were agreed to, minor units. */
export interface MeterTerms {
  /** One unit for one UTC day. */
  readonly unitAmount: number
  /** The most that one unit costs in one UTC month; days beyond it are served for nothing. */
  readonly capUnitAmount: number
}

/** The time in which days are counted. */
export interface MeterSpan {
  readonly startsAt: Temporal.Instant
  /** When it was switched back, or the license suspended; null while it goes on. */
  readonly stoppedAt: Temporal.Instant | null
}

/** One counted day. */
export interface MeterDay {
  /** UTC date. */
  readonly on: Temporal.PlainDate
  /** Total at 00:00Z. */
  readonly units: number
  /** What one unit costs that day: the rate, or what the cap leaves of it. */
  readonly unitAmount: number
}

const END_OF_DAY = '23:59:59'
const LONGEST_MONTH_DAYS = 31
const UTC = 'UTC'

/** A plan that sets no cap charges at most the rate for each day of the longest month. */
export function capOf(unitAmount: number, capUnitAmount: number | undefined): number {
  return capUnitAmount ?? unitAmount * LONGEST_MONTH_DAYS
}

/**
 * From when days count: the expiry. Whoever switches it on after the grace pays for the days of grace
 * that were used, not for those on which the license was stopped.
 */
export function meteringStartsAt(
  license: { readonly endsAt: Temporal.Instant; readonly graceDays: number },
  switchedOnAt: Temporal.Instant,
): Temporal.Instant {
  const graceBefore = switchedOnAt.subtract({ hours: license.graceDays * 24 })
  return isBefore(license.endsAt, graceBefore) ? graceBefore : license.endsAt
}

/** True while days are being counted: the license works, and is not renewable (S50). */
export function isMetering(span: MeterSpan, now: Temporal.Instant): boolean {
  return span.stoppedAt === null && !isBefore(now, span.startsAt)
}

/**
 * The UTC days that have begun: at or after the start, not after `now` or the stop, whose own day
 * counts.
 *
 * @param after  counted before; null for none
 */
export function meteredDates(
  { startsAt, stoppedAt }: MeterSpan,
  after: Temporal.PlainDate | null,
  now: Temporal.Instant,
): readonly Temporal.PlainDate[] {
  const startDate = localDate(startsAt, UTC)
  const first = midnight(startDate).equals(startsAt) ? startDate : startDate.add({ days: 1 })
  const until = localDate(stoppedAt !== null && isBefore(stoppedAt, now) ? stoppedAt : now, UTC)
  const from = after === null ? first : latest(first, after.add({ days: 1 }))
  const days = Math.max(0, from.until(until, { largestUnit: 'day' }).days + 1)
  return Array.from({ length: days }, (_, index) => from.add({ days: index }))
}

/**
 * Prices dates one after the other.
 *
 * @param countedBefore  days of the first date's UTC month that were counted earlier, also by an
 *                       earlier span
 * @param unitsOn        Total at 00:00Z of a date
 */
export function priceDays(
  dates: readonly Temporal.PlainDate[],
  terms: MeterTerms,
  countedBefore: number,
  unitsOn: (date: Temporal.PlainDate) => number,
): readonly MeterDay[] {
  let counted = countedBefore
  return dates.map((on, index) => {
    const previous = dates[index - 1]
    if (previous && !previous.toPlainYearMonth().equals(on.toPlainYearMonth())) counted = 0
    const left = terms.capUnitAmount - terms.unitAmount * counted
    counted += 1
    return { on, units: unitsOn(on), unitAmount: Math.max(0, Math.min(terms.unitAmount, left)) }
  })
}

/** Units that a license had at 00:00Z of a date: what had been entered by then. */
export function unitsAtMidnight(
  ledger: readonly { readonly entry: CoverageEntry; readonly at: Temporal.Instant }[],
  on: Temporal.PlainDate,
): number {
  const known = ledger.filter(({ at }) => !isBefore(midnight(on), at))
  return known.length === 0 ? 0 : coverageOf(known.map(({ entry }) => entry)).total
}

/**
 * The ledger entry of a switch back: coverage up to the end of that UTC day, where a renewal starts
 * and grace begins. Later renewals follow the new end (R1).
 */
export function payPerUseEntries(
  ledger: readonly CoverageEntry[],
  switchedBackAt: Temporal.Instant,
): CoverageChange {
  const { endsAt, anchor } = coverageOf(ledger)
  const until = instantAt(localDate(switchedBackAt, UTC), END_OF_DAY, UTC)
  if (isBefore(until, endsAt)) return { entries: [], coverage: coverageOf(ledger) }
  const entry: CoverageEntry = {
    kind: 'pay_per_use',
    startsAt: formatInstant(endsAt),
    endsAt: formatInstant(until),
    anchor: anchorOf(until, anchor.zone),
    months: 0,
    extraDays: localDate(endsAt, anchor.zone).until(localDate(until, anchor.zone), {
      largestUnit: 'day',
    }).days,
  }
  return { entries: [entry], coverage: coverageOf([...ledger, entry]) }
}

/** 00:00Z of a date. */
export function midnight(on: Temporal.PlainDate): Temporal.Instant {
  return on.toZonedDateTime(UTC).toInstant()
}

function latest(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) < 0 ? other : one
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0
}
