/**
 * The calendar of coverage: months on an anchor (R1), in the customer's zone (R2).
 *
 * Periods are `[start, end)` instants of whole seconds. What the customer sees is local, so every
 * rule here reads the end in its zone, moves whole months or days there, and comes back to an
 * instant that is never earlier than what was shown.
 */
import { Temporal } from 'temporal-polyfill'
import { Refused } from './refusals.ts'

/** Where in the month a license ends, kept while its ends are clamped to shorter months (R1). */
export interface Anchor {
  /** 1–31; the last day of a shorter month stands in for a day that it does not have. */
  readonly day: number
  /** Local time of day, `HH:MM:SS`. */
  readonly time: string
  /** IANA name. */
  readonly zone: string
}

/** The last second that four digits of a year can write; nothing is sold beyond it (C11). */
const LATEST = Temporal.Instant.from('9999-12-31T23:59:59Z')
const MONTHS_A_YEAR = 12
const MONTHS_OF_ALL_YEARS = MONTHS_A_YEAR * 10_000
const WIRE_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/
const HOUR_MS = 3_600_000
const CHARGE_TIME = '03:00:00'

/** The anchor of a license that starts, or is moved by hand to end, at this instant. */
export function anchorOf(at: Temporal.Instant, zone: string): Anchor {
  const local = at.toZonedDateTimeISO(zone)
  const time = local.toPlainTime().toString({ smallestUnit: 'second' })
  return { day: local.day, time, zone }
}

/**
 * Adds whole months to the end of a period, on the license's anchor (R1).
 *
 * The anchor day is restored after a shorter month: 31 January → 28 February → 31 March. It is the
 * anchor, not `end`, that decides the day, so renewing month by month never drifts.
 *
 * @param end     current end of coverage, or the start of a first period
 * @param months  whole months, ≥ 1
 * @returns       the new end; a local time that DST skips moves forward, of one that comes twice
 *                the second reading is taken (R2)
 * @throws RangeError when months is not a whole number ≥ 1 (a bug)
 * @throws Refused `request.invalid` when the end would lie after the year 9999 (C11)
 */
export function addMonths(end: Temporal.Instant, months: number, anchor: Anchor): Temporal.Instant {
  return instantAt(addMonthsToDate(end, months, anchor), anchor.time, anchor.zone)
}

/**
 * The date that `addMonths` means. Where a gap runs into midnight the end is read on the day after
 * it, since gaps move forward (R2); what counts from the end counts from this date.
 * Same parameters and errors.
 */
export function addMonthsToDate(
  end: Temporal.Instant,
  months: number,
  anchor: Anchor,
): Temporal.PlainDate {
  assertWholeMonths(months)
  return anchorDate(anchoredMonth(end, anchor) + months, anchor)
}

/** The way back of `addMonths`, for reversed periods (R10). Same parameters and errors. */
export function subtractMonths(
  end: Temporal.Instant,
  months: number,
  anchor: Anchor,
): Temporal.Instant {
  assertWholeMonths(months)
  return onAnchor(anchoredMonth(end, anchor) - months, anchor)
}

/**
 * A local date and time of day as an instant: DST gaps move forward, overlaps take the second
 * reading (R2). @throws Refused `request.invalid` after the year 9999 (C11)
 */
export function instantAt(date: Temporal.PlainDate, time: string, zone: string): Temporal.Instant {
  const local = date.toPlainDateTime(timeOf(time))
  return withinCalendar(local.toZonedDateTime(zone, { disambiguation: 'later' }).toInstant())
}

/** The date on the customer's wall calendar. */
export function localDate(at: Temporal.Instant, zone: string): Temporal.PlainDate {
  return at.toZonedDateTimeISO(zone).toPlainDate()
}

/** As `at.add({ hours })`, without reading a duration: each check of a product counts a few of them. */
export function hoursAfter(at: Temporal.Instant, hours: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(at.epochMilliseconds + hours * HOUR_MS)
}

/** Drops the fraction of a second: what is stored is what is shown. */
export function wholeSecond(at: Temporal.Instant): Temporal.Instant {
  return at.round({ smallestUnit: 'second', roundingMode: 'floor' })
}

/** `YYYY-MM-DDTHH:MM:SSZ`, the only form of an instant on the wire and in stored JSON. */
export function formatInstant(at: Temporal.Instant): string {
  // `Date` has nothing to read first, and writes the same; most of what is answered are instants.
  return `${new Date(withinCalendar(at).epochMilliseconds).toISOString().slice(0, -5)}Z`
}

/** Reads what `formatInstant` writes. @throws RangeError for any other text */
export function parseInstant(text: string): Temporal.Instant {
  if (!WIRE_INSTANT.test(text)) throw new RangeError(`not YYYY-MM-DDTHH:MM:SSZ: ${text}`)
  return Temporal.Instant.from(text)
}

/** Service Life (Days) of S32: difference of the local dates, activation → expiry (R2). */
export function serviceLifeDays(
  activatedAt: Temporal.Instant,
  endsAt: Temporal.Instant,
  zone: string,
): number {
  return localDate(activatedAt, zone).until(localDate(endsAt, zone), { largestUnit: 'day' }).days
}

/**
 * When an auto-renewal is charged: the last local 03:00 not later than the expiry minus the lead
 * days (section 5).
 *
 * @param leadDays  local days, 0–7 for the first try; later tries come after the end, negative
 */
export function nextChargeAt(
  endsAt: Temporal.Instant,
  leadDays: number,
  zone: string,
): Temporal.Instant {
  const latest = endsAt.toZonedDateTimeISO(zone).subtract({ days: leadDays })
  const goal = latest.toInstant()
  for (let date = latest.toPlainDate(); ; date = date.subtract({ days: 1 })) {
    const charge = instantAt(date, CHARGE_TIME, zone)
    // On a day that the zone skips it is that of the next one.
    if (Temporal.Instant.compare(charge, goal) <= 0) return charge
  }
}

/** True for an IANA zone name that this runtime knows; a bare offset such as `+08:00` is not one. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A month of the calendar, counted from January of the year 0: months are added as numbers. */
type MonthNumber = number

/**
 * The month whose anchor the end stands for. Usually the month it is read in; where a government
 * changed the zone after the end was stored, its reading may have slipped over midnight into the
 * next month, so the nearest anchor counts.
 */
function anchoredMonth(end: Temporal.Instant, anchor: Anchor): MonthNumber {
  const read = localDate(end, anchor.zone)
  const month = read.year * MONTHS_A_YEAR + read.month - 1
  if (anchorDate(month, anchor).equals(read)) return month
  return [month - 1, month + 1].reduce(
    (nearest, other) =>
      distanceMs(onAnchor(other, anchor), end) < distanceMs(onAnchor(nearest, anchor), end)
        ? other
        : nearest,
    month,
  )
}

function onAnchor(month: MonthNumber, anchor: Anchor): Temporal.Instant {
  return instantAt(anchorDate(month, anchor), anchor.time, anchor.zone)
}

function anchorDate(month: MonthNumber, { day }: Anchor): Temporal.PlainDate {
  const year = Math.floor(month / MONTHS_A_YEAR)
  const inYear = month - year * MONTHS_A_YEAR + 1
  const first = new Temporal.PlainDate(year, inYear, 1)
  return new Temporal.PlainDate(year, inYear, Math.min(day, first.daysInMonth))
}

/** `HH:MM:SS` as `anchorOf` writes it; read by hand, since every date that is shown needs it. */
function timeOf(time: string): Temporal.PlainTime {
  const [hour, minute, second] = time.split(':').map(Number)
  return new Temporal.PlainTime(hour, minute, second)
}

function distanceMs(one: Temporal.Instant, other: Temporal.Instant): number {
  return Math.abs(one.epochMilliseconds - other.epochMilliseconds)
}

function withinCalendar(at: Temporal.Instant): Temporal.Instant {
  if (Temporal.Instant.compare(at, LATEST) <= 0) return at
  throw tooFar()
}

function tooFar(): Refused {
  return new Refused('request.invalid', {
    detail: 'The period would end after the year 9999, further than a date can be written.',
  })
}

function assertWholeMonths(months: number): void {
  if (!Number.isInteger(months) || months < 1) throw new RangeError(`months: ${months}`)
  if (months > MONTHS_OF_ALL_YEARS) throw tooFar()
}
