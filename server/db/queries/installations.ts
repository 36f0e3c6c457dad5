/** The installations of a customer's license, as the customer may see and name them. */
import { and, count, desc, eq, ne, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { activations, licenses, rebinds } from '../schema.ts'
import type { ActivationRow } from './activations.ts'
import { isOf } from './license-filter.ts'
import type { LicenseRow } from './licenses.ts'

export interface OwnInstallation {
  readonly license: LicenseRow
  /** The one that is named, in whatever state; without a name, two active ones at most. */
  readonly installations: readonly ActivationRow[]
}

/** @returns null for a license that is absent or not theirs */
export async function readInstallation(
  db: Database,
  scope: CustomerScope,
  { licenseId, activationId }: { licenseId: string; activationId: string | null },
): Promise<OwnInstallation | null> {
  const isMeant =
    activationId === null
      ? eq(activations.state, 'active')
      : sql`${activations.id} = ${activationId}`
  const rows = await db.orm
    .select({ license: licenses, installation: activations })
    .from(licenses)
    .leftJoin(activations, and(eq(activations.licenseId, licenses.id), isMeant))
    .where(and(isOf(scope), sql`${licenses.id} = ${licenseId}`))
    .orderBy(desc(activations.lastSeenAt))
    .limit(2)
  const [first] = rows
  if (first === undefined) return null
  return {
    license: first.license,
    installations: rows.flatMap(({ installation }) => installation ?? []),
  }
}

export type RebindRow = typeof rebinds.$inferSelect

export interface InstallationPage {
  readonly licenseId: string
  readonly state: 'active' | 'ended' | null
  readonly limit: number
  /** The last row of the page before. */
  readonly after: { readonly active: number; readonly seenMs: number; readonly id: string } | null
}

export interface ListedInstallation {
  readonly installation: ActivationRow
  /** That waits for an operator. */
  readonly rebind: RebindRow | null
}

/** Those that hold a unit first, then by their last sign of life. One round trip; null: not theirs. */
export async function listInstallations(
  db: Database,
  scope: CustomerScope,
  page: InstallationPage,
): Promise<{
  license: LicenseRow
  rows: readonly ListedInstallation[]
  hasMore: boolean
  count: number
} | null> {
  const isLicense = and(isOf(scope), sql`${licenses.id} = ${page.licenseId}`)
  const isMeant = and(isLicense, inState(page.state))
  const [found, rows, [counted]] = await db.orm.batch([
    db.orm.select({ license: licenses }).from(licenses).where(isLicense),
    db.orm
      .select({ installation: activations, rebind: rebinds })
      .from(activations)
      .innerJoin(licenses, eq(licenses.id, activations.licenseId))
      .leftJoin(
        rebinds,
        and(eq(rebinds.activationId, activations.id), eq(rebinds.state, 'requested')),
      )
      .where(and(isMeant, behind(page.after)))
      .orderBy(desc(IS_ACTIVE), desc(activations.lastSeenAt), desc(activations.id))
      .limit(page.limit + 1),
    db.orm
      .select({ count: count() })
      .from(activations)
      .innerJoin(licenses, eq(licenses.id, activations.licenseId))
      .where(isMeant),
  ])
  const [first] = found
  if (first === undefined) return null
  return {
    license: first.license,
    rows: rows.slice(0, page.limit),
    hasMore: rows.length > page.limit,
    count: counted?.count ?? 0,
  }
}

const IS_ACTIVE = sql<number>`(${activations.state} = 'active')`

function inState(state: InstallationPage['state']): SQL | undefined {
  if (state === null) return undefined
  return state === 'active' ? eq(activations.state, 'active') : ne(activations.state, 'active')
}

function behind(after: InstallationPage['after']): SQL | undefined {
  if (after === null) return undefined
  return sql`(${IS_ACTIVE}, ${activations.lastSeenAt}, ${activations.id})
    < (${after.active}, ${after.seenMs}, ${after.id})`
}
