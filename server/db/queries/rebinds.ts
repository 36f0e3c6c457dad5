/** What a rebind depends on (S82), in one round trip. */
import { and, asc, desc, eq, gte, ne, or, sql } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { activations, customers, licenses, operatorTasks, rebinds } from '../schema.ts'
import type { ActivationRow } from './activations.ts'
import type { CustomerRow } from './customers.ts'
import type { RebindRow } from './installations.ts'
import { isOf } from './license-filter.ts'
import type { LicenseRow } from './licenses.ts'

export interface RebindQuestion {
  /** Whose license it must be; null where that is known already. */
  readonly scope: CustomerScope | null
  readonly licenseId: string
  readonly activationId: string
  /** Of the newcomer. */
  readonly fingerprint: string
  readonly digest: string
  readonly since: Temporal.Instant
}

export interface RebindRecord {
  readonly license: LicenseRow
  readonly customer: CustomerRow
  /** The installation that is to go; null: the license has none of that id. */
  readonly own: ActivationRow | null
  /** The newcomer, if it was here before. */
  readonly target: ActivationRow | null
  /** Of this license, within the window, oldest first. */
  readonly recent: readonly RebindRow[]
  /** That waits for the installation to go, however long; there is one at most. */
  readonly waiting: RebindRow | null
  /** The newcomer is active on a license of another customer of the product. */
  readonly isUsedElsewhere: boolean
  /** An operator knows already that there were too many. */
  readonly isReported: boolean
}

export async function readRebind(
  db: Database,
  { scope, licenseId, activationId, fingerprint, digest, since }: RebindQuestion,
): Promise<RebindRecord | null> {
  const isLicense = sql`${licenses.id} = ${licenseId}`
  const isNewcomer = or(
    eq(activations.fingerprint, fingerprint),
    eq(activations.fingerprintDigest, digest),
  )
  const [owned, installations, recent, waiting, elsewhere, tasks] = await db.orm.batch([
    db.orm
      .select({ license: licenses, customer: customers })
      .from(licenses)
      .innerJoin(customers, eq(customers.id, licenses.customerId))
      .where(and(isLicense, scope === null ? undefined : isOf(scope))),
    db.orm
      .select()
      .from(activations)
      .where(
        and(
          sql`${activations.licenseId} = ${licenseId}`,
          or(sql`${activations.id} = ${activationId}`, isNewcomer),
        ),
      ),
    db.orm
      .select()
      .from(rebinds)
      .where(and(sql`${rebinds.licenseId} = ${licenseId}`, gte(rebinds.requestedAt, since)))
      .orderBy(asc(rebinds.requestedAt), asc(rebinds.id)),
    db.orm
      .select()
      .from(rebinds)
      .where(
        and(
          sql`${rebinds.licenseId} = ${licenseId}`,
          sql`${rebinds.activationId} = ${activationId}`,
          eq(rebinds.state, 'requested'),
        ),
      ),
    db.orm
      .select({ id: activations.id })
      .from(activations)
      .innerJoin(licenses, eq(licenses.id, activations.licenseId))
      .where(
        and(
          eq(activations.fingerprintDigest, digest),
          eq(activations.state, 'active'),
          ne(activations.licenseId, sql`${licenseId}`),
          sql`${licenses.customerId} <> (SELECT customer_id FROM licenses WHERE id = ${licenseId})`,
        ),
      )
      .limit(1),
    db.orm
      .select({ id: operatorTasks.id })
      .from(operatorTasks)
      .where(
        and(
          eq(operatorTasks.kind, 'rebind.too_many'),
          eq(operatorTasks.reference, licenseId),
          sql`${operatorTasks.closedAt} IS NULL`,
        ),
      ),
  ])
  const [first] = owned
  if (first === undefined) return null
  const own = installations.find(({ id }) => id === activationId) ?? null
  return {
    ...first,
    own,
    target: installations.find((row) => row !== own) ?? null,
    recent,
    waiting: waiting[0] ?? null,
    isUsedElsewhere: elsewhere.length > 0,
    isReported: tasks.length > 0,
  }
}

export async function findRebind(db: Database, id: string): Promise<RebindRow | null> {
  const [row] = await db.orm
    .select()
    .from(rebinds)
    .where(sql`${rebinds.id} = ${id}`)
  return row ?? null
}

/** By which an installation took the place of another one; null: by none. */
export async function rebindInto(
  db: Database,
  activationId: ActivationRow['id'],
): Promise<RebindRow | null> {
  const [row] = await db.orm
    .select()
    .from(rebinds)
    .where(eq(rebinds.newActivationId, activationId))
    .orderBy(desc(rebinds.requestedAt))
    .limit(1)
  return row ?? null
}

/** Those that wait for an operator, heaviest first. */
export function waitingRebinds(db: Database): Promise<RebindRow[]> {
  return db.orm
    .select()
    .from(rebinds)
    .where(eq(rebinds.state, 'requested'))
    .orderBy(desc(rebinds.score), asc(rebinds.requestedAt))
    .limit(LISTED_AT_MOST)
}

const LISTED_AT_MOST = 200
