/**
 * Prices a selection and stores the answer, so that checkout charges what was shown. The client
 * sends what it wants, never what it costs (P13).
 */
import type { PurchaseRequest } from '../contract/quotes.ts'
import { readBuyer } from '../db/queries/customers.ts'
import type { Deps } from '../deps.ts'
import { isZone, wholeSecond } from '../domain/calendar.ts'
import type { CurrentProduct, Product } from '../domain/catalogue.ts'
import { priceSelection } from '../domain/pricing.ts'
import { invalidField } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { checkSelection } from '../domain/selection.ts'
import { storeQuote } from './store-quote.ts'
import type { StoredQuote } from './store-quote.ts'

export interface QuoteAsker {
  readonly scope: CustomerScope | null
  /** `zoneinfo` of the host's token; wins over the request's zone (R2). */
  readonly zone: string | null
}

/** @throws Refused `request.invalid`, naming every field at fault */
export async function quoteSelection(
  deps: Deps,
  { product, catalogueVersion }: CurrentProduct,
  asker: QuoteAsker,
  request: PurchaseRequest,
): Promise<StoredQuote> {
  // An anonymous visitor may look at prices, but only a customer orders.
  const subject = asker.scope?.subject ?? ''
  const createdAt = wholeSecond(deps.now())
  const selection = checkSelection(product, {
    items: request.items,
    currency: request.currency ?? null,
    promoCode: request.promo_code ?? null,
    at: createdAt,
  })
  const planIds = selection.items.map(({ plan }) => plan.id)
  const { customer, earlierOrder } =
    asker.scope === null
      ? { customer: null, earlierOrder: null }
      : await readBuyer(deps.db, asker.scope, { planIds, now: createdAt })
  const priced = priceSelection({
    product,
    items: selection.items,
    currency: selection.currency,
    promo: selection.promo,
    at: createdAt,
    zone: customer?.zone ?? zoneOf(product, asker, request),
  })
  return storeQuote(deps, { product, catalogueVersion }, subject, {
    createdAt,
    priced,
    earlierOrder,
  })
}

function zoneOf(product: Product, asker: QuoteAsker, request: PurchaseRequest): string {
  if (asker.zone !== null && isZone(asker.zone)) return asker.zone
  if (!request.time_zone) return product.time_zone
  if (isZone(request.time_zone)) return request.time_zone
  throw invalidField('/time_zone', `“${request.time_zone}” is not an IANA time zone.`)
}
