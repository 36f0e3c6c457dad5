/**
 * An order that a job places: the same rows as a customer's, over a quote that is stored with it, for
 * a charge that nobody waits for.
 */
import type { Temporal } from 'temporal-polyfill'
import type { Change, JournalEntry, Query } from '../db/commit.ts'
import type { CustomerRow } from '../db/queries/customers.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { OrderRecord, OrderRow, QuoteRow } from '../db/queries/orders.ts'
import { quotes } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { PricedQuote } from '../domain/quote.ts'
import { noticesOfQuote } from '../i18n/quote-notices.ts'
import { newOrder } from './new-order.ts'

export interface OwnOrder {
  readonly origin: Exclude<OrderRow['origin'], 'customer'>
  readonly customer: CustomerRow
  readonly product: Product
  readonly catalogueVersion: string
  readonly priced: PricedQuote
  /** As they were read: held by the order, or nothing of it is stored. */
  readonly licenses: readonly LicenseRow[]
  /** Stored in the same batch. */
  readonly journal: readonly JournalEntry[]
  readonly statements: (orderId: OrderRow['id']) => readonly Query[]
}

/** A provider that is away for hours is asked again until then; a charge itself takes seconds. */
const LIFETIME = { hours: 20 }

export async function ownOrder(
  deps: Deps,
  own: OwnOrder,
): Promise<{ record: OrderRecord; change: Change }> {
  const { customer, product, priced } = own
  const at = wholeSecond(deps.now())
  const quote = quoteRow(deps, own, at)
  const { version } = await noticesOfQuote(product, priced, 'en')
  const placed = await newOrder(
    deps,
    {
      quote,
      customer,
      extendable: own.licenses.map((license) => ({
        license,
        openOrderId: null,
        originState: null,
      })),
    },
    {
      email: customer.email,
      name: customer.name,
      locale: customer.locale,
      ip: null,
      userAgent: null,
    },
    {
      scope: { productId: customer.productId, subject: customer.subject },
      at,
      returnUrl: product.home_url,
      request: { quote_id: quote.id, notices_version: version },
      idempotency: null,
      promo: null,
      origin: own.origin,
      expiresAt: at.add(LIFETIME),
    },
  )
  const { journal, statements } = placed.change
  return {
    record: placed.record,
    change: {
      journal: [...journal, quoteEntry(quote, own), ...own.journal],
      statements: [
        deps.db.orm.insert(quotes).values(quote),
        ...statements,
        ...own.statements(placed.record.order.id),
      ],
    },
  }
}

function quoteRow(
  deps: Deps,
  { customer, priced, catalogueVersion }: OwnOrder,
  at: Temporal.Instant,
): QuoteRow {
  return {
    id: deps.newId('quo'),
    productId: customer.productId,
    subject: customer.subject,
    catalogueVersion,
    currency: priced.currency,
    total: priced.total,
    priced,
    createdAt: at,
    expiresAt: at.add(LIFETIME),
  }
}

function quoteEntry(
  { id, productId, total, currency }: QuoteRow,
  { origin }: OwnOrder,
): JournalEntry {
  return {
    stream: `quote:${id}`,
    version: 1,
    type: 'quote.made',
    actor: `job:${origin}`,
    productId,
    data: { total, currency },
  }
}
