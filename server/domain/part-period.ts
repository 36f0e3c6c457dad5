/**
 * Part periods by natural months (R12): each extra date costs one day of the month it lies in, and
 * together they never cost more than one month.
 */
import type { Temporal } from 'temporal-polyfill'
import { type Fraction, ONE, ZERO, fraction, isGreater, plus } from './fraction.ts'

/** Consecutive local dates: the day after `after` up to and including `until`. */
export interface DateRun {
  readonly after: Temporal.PlainDate
  readonly until: Temporal.PlainDate
}

/** Dates of one natural month, e.g. 5 of the 30 days of April. */
export interface MonthShare {
  readonly year: number
  readonly month: number
  readonly days: number
  readonly daysInMonth: number
}

export interface PartPeriod {
  /** How many months it costs, 0 … 1, exact. */
  readonly months: Fraction
  readonly shares: readonly MonthShare[]
  /** True where the shares sum to more than the one month that is charged. */
  readonly isCapped: boolean
}

/** @throws RangeError when the run ends before it begins: a bug */
export function partPeriod(run: DateRun): PartPeriod {
  const shares = monthShares(run)
  const sum = shares.reduce(
    (sum, { days, daysInMonth }) => plus(sum, fraction(days, daysInMonth)),
    ZERO,
  )
  const isCapped = isGreater(sum, ONE)
  return { months: isCapped ? ONE : sum, shares, isCapped }
}

function monthShares({ after, until }: DateRun): MonthShare[] {
  const total = after.until(until, { largestUnit: 'days' }).days
  if (total < 0) throw new RangeError(`dates: ${after} to ${until}`)
  const shares: MonthShare[] = []
  let date = after.add({ days: 1 })
  for (let left = total; left > 0;) {
    const days = Math.min(left, date.daysInMonth - date.day + 1)
    shares.push({ year: date.year, month: date.month, days, daysInMonth: date.daysInMonth })
    date = date.add({ days })
    left -= days
  }
  return shares
}
