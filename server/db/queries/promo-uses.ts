/** How often promo codes were used. */
import { and, count, eq, max, ne, sql } from 'drizzle-orm'
import type { Id } from '../../domain/ids.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { customers, journal, promoUses, quotes } from '../schema.ts'

/** All reservations of one code pass through this stream, so that none is given twice. */
export function promoStream(productId: string, code: string): string {
  return promoStreamPrefix(productId) + code
}

function promoStreamPrefix(productId: string): string {
  return `promo:${productId}:`
}

/**
 * For the code of a quote, whatever it is, so that they run in one batch with the quote itself: the
 * version of the code's stream, its uses in orders that still count, and those of this customer.
 */
export function promoUsesQueries({ orm }: Database, scope: CustomerScope, quoteId: Id<'quo'>) {
  const code = sql<string>`(SELECT ${quotes.priced} ->> '$.promoCode' FROM ${quotes} WHERE ${quotes.id} = ${quoteId})`
  const stillCounts = and(
    eq(promoUses.productId, scope.productId),
    eq(promoUses.code, code),
    ne(promoUses.state, 'released'),
  )
  return [
    orm
      .select({ version: max(journal.version) })
      .from(journal)
      .where(eq(journal.stream, sql`${promoStreamPrefix(scope.productId)} || ${code}`)),
    orm.select({ uses: count() }).from(promoUses).where(stillCounts),
    orm
      .select({ uses: count() })
      .from(promoUses)
      .innerJoin(customers, eq(customers.id, promoUses.customerId))
      .where(and(stillCounts, eq(customers.subject, scope.subject))),
  ] as const
}
