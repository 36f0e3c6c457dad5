/** Pages that save a payment method beside any order, with the customer they are for. */
import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../../domain/ids.ts'
import type { Database } from '../open.ts'
import { customers, methodSetups } from '../schema.ts'
import type { CustomerRow } from './customers.ts'

export type MethodSetupRow = typeof methodSetups.$inferSelect

export interface MethodSetupRecord {
  readonly setup: MethodSetupRow
  readonly customer: CustomerRow
}

export async function readMethodSetup(
  db: Database,
  id: Id<'set'>,
): Promise<MethodSetupRecord | null> {
  const [row] = await db.orm
    .select({ setup: methodSetups, customer: customers })
    .from(methodSetups)
    .innerJoin(customers, eq(customers.id, methodSetups.customerId))
    .where(eq(methodSetups.id, id))
  return row ?? null
}

/** Open pages that the sweep has to look at, earliest first. */
export async function dueMethodSetups(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly Id<'set'>[]> {
  const rows = await db.orm
    .select({ id: methodSetups.id })
    .from(methodSetups)
    .where(and(isNotNull(methodSetups.sweepAt), lte(methodSetups.sweepAt, now)))
    .orderBy(asc(methodSetups.sweepAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Whose later charges use this method: one customer, or none. */
export async function customerOfMethod(
  db: Database,
  methodId: string,
): Promise<CustomerRow | null> {
  const [row] = await db.orm
    .select()
    .from(customers)
    .where(
      and(
        isNotNull(customers.savedMethod),
        eq(sql`json_extract(${customers.savedMethod}, '$.id')`, methodId),
      ),
    )
  return row ?? null
}
