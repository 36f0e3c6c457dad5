/** Orders across customers, for operators: newest first, by state and product. */
import { and, desc, eq } from 'drizzle-orm'
import type { OrderState } from '../../domain/order.ts'
import type { Database } from '../open.ts'
import { journal, operatorTasks, orders } from '../schema.ts'
import type { StoredEntry } from '../journal.ts'
import type { OrderRow } from './orders.ts'

export interface OrderFilter {
  readonly state: OrderState | null
  readonly productId: string | null
  /** At least 1. */
  readonly limit: number
}

export function listOrders(
  db: Database,
  { state, productId, limit }: OrderFilter,
): Promise<OrderRow[]> {
  return db.orm
    .select()
    .from(orders)
    .where(
      and(
        state === null ? undefined : eq(orders.state, state),
        productId === null ? undefined : eq(orders.productId, productId),
      ),
    )
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit)
}

export type OperatorTaskRow = typeof operatorTasks.$inferSelect

export interface OrderHistory {
  /** Oldest first. */
  readonly entries: readonly StoredEntry[]
  readonly tasks: readonly OperatorTaskRow[]
}

/** What happened to an order, and what a person had to look at; one round trip. */
export async function readOrderHistory(db: Database, orderId: string): Promise<OrderHistory> {
  const [entries, tasks] = await db.orm.batch([
    db.orm
      .select()
      .from(journal)
      .where(eq(journal.stream, `order:${orderId}`))
      .orderBy(journal.version),
    db.orm.select().from(operatorTasks).where(eq(operatorTasks.reference, orderId)),
  ])
  return { entries, tasks }
}
