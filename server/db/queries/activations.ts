/** A license by its key, with the caller's installation: one statement, one round trip. */
import { and, asc, eq, gt, gte, ne, or, sql } from 'drizzle-orm'
import type { Placeholder, SQL } from 'drizzle-orm'
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
  { orm }: Database,
  { now, ...caller }: Caller,
): Promise<KnownCaller | null> {
  const query = callerQueries.get(orm) ?? callerQuery(orm)
  callerQueries.set(orm, query)
  const [row] = await query.all({ ...caller, now: now.epochMilliseconds })
  return row === undefined ? null : knownOf(row)
}

/** Every check asks it, so it is built once. */
function callerQuery(orm: Database['orm']) {
  const { placeholder } = sql
  const asking = {
    fingerprint: placeholder('fingerprint'),
    digest: placeholder('digest'),
    name: placeholder('name'),
    reference: placeholder('reference'),
  }
  return known(orm, asking, byKey(placeholder('keyHash'), placeholder('now'))).prepare()
}
const callerQueries = new WeakMap<Database['orm'], ReturnType<typeof callerQuery>>()

/** By the key in force, or by the one before it for as long as it works. @param now  epoch milliseconds */
function byKey(keyHash: Placeholder, now: Placeholder): SQL | undefined {
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
  { orm }: Database,
  asking: Asking,
  isMeant: SQL | undefined,
): Promise<readonly KnownCaller[]> {
  return (await known(orm, asking, isMeant)).map(knownOf)
}

/** What is not said equals nothing: it is NULL. */
function known(
  orm: Database['orm'],
  {
    fingerprint,
    digest,
    name,
    reference,
  }: Readonly<Record<keyof Asking, string | null | Placeholder>>,
  isMeant: SQL | undefined,
) {
  const isElsewhere = sql<number>`EXISTS (SELECT 1 FROM ${activations} AS other
    WHERE other.license_id = ${licenses.id} AND other.name = ${name}
    AND other.fingerprint <> ${fingerprint} AND other.state = 'active')`
  return orm
    .select({ license: licenses, own: activations, unit: licenseUnits, isElsewhere })
    .from(licenses)
    .leftJoin(
      activations,
      and(
        eq(activations.licenseId, licenses.id),
        or(
          sql`${activations.fingerprint} = ${fingerprint}`,
          sql`${activations.fingerprintDigest} = ${digest}`,
        ),
      ),
    )
    .leftJoin(
      licenseUnits,
      and(eq(licenseUnits.licenseId, licenses.id), sql`${licenseUnits.reference} = ${reference}`),
    )
    .where(isMeant)
}

function knownOf({
  license,
  own,
  unit,
  isElsewhere,
}: Awaited<ReturnType<typeof known>>[number]): KnownCaller {
  return { license, own, unit, isNameBoundElsewhere: isElsewhere === 1 }
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
