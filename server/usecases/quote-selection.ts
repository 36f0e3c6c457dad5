/**
 * Prices a selection and stores the answer, so that checkout charges what was shown. The client
 * sends what it wants, never what it costs (P13).
 */
import type { Temporal } from 'temporal-polyfill'
import type { QuoteRequest } from '../contract/quotes.ts'
import { commit } from '../db/commit.ts'
import { readBuyer } from '../db/queries/customers.ts'
import type { EarlierOrder } from '../db/queries/customers.ts'
import { quotes } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { isZone, wholeSecond } from '../domain/calendar.ts'
import type { CurrentProduct, Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import { priceSelection } from '../domain/pricing.ts'
import type { PricedQuote } from '../domain/quote.ts'
import { invalidField } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { checkSelection } from '../domain/selection.ts'

export interface QuoteAsker {
  readonly scope: CustomerScope | null
  /** `zoneinfo` of the host's token; wins over the request's zone (R2). */
  readonly zone: string | null
}

export interface StoredQuote {
  readonly id: Id<'quo'>
  readonly createdAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
  readonly priced: PricedQuote
  /** The same plan was ordered within the last two hours (P11). */
  readonly earlierOrder: EarlierOrder | null
}

const LIFETIME = { minutes: 30 }

/** @throws Refused `request.invalid`, naming every field at fault */
export async function quoteSelection(
  deps: Deps,
  { product, catalogueVersion }: CurrentProduct,
  asker: QuoteAsker,
  request: QuoteRequest,
): Promise<StoredQuote> {
  // An anonymous visitor may look at prices, but only a customer orders.
  const subject = asker.scope?.subject ?? ''
  const createdAt = wholeSecond(deps.now())
  if (request.items === undefined) throw invalidField('', 'Send `items`.')
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
  const quote = {
    id: deps.newId('quo'),
    createdAt,
    expiresAt: createdAt.add(LIFETIME),
    priced,
    earlierOrder,
  }
  await store(deps, { product, catalogueVersion }, subject, quote)
  return quote
}

function zoneOf(product: Product, asker: QuoteAsker, request: QuoteRequest): string {
  if (asker.zone !== null && isZone(asker.zone)) return asker.zone
  if (!request.time_zone) return product.time_zone
  if (isZone(request.time_zone)) return request.time_zone
  throw invalidField('/time_zone', `“${request.time_zone}” is not an IANA time zone.`)
}

async function store(
  deps: Deps,
  { product, catalogueVersion }: CurrentProduct,
  subject: string,
  quote: StoredQuote,
): Promise<void> {
  const { id, createdAt, expiresAt, priced } = quote
  await commit(deps.db, createdAt, {
    journal: [
      {
        stream: `quote:${id}`,
        version: 1,
        type: 'quote.made',
        actor: subject === '' ? 'visitor' : `subject:${subject}`,
        productId: product.id,
        data: { total: priced.total, currency: priced.currency },
      },
    ],
    statements: [
      deps.db.orm.insert(quotes).values({
        id,
        productId: product.id,
        subject,
        catalogueVersion,
        currency: priced.currency,
        total: priced.total,
        priced,
        createdAt,
        expiresAt,
      }),
    ],
  })
}
