/** Complimentary units that nobody has used, near their end (S26, S28). */
import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { licenses } from '../schema.ts'
import { isOf } from './license-filter.ts'
import { statusSql } from './license-status.ts'

/** The first one to end, with the sums of all beside it. */
export interface UnusedSoonRow {
  readonly licenses: number
  readonly units: number
  readonly type: string
  readonly endsAt: Temporal.Instant
  readonly zone: string
}

const SOON = { hours: 30 * 24 }
const FREE = sql<number>`(${licenses.total} - ${licenses.reserved} - ${licenses.consumed})`

/** One row, or none; for a batch. */
export function unusedSoon(db: Database, scope: CustomerScope, now: Temporal.Instant) {
  return db.orm
    .select({
      licenses: sql<number>`count(*) OVER ()`,
      units: sql<number>`sum(${FREE}) OVER ()`,
      type: licenses.type,
      endsAt: licenses.endsAt,
      zone: licenses.zone,
    })
    .from(licenses)
    .where(
      and(
        isOf(scope),
        eq(licenses.kind, 'complimentary'),
        gt(licenses.endsAt, now),
        lt(licenses.endsAt, now.add(SOON)),
        sql`${FREE} > 0`,
        eq(statusSql(now), 'active'),
      ),
    )
    .orderBy(asc(licenses.endsAt), asc(licenses.id))
    .limit(1)
}
