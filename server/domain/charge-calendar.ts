/**
 * When an automatic renewal is tried (section 5): the last local 03:00 not later than the expiry
 * plus each offset, at most once per local date, never after the grace.
 */
import { Temporal } from 'temporal-polyfill'
import { localDate, nextChargeAt } from './calendar.ts'

/** What the calendar of one expiry depends on. */
export interface ChargeTerm {
  readonly endsAt: Temporal.Instant
  /** 0–7, local days. */
  readonly leadDays: number
  /** From here on nothing is tried. */
  readonly graceEndsAt: Temporal.Instant
  /** IANA. */
  readonly zone: string
}

/** What was tried for this expiry so far. */
export interface ChargeHistory {
  readonly attempts: number
  /** Local date of the last one; null before the first. */
  readonly lastOn: Temporal.PlainDate | null
}

/** Days from the expiry. Card networks allow 15 tries in 30 days; eight stay well below. */
const OFFSETS = [-7, -5, -3, -1, 0, 2, 4, 6]
export const MOST_ATTEMPTS = OFFSETS.length

/** All tries of an expiry, ascending; at least one, also where no grace leaves time after the end. */
export function attemptCalendar(term: ChargeTerm): readonly Temporal.Instant[] {
  const { endsAt, leadDays, graceEndsAt, zone } = term
  const offsets = [-leadDays, ...OFFSETS.filter((offset) => offset > -leadDays)]
  const tries = offsets
    .map((offset) => nextChargeAt(endsAt, -offset, zone))
    .filter((at) => isBefore(at, graceEndsAt))
    // An end at the first of two 03:00 has the same last 03:00 as the day before it.
    .filter((at, index, all) => index === 0 || isBefore(all[index - 1] ?? at, at))
  return tries.length > 0 ? tries : [nextChargeAt(endsAt, leadDays + 1, zone)]
}

/**
 * The first try of an expiry. Where no grace leaves time after an end at 03:00 itself, it is the
 * 03:00 before: a charge that falls together with the end would come too late.
 */
export function firstAttemptAt(
  endsAt: Temporal.Instant,
  { leadDays, graceDays }: { readonly leadDays: number; readonly graceDays: number },
  zone: string,
): Temporal.Instant {
  const graceEndsAt = endsAt.add({ hours: 24 * graceDays })
  const first = nextChargeAt(endsAt, leadDays, zone)
  return isBefore(first, graceEndsAt) ? first : nextChargeAt(endsAt, leadDays + 1, zone)
}

/**
 * The next try, not before `now`: what should have been tried earlier, because auto-renewal was
 * switched on late or nothing ran for days, is tried at once, and only once.
 *
 * @returns null when all tries are used up or the grace leaves no time for another
 */
export function nextAttemptAt(
  term: ChargeTerm,
  { attempts, lastOn }: ChargeHistory,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (attempts >= MOST_ATTEMPTS || !isBefore(now, term.graceEndsAt)) return null
  const calendar = attemptCalendar(term)
  if (lastOn === null) return later(calendar[0] ?? now, now)
  const next = calendar.find(
    (at) => Temporal.PlainDate.compare(localDate(at, term.zone), lastOn) > 0,
  )
  return next === undefined ? null : later(next, now)
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return isBefore(one, other) ? other : one
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0
}
