/** What is told of many licenses at once: their ids, and when they expire. */
import { and, asc, count, eq, gte, lt, sql, sum } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../../domain/ids.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { customers, licenses } from '../schema.ts'
import { matching } from './license-filter.ts'
import type { LicenseFilter } from './license-filter.ts'

/** One round trip: the ids by expiry, `limit` at most, and how many match in all. */
export async function licenseIds(
  db: Database,
  scope: CustomerScope,
  { filter, now, limit }: { filter: LicenseFilter; now: Temporal.Instant; limit: number },
): Promise<{ ids: readonly Id<'lic'>[]; count: number }> {
  const [rows, counted] = await db.orm.batch(idQueries(db, scope, { filter, now, limit }))
  return { ids: rows.map(({ id }) => id), count: counted[0]?.count ?? 0 }
}

/** The statements of `licenseIds`. */
export function idQueries(
  db: Database,
  scope: CustomerScope,
  { filter, now, limit }: { filter: LicenseFilter; now: Temporal.Instant; limit: number },
) {
  const wanted = matching(scope, filter, now)
  return [
    db.orm
      .select({ id: licenses.id })
      .from(licenses)
      .where(wanted)
      .orderBy(asc(licenses.endsAt), asc(licenses.id))
      .limit(limit),
    db.orm.select({ count: count() }).from(licenses).where(wanted),
  ] as const
}

export interface ExpiryGroup {
  readonly endsAt: Temporal.Instant
  /** IANA zone of the licenses: which date that is. */
  readonly zone: string
  readonly count: number
  readonly quantity: number
}

/** One round trip: the zone of the customer, and what expires in [from, until), in no order. */
export async function licenseExpiries(
  db: Database,
  scope: CustomerScope,
  window: {
    filter: LicenseFilter
    now: Temporal.Instant
    from: Temporal.Instant
    until: Temporal.Instant
  },
): Promise<{ zone: string | null; groups: readonly ExpiryGroup[] }> {
  const { filter, now, from, until } = window
  const [zones, groups] = await db.orm.batch([
    db.orm
      .select({ zone: customers.zone })
      .from(customers)
      .where(and(eq(customers.productId, scope.productId), eq(customers.subject, scope.subject))),
    db.orm
      .select({
        endsAt: licenses.endsAt,
        zone: licenses.zone,
        count: count(),
        quantity: sql<number>`${sum(licenses.total)}`.mapWith(Number),
      })
      .from(licenses)
      .where(
        and(matching(scope, filter, now), gte(licenses.endsAt, from), lt(licenses.endsAt, until)),
      )
      .groupBy(licenses.endsAt, licenses.zone),
  ])
  return { zone: zones[0]?.zone ?? null, groups }
}
