/** The least that an order needs around it. */
import { eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { bind } from '../../../server/db/bind.ts'
import type { Database } from '../../../server/db/open.ts'
import { catalogueVersions, customers, orders, quotes } from '../../../server/db/schema.ts'
import type { Id } from '../../../server/domain/ids.ts'
import type { Consent } from '../../../server/domain/order.ts'
import type { PricedQuote } from '../../../server/domain/quote.ts'

export const AT = Temporal.Instant.from('2026-01-15T10:00:00Z')

export const CONSENT: Consent = {
  version: 'n1',
  locale: 'en',
  quoteId: 'quo_one',
  actor: 'acme',
  ip: null,
  userAgent: null,
  acceptedAt: '2026-01-15T10:00:00Z',
}

const PRICED: PricedQuote = {
  currency: 'USD',
  zone: 'UTC',
  lines: [],
  subtotal: 0,
  discount: 0,
  tax: 0,
  total: 0,
  waived: 0,
  taxNote: null,
  renewal: null,
  complimentary: [],
  promoCode: null,
}

export function orderRow(id: Id<'ord'>): typeof orders.$inferInsert {
  return {
    id,
    productId: 'recover',
    customerId: 'cus_one',
    quoteId: `quo_of_${id}`,
    state: 'pending',
    catalogueVersion: 'v1',
    currency: 'USD',
    subtotal: 0,
    discount: 0,
    tax: 0,
    total: 0,
    email: 'buyer@example.com',
    locale: 'en',
    returnUrl: 'https://console.example.com/',
    consent: CONSENT,
    createdAt: AT,
    expiresAt: AT.add({ minutes: 35 }),
    version: 0,
  }
}

/** Stores orders at version 0 with a total of 0, of one customer. */
export async function storeOrders(db: Database, ...ids: Id<'ord'>[]): Promise<void> {
  const facts = [
    db.orm
      .insert(catalogueVersions)
      .values({ version: 'v1', sequence: 1, document: { products: [] }, createdAt: AT }),
    db.orm.insert(customers).values({
      id: 'cus_one',
      productId: 'recover',
      subject: 'acme',
      email: 'buyer@example.com',
      zone: 'UTC',
      locale: 'en',
      createdAt: AT,
      version: 1,
    }),
  ]
  const rows = ids.flatMap((id) => [
    db.orm.insert(quotes).values({
      id: `quo_of_${id}`,
      productId: 'recover',
      subject: 'acme',
      catalogueVersion: 'v1',
      currency: 'USD',
      total: 0,
      priced: PRICED,
      createdAt: AT,
      expiresAt: AT,
    }),
    db.orm.insert(orders).values(orderRow(id)),
  ])
  await db.client.batch([...facts, ...rows].map(bind), 'write')
}

export async function readOrder(db: Database, id: Id<'ord'>): Promise<typeof orders.$inferSelect> {
  const [order] = await db.orm.select().from(orders).where(eq(orders.id, id))
  if (!order) throw new Error(`no order ${id}`)
  return order
}
