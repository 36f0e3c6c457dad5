/** Customers of a product, by the subject that the host names. */
import { and, desc, eq, gte, inArray, notInArray } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../../domain/ids.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { customers, orderLines, orders } from '../schema.ts'

export type CustomerRow = typeof customers.$inferSelect

/** An order of the same plan that was placed shortly before (P11). */
export interface EarlierOrder {
  readonly id: Id<'ord'>
  readonly placedAt: Temporal.Instant
  readonly quantity: number
}

const EARLIER_ORDER_WINDOW = { hours: 2 }

export async function readCustomer(
  db: Database,
  scope: CustomerScope,
): Promise<CustomerRow | null> {
  const [row] = await db.orm.select().from(customers).where(isOf(scope))
  return row ?? null
}

/** One round trip: the customer, and the latest order of one of these plans within two hours. */
export async function readBuyer(
  db: Database,
  scope: CustomerScope,
  { planIds, now }: { planIds: readonly string[]; now: Temporal.Instant },
): Promise<{ customer: CustomerRow | null; earlierOrder: EarlierOrder | null }> {
  const [found, earlier] = await db.orm.batch([
    db.orm.select().from(customers).where(isOf(scope)),
    db.orm
      .select({ id: orders.id, placedAt: orders.createdAt, quantity: orderLines.quantity })
      .from(orders)
      .innerJoin(customers, eq(customers.id, orders.customerId))
      .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
      .where(
        and(
          isOf(scope),
          gte(orders.createdAt, now.subtract(EARLIER_ORDER_WINDOW)),
          inArray(orderLines.planId, [...planIds]),
          notInArray(orders.state, ['expired', 'canceled', 'failed', 'refunded']),
        ),
      )
      .orderBy(desc(orders.createdAt))
      .limit(1),
  ])
  return { customer: found[0] ?? null, earlierOrder: earlier[0] ?? null }
}

export function isOf({ productId, subject }: CustomerScope): SQL | undefined {
  return and(eq(customers.productId, productId), eq(customers.subject, subject))
}
