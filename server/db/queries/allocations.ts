/** The Allocation Log (S33): what the journal says about units and keys of a customer's licenses. */
import { and, desc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { activations, journal, licenses, rebinds } from '../schema.ts'
import { isOf } from './license-filter.ts'

export interface AllocationPage {
  readonly licenseId: string | null
  /** Types of entries; null for all. */
  readonly types: readonly string[] | null
  /** `[from, until)`; null where it is open. */
  readonly from: Temporal.Instant | null
  readonly until: Temporal.Instant | null
  readonly limit: number
  /** Position of the last row of the page before. */
  readonly before: number | null
}

export interface AllocationRow {
  readonly position: number
  readonly at: Temporal.Instant
  readonly type: string
  readonly actor: string
  readonly data: Record<string, unknown>
  readonly licenseId: string
  readonly planName: string
  /** Of the installation that it is about, as it is called now. */
  readonly name: string | null
  readonly fingerprint: string | null
  /** Why a unit was to move, as whoever wished it said; null for all else. */
  readonly wish: { readonly note: string | null } | null
}

/**
 * Newest first, one row more where there is a next page. One round trip. Streams of the license itself,
 * of its installations (files that were taken) and of its rebinds.
 */
export async function listAllocations(
  db: Database,
  scope: CustomerScope,
  page: AllocationPage,
): Promise<readonly AllocationRow[]> {
  return db.orm
    .select({
      position: journal.position,
      at: journal.at,
      type: journal.type,
      actor: journal.actor,
      data: journal.data,
      licenseId: sql<string>`${licenses.id}`,
      planName: licenses.planName,
      name: activations.name,
      fingerprint: activations.fingerprint,
      wish: { note: rebinds.note },
    })
    .from(licenses)
    .innerJoin(journal, inArray(journal.stream, OWN_STREAMS))
    .leftJoin(activations, eq(activations.id, INSTALLATION))
    .leftJoin(rebinds, sql`${rebinds.id} = ${REBIND}`)
    .where(
      and(
        isOf(scope),
        page.licenseId === null ? undefined : sql`${licenses.id} = ${page.licenseId}`,
        isLogged(page.types),
        page.from === null ? undefined : gte(journal.at, page.from),
        page.until === null ? undefined : lt(journal.at, page.until),
        page.before === null ? undefined : lt(journal.position, page.before),
      ),
    )
    .orderBy(desc(journal.position))
    .limit(page.limit + 1)
}

/** Each is found by the UNIQUE (stream, version). */
const OWN_STREAMS = sql`(SELECT 'license:' || ${licenses.id}
  UNION ALL SELECT 'activation:' || own.id FROM ${activations} AS own WHERE own.license_id = ${licenses.id}
  UNION ALL SELECT 'rebind:' || wish.id FROM ${rebinds} AS wish WHERE wish.license_id = ${licenses.id})`

/** Named by the entry, or by its stream. */
const INSTALLATION = sql`coalesce(json_extract(${journal.data}, '$.activation'),
  CASE WHEN ${journal.stream} LIKE 'activation:%' THEN substr(${journal.stream}, 12) END)`

/** That it came of. */
const REBIND = sql`coalesce(json_extract(${journal.data}, '$.rebind'),
  CASE WHEN ${journal.stream} LIKE 'rebind:%' THEN substr(${journal.stream}, 8) END)`

/** Of an installation's own stream only what the license's does not say. */
function isLogged(types: AllocationPage['types']): SQL | undefined {
  const isSaidOnce = or(
    sql`${journal.stream} NOT LIKE 'activation:%'`,
    inArray(journal.type, [
      'activation.file_issued',
      'activation.code_issued',
      'activation.culled',
    ]),
  )
  return and(isSaidOnce, types === null ? undefined : inArray(journal.type, [...types]))
}
