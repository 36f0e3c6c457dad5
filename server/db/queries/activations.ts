/** A license by its key, with the caller's installation: one statement, one round trip. */
import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Id } from '../../domain/ids.ts'
import type { Database } from '../open.ts'
import { activations, licenses, licenseUnits } from '../schema.ts'
import type { LicenseRow } from './licenses.ts'

export type ActivationRow = typeof activations.$inferSelect
export type UnitRow = typeof licenseUnits.$inferSelect

export interface Caller {
  readonly keyHash: string
  readonly fingerprint: string | null
  readonly name: string | null
  /** Of a unit of a one-time license. */
  readonly reference: string | null
}

export interface KnownCaller {
  readonly license: LicenseRow
  /** The caller's installation, active or not. */
  readonly own: ActivationRow | null
  readonly isNameBoundElsewhere: boolean
  readonly unit: UnitRow | null
}

/** @returns null when no license has this key */
export async function readCaller(
  db: Database,
  { keyHash, fingerprint, name, reference }: Caller,
): Promise<KnownCaller | null> {
  const isElsewhere = sql<number>`EXISTS (SELECT 1 FROM ${activations} AS other
    WHERE other.license_id = ${licenses.id} AND other.name = ${name}
    AND other.fingerprint <> ${fingerprint} AND other.state = 'active')`
  const [row] = await db.orm
    .select({ license: licenses, own: activations, unit: licenseUnits, isElsewhere })
    .from(licenses)
    .leftJoin(
      activations,
      and(eq(activations.licenseId, licenses.id), eq(activations.fingerprint, fingerprint ?? '')),
    )
    .leftJoin(
      licenseUnits,
      and(eq(licenseUnits.licenseId, licenses.id), eq(licenseUnits.reference, reference ?? '')),
    )
    .where(eq(licenses.keyHash, keyHash))
  if (row === undefined) return null
  const { license, own, unit } = row
  return { license, own, unit, isNameBoundElsewhere: row.isElsewhere === 1 }
}

/** Active installations other than the caller's, silent for longest first. */
export async function activeInstallations(
  db: Database,
  licenseId: Id<'lic'>,
  fingerprint: string,
): Promise<readonly ActivationRow[]> {
  return db.orm
    .select()
    .from(activations)
    .where(
      and(
        eq(activations.licenseId, licenseId),
        eq(activations.state, 'active'),
        ne(activations.fingerprint, fingerprint),
      ),
    )
    .orderBy(asc(activations.lastSeenAt), asc(activations.id))
}
