/** The inbox of the provider's notifications. */
import { and, asc, eq, inArray, isNotNull, lte } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../open.ts'
import { providerEvents } from '../schema.ts'

export type ProviderEventRow = typeof providerEvents.$inferSelect

export async function readProviderEvent(
  db: Database,
  id: string,
): Promise<ProviderEventRow | null> {
  const [row] = await db.orm.select().from(providerEvents).where(eq(providerEvents.id, id))
  return row ?? null
}

/** Stored events that were not acted on yet and may be tried again, earliest first. */
export function dueProviderEvents(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<ProviderEventRow[]> {
  return db.orm
    .select()
    .from(providerEvents)
    .where(and(isNotNull(providerEvents.sweepAt), lte(providerEvents.sweepAt, now)))
    .orderBy(asc(providerEvents.sweepAt))
    .limit(limit)
}

/** Those of the ids that are in the inbox. */
export async function knownEventIds(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.orm
    .select({ id: providerEvents.id })
    .from(providerEvents)
    .where(inArray(providerEvents.id, [...ids]))
  return new Set(rows.map(({ id }) => id))
}
