/** The list price of one line: an exact product of unit price, quantity and time, rounded once (R11). */
import type { Plan, Price } from './catalogue.ts'
import type {
  DatesPart,
  Explanation,
  ExplanationPart,
  OneTimePart,
  TermPart,
} from './explanation.ts'
import { fraction, plus, roundToMinor, times } from './fraction.ts'
import { type DateRun, partPeriod } from './part-period.ts'
import { CYCLE_MONTHS, periodMonths } from './plan.ts'
import { unitPrice } from './tiers.ts'

export interface LinePrice {
  /** One unit for one cycle at this line's volume tier, minor units. */
  readonly unitAmount: number
  /** Before discount and tax, minor units. */
  readonly amount: number
  readonly explanation: Explanation
}

export interface LineTerm {
  readonly plan: Plan
  /** One of the plan's prices; its cycle decides what a month costs. */
  readonly price: Price
  /** Units that are paid for, ≥ 1. */
  readonly quantity: number
  /** Whole months, ≥ 0; for a plan without cycles always its validity. */
  readonly months: number
  /** Further local dates, at most one month (R12). */
  readonly extraDates?: DateRun
  /** Units of the license after the change, which decide the tier; `quantity` when left out. */
  readonly tierUnits?: number
}

/**
 * @throws RangeError for part of a plan without cycles, or an amount beyond safe integers: bugs,
 *         since `checkSelection` bounds what may be asked for
 */
export function priceLine(term: LineTerm): LinePrice {
  const { unitAmount, tierFrom } = unitPrice(term.price, term.tierUnits ?? term.quantity)
  const list = term.price.cycle ? recurring(term, unitAmount) : oneTime(term, unitAmount)
  const tier: readonly ExplanationPart[] =
    tierFrom === null ? [] : [{ kind: 'tier', from: tierFrom }]
  return { ...list, unitAmount, explanation: [...list.explanation, ...tier] }
}

type List = Pick<LinePrice, 'amount' | 'explanation'>

function oneTime(
  { plan, price, quantity, months, extraDates }: LineTerm,
  unitAmount: number,
): List {
  if (extraDates || months !== periodMonths(plan, null)) {
    throw new RangeError(`plan ${plan.id} is sold for its whole validity only`)
  }
  const part: OneTimePart = { kind: 'one_time', months, unitAmount, quantity }
  const exact = fraction(BigInt(unitAmount) * BigInt(quantity))
  return { amount: roundToMinor(exact, price.currency), explanation: [part] }
}

function recurring({ price, quantity, months, extraDates }: LineTerm, unitAmount: number): List {
  const cycle = price.cycle ?? 'month'
  const extra = extraDates && partPeriod(extraDates)
  const paidMonths = extra ? plus(fraction(months), extra.months) : fraction(months)
  const monthly = fraction(BigInt(unitAmount) * BigInt(quantity), CYCLE_MONTHS[cycle])
  const each = { cycle, unitAmount, quantity }
  const term: TermPart[] = months > 0 ? [{ kind: 'term', months, ...each }] : []
  const dates: DatesPart[] = extra?.shares.length
    ? [{ kind: 'dates', shares: extra.shares, isCapped: extra.isCapped, ...each }]
    : []
  return {
    amount: roundToMinor(times(monthly, paidMonths), price.currency),
    explanation: [...term, ...dates],
  }
}
