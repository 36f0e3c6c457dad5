/**
 * What renewals cost and how far they reach: one quote for one license or a hundred. The same lines
 * are shown, ordered, charged, fulfilled and receipted (R13).
 */
import type { Product } from './catalogue.ts'
import { complimentaryOf } from './complimentary.ts'
import { describeExtension, quoteOf } from './extension-quote.ts'
import { type LinePrice, priceLine } from './line-price.ts'
import { fraction, roundToMinor, times } from './fraction.ts'
import type { ComplimentaryGrant, PricedQuote, RenewalLine } from './quote.ts'
import { unitsNext } from './renewal-eligibility.ts'
import type { CheckedRenewal, CheckedRenewals } from './renewal-selection.ts'
import { type SettledLine, settle } from './totals.ts'

export interface RenewalTerms extends CheckedRenewals {
  readonly product: Product
  /** IANA zone of the customer (R2). */
  readonly zone: string
}

/** @throws Refused `request.invalid` when the total is more than can be charged */
export function priceRenewals(terms: RenewalTerms): PricedQuote {
  const { product, renewals, currency, promo, day } = terms
  const settled = settle(renewals.map(listRenewal), { currency, promo, tax: product.tax ?? null })
  const lines = settled.lines.map((line): RenewalLine => ({
    kind: 'renewal',
    alignedDay: day,
    cycleBefore: line.license.cycle,
    ...describeExtension(line, {
      plan: line.plan,
      unitsBefore: unitsNext(line.license),
      startsAt: line.period.startsAt,
      endsAt: line.period.endsAt,
      extraDays: line.period.extraDays,
      lostDays: line.period.lostDays,
      lostAmount: lostAmount(line),
    }),
  }))
  const complimentary = lines.flatMap((line, index) => everyPeriod(product, line, index))
  return quoteOf(terms, lines, settled.totals, complimentary)
}

/** One renewal at list price, before discount and tax. */
export function listRenewal(renewal: CheckedRenewal): ListedRenewal {
  const { plan, price, quantity, months, period } = renewal
  const { extraDates } = period
  const term = { plan, price, quantity, months, ...(extraDates ? { extraDates } : {}) }
  return { ...renewal, planId: plan.id, ...priceLine(term) }
}

type ListedRenewal = CheckedRenewal & LinePrice & { readonly planId: string }

/** What the days cost that are paid for and over already (R3), at the list price of this line. */
function lostAmount(line: SettledLine<ListedRenewal>): number {
  const { plan, price, quantity, period, unitAmount } = line
  if (period.lostDays === 0) return 0
  if (price.cycle !== undefined) {
    return priceLine({ plan, price, quantity, months: 0, extraDates: period.lostDates }).amount
  }
  const { hours } = period.startsAt.until(period.endsAt, { largestUnit: 'hour' })
  const share = fraction(period.lostDays * 24, hours)
  return roundToMinor(times(fraction(BigInt(unitAmount) * BigInt(quantity)), share), price.currency)
}

/** Nothing comes free with a renewal, unless the plan says so (section 4). */
function everyPeriod(product: Product, line: RenewalLine, index: number): ComplimentaryGrant[] {
  return complimentaryOf(product, line, index, 'every_paid_period')
}
