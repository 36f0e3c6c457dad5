/** Pages that save a payment method beside any order, with the customer they are for. */
import { and, asc, desc, eq, gt, isNotNull, lte, sql } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../../domain/ids.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { customers, methodSetups } from '../schema.ts'
import { isOf } from './customers.ts'
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

/** One round trip: the customer, and the page that was opened last and may stay open until then. */
export async function readSetupOwner(
  { orm }: Database,
  scope: CustomerScope,
  { returnUrl, openUntil }: { readonly returnUrl: string; readonly openUntil: Temporal.Instant },
): Promise<{ customer: CustomerRow | null; open: MethodSetupRow | null }> {
  const [found, open] = await orm.batch([
    orm.select().from(customers).where(isOf(scope)),
    orm
      .select({ setup: methodSetups })
      .from(methodSetups)
      .innerJoin(customers, eq(customers.id, methodSetups.customerId))
      .where(
        and(
          isOf(scope),
          eq(methodSetups.state, 'open'),
          eq(methodSetups.returnUrl, returnUrl),
          gt(methodSetups.expiresAt, openUntil),
        ),
      )
      .orderBy(desc(methodSetups.createdAt), desc(methodSetups.id))
      .limit(1),
  ])
  return { customer: found[0] ?? null, open: open[0]?.setup ?? null }
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
