/** What used the units of a customer's one-time license. */
import { and, count, desc, eq, sql } from 'drizzle-orm'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { licenses, licenseUnits } from '../schema.ts'
import type { UnitRow } from './activations.ts'
import { isOf } from './license-filter.ts'
import type { LicenseRow } from './licenses.ts'

export interface UnitPage {
  readonly licenseId: string
  readonly limit: number
  /** The last row of the page before. */
  readonly after: { readonly reservedMs: number; readonly reference: string } | null
}

/** Newest first. One round trip; null: absent or not theirs. */
export async function listUnits(
  db: Database,
  scope: CustomerScope,
  { licenseId, limit, after }: UnitPage,
): Promise<{
  license: LicenseRow
  rows: readonly UnitRow[]
  hasMore: boolean
  count: number
} | null> {
  const isLicense = and(isOf(scope), sql`${licenses.id} = ${licenseId}`)
  const isBehind =
    after === null
      ? undefined
      : sql`(${licenseUnits.reservedAt}, ${licenseUnits.reference})
          < (${after.reservedMs}, ${after.reference})`
  const [[found], rows, [counted]] = await db.orm.batch([
    db.orm.select({ license: licenses }).from(licenses).where(isLicense),
    db.orm
      .select({ unit: licenseUnits })
      .from(licenseUnits)
      .innerJoin(licenses, eq(licenses.id, licenseUnits.licenseId))
      .where(and(isLicense, isBehind))
      .orderBy(desc(licenseUnits.reservedAt), desc(licenseUnits.reference))
      .limit(limit + 1),
    db.orm
      .select({ count: count() })
      .from(licenseUnits)
      .innerJoin(licenses, eq(licenses.id, licenseUnits.licenseId))
      .where(isLicense),
  ])
  if (found === undefined) return null
  return {
    license: found.license,
    rows: rows.slice(0, limit).map(({ unit }) => unit),
    hasMore: rows.length > limit,
    count: counted?.count ?? 0,
  }
}
