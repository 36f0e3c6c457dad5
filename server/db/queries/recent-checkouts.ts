/** Orders that somebody placed lately, by customer and by source. */
import { and, eq, gt, isNotNull, or, sql } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import type { RecentCheckouts } from '../../domain/checkout-limits.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { customers, orders } from '../schema.ts'

export interface CheckoutWindow {
  readonly source: string
  readonly since: Temporal.Instant
}

/** Orders that a job placed have no source, and are not counted. */
export function recentCheckoutsQuery(
  db: Database,
  { productId, subject }: CustomerScope,
  { source, since }: CheckoutWindow,
) {
  const isOwn = sql`${customers.subject} = ${subject}`
  const isSame = sql`${orders.source} = ${source}`
  return db.orm
    .select({
      own: sql<number>`count(*) FILTER (WHERE ${isOwn})`,
      ownFirst: sql<number | null>`min(${orders.createdAt}) FILTER (WHERE ${isOwn})`,
      same: sql<number>`count(*) FILTER (WHERE ${isSame})`,
      sameFirst: sql<number | null>`min(${orders.createdAt}) FILTER (WHERE ${isSame})`,
    })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(
      and(
        eq(orders.productId, productId),
        gt(orders.createdAt, since),
        isNotNull(orders.source),
        or(isOwn, isSame),
      ),
    )
}

type Row = Awaited<ReturnType<typeof recentCheckoutsQuery>>[number]

export function recentCheckoutsOf(row: Row | undefined): {
  ofCustomer: RecentCheckouts
  ofSource: RecentCheckouts
} {
  return {
    ofCustomer: { count: row?.own ?? 0, firstAt: instantOf(row?.ownFirst) },
    ofSource: { count: row?.same ?? 0, firstAt: instantOf(row?.sameFirst) },
  }
}

function instantOf(epochMs: number | null | undefined): Temporal.Instant | null {
  return epochMs === null || epochMs === undefined
    ? null
    : Temporal.Instant.fromEpochMilliseconds(epochMs)
}
