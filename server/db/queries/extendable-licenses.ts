/** Licenses with all that decides about their renewal, and with their ledgers once one is paid. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Placeholder, SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { CoverageEntry } from '../../domain/coverage.ts'
import { groupBy } from '../../domain/group-by.ts'
import { isId } from '../../domain/ids.ts'
import type { Id } from '../../domain/ids.ts'
import type { OrderState } from '../../domain/order.ts'
import type { RenewableLicense } from '../../domain/renewal-eligibility.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import { unitsAt } from '../../domain/units-in-force.ts'
import type { Database } from '../open.ts'
import { coverage, customers, licenses, openRenewals, orderLines, orders } from '../schema.ts'
import type { CustomerRow } from './customers.ts'
import type { LicenseRow } from './licenses.ts'

export interface ExtendableRow {
  readonly license: LicenseRow
  readonly openOrderId: Id<'ord'> | null
  /** Of the order that brought it; null for a grant. */
  readonly originState: OrderState | null
}

export const EXTENDABLE = {
  license: licenses,
  openOrderId: openRenewals.orderId,
  originState: orders.state,
}

/** One round trip: the customer, and those of the licenses that are theirs. */
export async function readExtendable(
  db: Database,
  scope: CustomerScope,
  licenseIds: readonly string[],
): Promise<{ customer: CustomerRow | null; licenses: readonly ExtendableRow[] }> {
  const theirs = and(eq(customers.productId, scope.productId), eq(customers.subject, scope.subject))
  const { onlyLicenses } = scope
  const ids = licenseIds
    .filter((id) => isId('lic', id))
    .filter((id) => onlyLicenses === null || onlyLicenses.includes(id))
  const [found, rows] = await db.orm.batch([
    db.orm.select().from(customers).where(theirs),
    extendableQuery(db, and(theirs, inArray(licenses.id, ids))),
  ])
  return { customer: found[0] ?? null, licenses: rows }
}

export function extendableQuery(db: Database, condition: SQL | undefined) {
  return db.orm
    .select(EXTENDABLE)
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .leftJoin(openRenewals, eq(openRenewals.licenseId, licenses.id))
    .leftJoin(orders, eq(orders.id, licenses.orderId))
    .where(condition)
}

/** The licenses that the lines of a stored quote extend. */
export function licensesOfQuote(quoteId: string): SQL {
  return sql`${licenses.id} IN (SELECT json_extract(line.value, '$.licenseId')
    FROM quotes, json_each(quotes.priced, '$.lines') AS line WHERE quotes.id = ${quoteId})`
}

/** A license that an order extends, as the settlement of the order finds it. */
export interface ExtendedLicense {
  readonly license: LicenseRow
  /** Another order that is open on it; its own one does not count. */
  readonly otherOrderId: Id<'ord'> | null
  /** In sequence. */
  readonly ledger: readonly CoverageEntry[]
}

/** Both queries belong into the batch that reads the order. */
export function extendedQueries(db: Database, orderId: Placeholder) {
  const { orm } = db
  const extended = sql`${licenses.id} IN (SELECT ${orderLines.licenseId} FROM ${orderLines}
    WHERE ${orderLines.orderId} = ${orderId} AND ${orderLines.licenseId} IS NOT NULL)`
  return [
    orm
      .select({ license: licenses, openOrderId: openRenewals.orderId })
      .from(licenses)
      .leftJoin(openRenewals, eq(openRenewals.licenseId, licenses.id))
      .where(extended),
    orm
      .select({ licenseId: coverage.licenseId, entry: coverage.entry })
      .from(coverage)
      .innerJoin(licenses, eq(licenses.id, coverage.licenseId))
      .where(extended)
      .orderBy(asc(coverage.licenseId), asc(coverage.sequence)),
  ] as const
}

export function extendedLicenses(
  orderId: Id<'ord'>,
  rows: readonly { license: LicenseRow; openOrderId: Id<'ord'> | null }[],
  entries: readonly { licenseId: Id<'lic'>; entry: CoverageEntry }[],
): readonly ExtendedLicense[] {
  const ledgers = groupBy(entries, ({ licenseId }) => licenseId)
  return rows.map(({ license, openOrderId }) => ({
    license,
    otherOrderId: openOrderId === orderId ? null : openOrderId,
    ledger: (ledgers.get(license.id) ?? []).map(({ entry }) => entry),
  }))
}

/** As the rules of renewals see a row. @param at  units that were to go by then are gone */
export function renewableLicense(
  { license, openOrderId, originState }: ExtendableRow,
  at: Temporal.Instant,
): RenewableLicense {
  return {
    ...license,
    ...unitsAt(license, at),
    inUse: license.reserved + license.consumed,
    anchor: { day: license.anchorDay, time: license.anchorTime, zone: license.zone },
    openOrderId,
    isRefunded: originState === 'refunded',
  }
}
