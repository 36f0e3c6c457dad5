/** How often promo codes were used. */
import { and, count, eq, max, ne } from 'drizzle-orm'
import type { PromoUses } from '../../domain/promo.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { customers, journal, promoUses } from '../schema.ts'

/** All reservations of one code pass through this stream, so that none is given twice. */
export function promoStream(productId: string, code: string): string {
  return `promo:${productId}:${code}`
}

/** Uses of orders that still count, and the version of the code's stream that they were read at. */
export async function readPromoUses(
  db: Database,
  scope: CustomerScope,
  code: string,
): Promise<PromoUses & { version: number }> {
  const stillCounts = and(
    eq(promoUses.productId, scope.productId),
    eq(promoUses.code, code),
    ne(promoUses.state, 'released'),
  )
  const [versions, all, own] = await db.orm.batch([
    db.orm
      .select({ version: max(journal.version) })
      .from(journal)
      .where(eq(journal.stream, promoStream(scope.productId, code))),
    db.orm.select({ uses: count() }).from(promoUses).where(stillCounts),
    db.orm
      .select({ uses: count() })
      .from(promoUses)
      .innerJoin(customers, eq(customers.id, promoUses.customerId))
      .where(and(stillCounts, eq(customers.subject, scope.subject))),
  ])
  return {
    version: versions[0]?.version ?? 0,
    total: all[0]?.uses ?? 0,
    byCustomer: own[0]?.uses ?? 0,
  }
}
