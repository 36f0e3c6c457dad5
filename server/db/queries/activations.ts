/** A license by its key, with the caller's installation: one statement, one round trip. */
import { and, asc, eq, gt, gte, ne, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../../domain/ids.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { activations, customers, licenses, licenseUnits } from '../schema.ts'
import type { LicenseRow } from './licenses.ts'

export type ActivationRow = typeof activations.$inferSelect
export type UnitRow = typeof licenseUnits.$inferSelect

export interface Caller extends Asking {
  readonly keyHash: string
  readonly now: Temporal.Instant
}

/** What an installation says about itself. */
export interface Asking {
  readonly fingerprint: string | null
  /** Of the fingerprint, `installationDigest`: a host may have come by its code alone. */
  readonly digest: string | null
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
  { keyHash, now, ...caller }: Caller,
): Promise<KnownCaller | null> {
  const [row] = await readKnown(db, caller, byKey(keyHash, now))
  return row ?? null
}

/** By the key in force, or by the one before it for as long as it works. */
function byKey(keyHash: string, now: Temporal.Instant): SQL | undefined {
  return or(
    eq(licenses.keyHash, keyHash),
    and(eq(licenses.previousKeyHash, keyHash), gt(licenses.previousKeyUntil, now)),
  )
}

/** That license of that customer, with one of its installations; null: absent or not theirs. */
export async function readOwnCaller(
  db: Database,
  { productId, subject, onlyLicenses }: CustomerScope,
  licenseId: string,
  asking: Asking,
): Promise<KnownCaller | null> {
  if (onlyLicenses !== null && !onlyLicenses.includes(licenseId)) return null
  const isTheirs = sql`${licenses.customerId} IN (SELECT ${customers.id} FROM ${customers}
    WHERE ${customers.productId} = ${productId} AND ${customers.subject} = ${subject})`
  const [row] = await readKnown(db, asking, and(sql`${licenses.id} = ${licenseId}`, isTheirs))
  return row ?? null
}

/** Licenses that are meant, each with the caller's installation. One statement. */
export async function readKnown(
  db: Database,
  { fingerprint, digest, name, reference }: Asking,
  isMeant: SQL | undefined,
): Promise<readonly KnownCaller[]> {
  const isElsewhere = sql<number>`EXISTS (SELECT 1 FROM ${activations} AS other
    WHERE other.license_id = ${licenses.id} AND other.name = ${name}
    AND other.fingerprint <> ${fingerprint} AND other.state = 'active')`
  const rows = await db.orm
    .select({ license: licenses, own: activations, unit: licenseUnits, isElsewhere })
    .from(licenses)
    .leftJoin(
      activations,
      and(
        eq(activations.licenseId, licenses.id),
        or(
          eq(activations.fingerprint, fingerprint ?? ''),
          eq(activations.fingerprintDigest, digest ?? ''),
        ),
      ),
    )
    .leftJoin(
      licenseUnits,
      and(eq(licenseUnits.licenseId, licenses.id), eq(licenseUnits.reference, reference ?? '')),
    )
    .where(isMeant)
  return rows.map(({ license, own, unit, isElsewhere: is }) => {
    return { license, own, unit, isNameBoundElsewhere: is === 1 }
  })
}

/** Active, and called so by its product; null for none or several. */
export async function installationNamed(
  db: Database,
  licenseId: Id<'lic'>,
  name: string,
): Promise<ActivationRow | null> {
  const rows = await db.orm
    .select()
    .from(activations)
    .where(
      and(
        eq(activations.licenseId, licenseId),
        eq(activations.name, name),
        eq(activations.state, 'active'),
      ),
    )
    .limit(2)
  return rows.length === 1 ? (rows[0] ?? null) : null
}

/** Installations that were activated since, and from how many networks; ended ones count. */
export async function activatedSince(
  db: Database,
  licenseId: Id<'lic'>,
  since: Temporal.Instant,
): Promise<readonly Pick<ActivationRow, 'id' | 'network'>[]> {
  return db.orm
    .select({ id: activations.id, network: activations.network })
    .from(activations)
    .where(and(eq(activations.licenseId, licenseId), gte(activations.activatedAt, since)))
    .limit(COUNTED_AT_MOST)
}

/** More than any rule of a catalogue asks about. */
const COUNTED_AT_MOST = 100_000

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
