/** Which orders the sweep has to ask the provider about. */
import { and, asc, isNotNull, lte } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../../domain/ids.ts'
import type { Database } from '../open.ts'
import { orders } from '../schema.ts'

/** Orders that the sweep has to look at, earliest first. */
export async function dueOrderIds(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly Id<'ord'>[]> {
  const rows = await db.orm
    .select({ id: orders.id })
    .from(orders)
    .where(and(isNotNull(orders.sweepAt), lte(orders.sweepAt, now)))
    .orderBy(asc(orders.sweepAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** When the first order was placed; null before there is one. */
export async function firstOrderAt(db: Database): Promise<Temporal.Instant | null> {
  const [first] = await db.orm
    .select({ at: orders.createdAt })
    .from(orders)
    .orderBy(asc(orders.id))
    .limit(1)
  return first?.at ?? null
}
