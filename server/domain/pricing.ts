/**
 * What a purchase costs and what it covers. The same functions price the preview, the charge, the
 * receipt and the refund (R13).
 */
import type { Temporal } from 'temporal-polyfill'
import { addMonths, anchorOf, formatInstant, parseInstant } from './calendar.ts'
import type { Product } from './catalogue.ts'
import { complimentaryOf } from './complimentary.ts'
import { type LinePrice, priceLine } from './line-price.ts'
import { firstAttemptAt } from './charge-calendar.ts'
import { chargeTermsOf, periodMonths } from './plan.ts'
import type { PricedLine, PricedQuote, PricedRenewal } from './quote.ts'
import type { CheckedItem, CheckedSelection } from './selection.ts'
import { taxNote } from './tax.ts'
import { type SettledLine, type Terms, settle } from './totals.ts'

export interface PricingRequest extends CheckedSelection {
  readonly product: Product
  /** Periods are shown as if paid at this instant; fractions of a second are dropped. */
  readonly at: Temporal.Instant
  /** IANA zone of the customer (R2). */
  readonly zone: string
}

/** @throws Refused `request.invalid` when the total, now or at the renewal, is more than can be charged */
export function priceSelection(request: PricingRequest): PricedQuote {
  const { product, items, currency, promo, zone } = request
  const tax = product.tax ?? null
  const { lines: settled, totals } = settle(items.map(listItem), { currency, promo, tax })
  const lines = settled.map((line) => describe(line, request))
  return {
    currency,
    zone,
    lines,
    ...totals,
    taxNote: tax && taxNote(tax),
    renewal: renewalOf(lines, request),
    complimentary: lines.flatMap((line, index) => complimentaryOf(product, line, index)),
    promoCode: promo?.code ?? null,
  }
}

type ListedItem = CheckedItem & LinePrice & { readonly planId: string; readonly months: number }

function listItem(item: CheckedItem): ListedItem {
  const months = periodMonths(item.plan, item.cycle)
  return { ...item, planId: item.plan.id, months, ...priceLine({ ...item, months }) }
}

function describe(line: SettledLine<ListedItem>, { at, zone }: PricingRequest): PricedLine {
  return {
    kind: 'purchase',
    plan: line.planId,
    planName: line.plan.name,
    type: line.plan.type,
    licenseId: null,
    quantity: line.quantity,
    cycle: line.cycle,
    months: line.months,
    autoRenew: line.autoRenew,
    oneTime: line.plan.one_time,
    startsAt: formatInstant(at),
    endsAt: formatInstant(addMonths(at, line.months, anchorOf(at, zone))),
    unitAmount: line.unitAmount,
    amount: line.amount,
    discount: line.discount,
    tax: line.tax,
    explanation: line.explanation,
  }
}

/** The next period of everything that renews by itself: today's price, no promo code (R14). */
function renewalOf(lines: readonly PricedLine[], request: PricingRequest): PricedRenewal | null {
  const items = request.items.filter((item) => item.autoRenew)
  const every = items[0]?.cycle
  const line = lines.find((line) => line.autoRenew)
  if (!items[0] || !every || !line) return null
  const listed: Terms = {
    currency: request.currency,
    promo: null,
    tax: request.product.tax ?? null,
  }
  const terms = chargeTermsOf(items[0].plan)
  const chargeAt = firstAttemptAt(parseInstant(line.endsAt), terms, request.zone)
  return {
    amount: settle(items.map(listItem), listed).totals.total,
    every,
    firstChargeAt: formatInstant(chargeAt),
  }
}
