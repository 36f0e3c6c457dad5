/** A stored quote, for the one it was made for. */
import { and, eq, inArray } from 'drizzle-orm'
import { quotes } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { isId } from '../domain/ids.ts'
import { Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import type { StoredQuote } from './store-quote.ts'

/** @throws Refused `quote.not_found`: absent, or another customer's */
export async function readQuote(
  deps: Deps,
  productId: string,
  scope: CustomerScope | null,
  quoteId: string,
): Promise<StoredQuote> {
  if (!isId('quo', quoteId)) throw new Refused('quote.not_found')
  const [row] = await deps.db.orm
    .select()
    .from(quotes)
    .where(
      and(
        eq(quotes.id, quoteId),
        eq(quotes.productId, productId),
        inArray(quotes.subject, ['', scope?.subject ?? '']),
      ),
    )
  if (row === undefined) throw new Refused('quote.not_found')
  const { id, createdAt, expiresAt, priced } = row
  return { id, createdAt, expiresAt, priced, earlierOrder: null }
}
