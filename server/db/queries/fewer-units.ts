/** Licenses whose next period has begun with fewer units than they had. */
import { and, asc, isNotNull, lte, sql } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from '../open.ts'
import { licenses } from '../schema.ts'
import type { LicenseRow } from './licenses.ts'

/** Those of which some unit can go now: what is in use stays until it is let go. */
const canFall = sql`${licenses.total} > max(${licenses.nextTotal}, ${licenses.reserved} + ${licenses.consumed})`

export function readFewerUnits(
  { orm }: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<LicenseRow[]> {
  return orm
    .select()
    .from(licenses)
    .where(and(isNotNull(licenses.nextTotalAt), lte(licenses.nextTotalAt, now), canFall))
    .orderBy(asc(licenses.nextTotalAt))
    .limit(limit)
}

/** When the earliest of them falls due; null when there is none. */
export async function nextFewerUnitsAt({ orm }: Database): Promise<Temporal.Instant | null> {
  const [row] = await orm
    .select({ at: licenses.nextTotalAt })
    .from(licenses)
    .where(and(isNotNull(licenses.nextTotalAt), canFall))
    .orderBy(asc(licenses.nextTotalAt))
    .limit(1)
  return row?.at ?? null
}
