/** A price as it was shown, stored so that it is what an order costs. */
import type { Temporal } from 'temporal-polyfill'
import { decideAndCommit } from '../db/commit.ts'
import type { Change } from '../db/commit.ts'
import type { EarlierOrder } from '../db/queries/customers.ts'
import { quotes } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { CurrentProduct } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import type { PricedQuote } from '../domain/quote.ts'

export interface StoredQuote {
  readonly id: Id<'quo'>
  readonly createdAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
  readonly priced: PricedQuote
  /** The same plan was ordered within the last two hours (P11). */
  readonly earlierOrder: EarlierOrder | null
}

const LIFETIME = { minutes: 30 }

/** @param subject  who may order it; empty for an anonymous visitor */
export function storeQuote(
  deps: Deps,
  { product, catalogueVersion }: CurrentProduct,
  subject: string,
  quote: Pick<StoredQuote, 'createdAt' | 'priced' | 'earlierOrder'>,
): Promise<StoredQuote> {
  const { createdAt, priced } = quote
  const stored = { ...quote, id: deps.newId('quo'), expiresAt: createdAt.add(LIFETIME) }
  const { id, expiresAt } = stored
  const change: Change = {
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
  }
  return decideAndCommit(deps, {}, async () => ({ change, result: stored }))
}
