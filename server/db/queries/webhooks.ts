/** Endpoints, and what waits for each of them. */
import {
  aliasedTable,
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  lte,
  max,
  ne,
  notExists,
  sql,
} from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { HostScope } from '../../domain/host-scope.ts'
import type { Database } from '../open.ts'
import { journal, webhookDeliveries, webhookEndpoints } from '../schema.ts'

export type EndpointRow = typeof webhookEndpoints.$inferSelect
export type DeliveryRow = typeof webhookDeliveries.$inferSelect

const LIMIT = 200

export function endpointsOf(db: Database, scope: HostScope): Promise<readonly EndpointRow[]> {
  return db.orm
    .select()
    .from(webhookEndpoints)
    .where(
      and(eq(webhookEndpoints.productId, scope.productId), ne(webhookEndpoints.state, 'deleted')),
    )
    .orderBy(asc(webhookEndpoints.createdAt), asc(webhookEndpoints.id))
}

/** @returns null for one that is deleted, absent, or of another product */
export async function readEndpoint(
  db: Database,
  scope: HostScope,
  id: string,
): Promise<EndpointRow | null> {
  const rows = await endpointsOf(db, scope)
  return rows.find((row) => row.id === id) ?? null
}

export function enabledEndpoints(db: Database): Promise<readonly EndpointRow[]> {
  return db.orm.select().from(webhookEndpoints).where(eq(webhookEndpoints.state, 'enabled'))
}

/** The end of the journal: a new endpoint hears what happens from now on. */
export async function journalEnd(db: Database): Promise<number> {
  const [row] = await db.orm.select({ end: max(journal.position) }).from(journal)
  return row?.end ?? 0
}

/** What can be sent now to an endpoint. */
export interface Waiting {
  readonly endpoint: EndpointRow
  readonly deliveries: readonly DeliveryRow[]
}

/**
 * Endpoints for which something is due, each with `limit` deliveries at most. A full endpoint takes nothing
 * from the others (N15).
 */
export async function waitingDeliveries(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly Waiting[]> {
  const endpoints = await enabledEndpoints(db)
  const [first, ...others] = endpoints.map(({ id }) => dueOf(db, id, now, limit))
  const due = first === undefined ? [] : await db.orm.batch([first, ...others])
  return endpoints
    .map((endpoint, index) => ({ endpoint, deliveries: due[index] ?? [] }))
    .filter(({ deliveries }) => deliveries.length > 0)
}

/** @returns null when nothing is due, or when the endpoint is no longer told anything */
export async function waitingFor(
  db: Database,
  id: EndpointRow['id'],
  now: Temporal.Instant,
  limit: number,
): Promise<Waiting | null> {
  const isIt = and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.state, 'enabled'))
  const [[endpoint], deliveries] = await db.orm.batch([
    db.orm.select().from(webhookEndpoints).where(isIt),
    dueOf(db, id, now, limit),
  ])
  return endpoint === undefined || deliveries.length === 0 ? null : { endpoint, deliveries }
}

/**
 * In the order of the journal: due, and behind nothing of its object that is being sent or waits for its
 * next try. Whoever sends them stops at the first failure.
 */
export function dueOf(db: Database, id: EndpointRow['id'], now: Temporal.Instant, limit: number) {
  const earlier = aliasedTable(webhookDeliveries, 'earlier')
  const isHeldBack = db.orm
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.endpointId, webhookDeliveries.endpointId),
        eq(earlier.object, webhookDeliveries.object),
        eq(earlier.state, 'pending'),
        gt(earlier.nextAt, now),
        sql`${earlier.position} < ${webhookDeliveries.position}`,
      ),
    )
  return db.orm
    .select()
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpointId, id),
        eq(webhookDeliveries.state, 'pending'),
        lte(webhookDeliveries.nextAt, now),
        notExists(isHeldBack),
      ),
    )
    .orderBy(asc(webhookDeliveries.position))
    .limit(limit)
}

export function entriesAt(db: Database, positions: readonly number[]) {
  return db.orm
    .select()
    .from(journal)
    .where(inArray(journal.position, [...positions]))
}

/** Latest first. */
export function deliveriesOf(db: Database, endpointId: EndpointRow['id']) {
  return db.orm
    .select()
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.endpointId, endpointId))
    .orderBy(desc(webhookDeliveries.position))
    .limit(LIMIT)
}
