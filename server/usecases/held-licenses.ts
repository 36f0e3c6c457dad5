/**
 * An open order holds its licenses: no second one is placed on them, and what it was priced on is
 * what it found. The hold is one row per license, and its key refuses another.
 */
import { eq, sql } from 'drizzle-orm'
import { exactly } from '../db/commit.ts'
import type { Query } from '../db/commit.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { OrderRow } from '../db/queries/orders.ts'
import { openRenewals } from '../db/schema.ts'
import type { Deps } from '../deps.ts'

/**
 * Holds them as they were read, or nothing of the order is stored: a license that has changed since
 * has another version and is not found, so that the decision is made again.
 */
export function holdLicenses(
  deps: Deps,
  { id, createdAt }: Pick<OrderRow, 'id' | 'createdAt'>,
  licenses: readonly Pick<LicenseRow, 'id' | 'version'>[],
): Query[] {
  if (licenses.length === 0) return []
  const read = sql.join(
    licenses.map((license) => sql`(${license.id}, ${license.version})`),
    sql`, `,
  )
  const held = deps.db.orm.insert(openRenewals).select(
    sql`SELECT id, ${id}, ${createdAt.epochMilliseconds} FROM licenses
      WHERE (id, version) IN (VALUES ${read})`,
  )
  return [exactly(held, licenses.length)]
}

/** Money came for an order that had let them go: nobody else orders while a person looks at it. */
export function holdAgain(
  deps: Deps,
  { id }: Pick<OrderRow, 'id'>,
  licenses: readonly Pick<LicenseRow, 'id'>[],
): Query[] {
  if (licenses.length === 0) return []
  const rows = licenses.map((license) => ({ licenseId: license.id, orderId: id, at: deps.now() }))
  return [deps.db.orm.insert(openRenewals).values(rows).onConflictDoNothing()]
}

/** Fulfilled, expired, canceled or failed: the next order may come. */
export function releaseLicenses(deps: Deps, { id }: Pick<OrderRow, 'id'>): Query {
  return deps.db.orm.delete(openRenewals).where(eq(openRenewals.orderId, id))
}
