/**
 * What it costs to have a license longer or larger: plain and aligned renewals (R12), and units
 * added until its end (R14). Dates come from the calendar; here they become money.
 */
import { Temporal } from 'temporal-polyfill'
import { type LineTerm, priceLine } from './line-price.ts'
import type { DateRun } from './part-period.ts'
import { type ListedLine, type Settlement, type Terms, settle } from './totals.ts'

/** One line of n whole months plus extra dates, with tax, at the list price of today. */
export function priceExtension(
  term: LineTerm,
  terms: Omit<Terms, 'promo'>,
): Settlement<ListedLine> {
  return settle([{ planId: term.plan.id, ...priceLine(term) }], { ...terms, promo: null })
}

export interface RemainingTime {
  /** Whole months counted back from the end on the anchor. */
  readonly months: number
  /** The rest, from the day after the purchase on. */
  readonly extraDates: DateRun
}

/**
 * The time that added units are paid for, in local dates (R14): whole months back from the end, the
 * rest by natural months, at least one day.
 *
 * From the purchase day of a fresh license this is exactly its period, whatever the month's length.
 *
 * @param boughtOn   local date of the purchase of the units
 * @param endsOn     local date of the license's end; not before `boughtOn`
 * @param anchorDay  day 1–31 that month ends are counted on
 */
export function remainingTime(
  boughtOn: Temporal.PlainDate,
  endsOn: Temporal.PlainDate,
  anchorDay: number,
): RemainingTime {
  if (Temporal.PlainDate.compare(boughtOn, endsOn) > 0) {
    throw new RangeError(`ended on ${endsOn}, before ${boughtOn}`)
  }
  let months = 0
  let until = endsOn
  for (;;) {
    const earlier = monthsBefore(endsOn, months + 1, anchorDay)
    if (Temporal.PlainDate.compare(earlier, boughtOn) < 0) break
    months += 1
    until = earlier
  }
  const after = boughtOn.equals(endsOn) ? boughtOn.subtract({ days: 1 }) : boughtOn
  return { months, extraDates: { after, until } }
}

function monthsBefore(end: Temporal.PlainDate, months: number, anchorDay: number) {
  const month = end.toPlainYearMonth().subtract({ months })
  return month.toPlainDate({ day: Math.min(anchorDay, month.daysInMonth) })
}
