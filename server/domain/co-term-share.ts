/** What added units get back of a period that is taken back from under them (R10). Pure. */
import { Temporal } from 'temporal-polyfill'
import { localDate, subtractMonths, type Anchor } from './calendar.ts'
import { remainingTime } from './extension.ts'
import { fraction, plus, roundToMinor, type Fraction } from './fraction.ts'
import { partPeriod } from './part-period.ts'

export interface CoTermedUnits {
  /** What they cost until `paidUntil`, minor units. */
  readonly gross: number
  readonly currency: string
  readonly boughtAt: Temporal.Instant
  /** The end of the license when they were bought. */
  readonly paidUntil: Temporal.Instant
}

/**
 * Priced as they were bought (R12, R14): the share of the months and dates between the new end and the
 * one that they were paid until. All of it where the new end is not after their purchase.
 */
export function returnedShare(
  { gross, currency, boughtAt, paidUntil }: CoTermedUnits,
  endsAt: Temporal.Instant,
  anchor: Anchor,
): number {
  if (Temporal.Instant.compare(endsAt, boughtAt) <= 0) return gross
  const paid = monthsBetween(boughtAt, paidUntil, anchor)
  const left = monthsBetween(boughtAt, endsAt, anchor)
  // (paid − left) ÷ paid, exact until the one rounding.
  const returned = paid.numerator * left.denominator - left.numerator * paid.denominator
  const whole = paid.numerator * left.denominator
  if (returned <= 0n) return 0
  return roundToMinor(fraction(BigInt(gross) * returned, whole), currency)
}

/**
 * The end that units are paid until once so many months are gone.
 *
 * @param endBefore  of the license, and `endAfter` it once the period is taken back
 */
export function paidUntilAfter(
  paidUntil: Temporal.Instant,
  months: number,
  anchor: Anchor,
  ends: { readonly endBefore: Temporal.Instant; readonly endAfter: Temporal.Instant },
): Temporal.Instant {
  if (paidUntil.equals(ends.endBefore)) return ends.endAfter
  return months === 0 ? paidUntil : subtractMonths(paidUntil, months, anchor)
}

function monthsBetween(from: Temporal.Instant, until: Temporal.Instant, anchor: Anchor): Fraction {
  const { months, extraDates } = remainingTime(
    localDate(from, anchor.zone),
    localDate(until, anchor.zone),
    anchor.day,
  )
  return plus(fraction(months), partPeriod(extraDates).months)
}
