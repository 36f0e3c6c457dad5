/** A customer's licenses: filtered, sorted and paged by the database. */
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { isId } from '../../domain/ids.ts'
import type { RenewalMode } from '../../domain/license.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { autoCharges, customers, licenses, meterDays, openRenewals, orders } from '../schema.ts'
import type { CustomerRow } from './customers.ts'
import { EXTENDABLE } from './extendable-licenses.ts'
import type { ExtendableRow } from './extendable-licenses.ts'
import { isOf, matching } from './license-filter.ts'
import type { LicenseFilter } from './license-filter.ts'
import { LAST_RENEWAL } from './last-renewal.ts'
import type { LastRenewal } from './last-renewal.ts'
import { statusSql } from './license-status.ts'
import { unusedSoon } from './unused-soon.ts'
import type { UnusedSoonRow } from './unused-soon.ts'

export type LicenseRow = typeof licenses.$inferSelect

export type LicenseSort =
  | 'id'
  | 'total'
  | 'in_use'
  | 'service_life_days'
  | 'activated_at'
  | 'expires_at'
  | 'status'

export interface LicensePage {
  readonly filter: LicenseFilter
  readonly sort: LicenseSort
  readonly isDescending: boolean
  readonly limit: number
  /** Fixed by the first page, so that later pages see the same order. */
  readonly now: Temporal.Instant
  /** The last row of the page before. */
  readonly after: { readonly value: string | number; readonly id: string } | null
}

/** A license with what its renewal depends on. */
export interface ListedLicense extends ExtendableRow {
  /** Of the customer; what later charges use. */
  readonly savedMethod: CustomerRow['savedMethod']
  /** Of the automatic charge of this expiry; null before its first try. */
  readonly chargeState: typeof autoCharges.$inferSelect.state | null
  readonly chargeFailure: typeof autoCharges.$inferSelect.failure
  readonly chargeNextAt: Temporal.Instant | null
  /** Metered beyond the expiry and not billed yet, and what that costs. */
  readonly meteredDays: number
  readonly meteredAmount: number
  readonly lastRenewal: LastRenewal | null
}

const unbilled = (value: SQL) =>
  sql<number>`(SELECT coalesce(${value}, 0) FROM ${meterDays}
    WHERE ${meterDays.licenseId} = ${licenses.id} AND ${meterDays.orderId} IS NULL)`

const OF_THIS_EXPIRY = and(
  eq(autoCharges.licenseId, licenses.id),
  eq(autoCharges.endsAt, licenses.endsAt),
)

const LISTED = {
  ...EXTENDABLE,
  savedMethod: customers.savedMethod,
  chargeState: autoCharges.state,
  chargeFailure: autoCharges.failure,
  chargeNextAt: autoCharges.nextAt,
  meteredDays: unbilled(sql`count(*)`),
  lastRenewal: LAST_RENEWAL,
  meteredAmount: unbilled(sql`sum(${meterDays.units} * ${meterDays.unitAmount})`),
}

/**
 * One round trip: the page, one row more when there is a next one, how many match, and per mode.
 * What is joined is joined to the rows of the page, and what is counted is counted without joins.
 */
export async function listLicenses(
  db: Database,
  scope: CustomerScope,
  page: LicensePage,
): Promise<{
  rows: readonly { license: ListedLicense; sortValue: string | number }[]
  hasMore: boolean
  count: number
  modeCounts: Readonly<Record<RenewalMode, number>>
  unusedSoon: UnusedSoonRow | null
}> {
  const { filter } = page
  const [rows, modes, [unused]] = await db.orm.batch(listQueries(db, scope, page))
  const ofMode = (mode: LicenseRow['renewalMode']) =>
    modes.find((row) => row.mode === mode)?.count ?? 0
  return {
    rows: rows
      .slice(0, page.limit)
      .map(({ sortValue: shown, ...license }) => ({ license, sortValue: shown })),
    hasMore: rows.length > page.limit,
    count:
      filter.renewalMode === null
        ? modes.reduce((sum, { count: each }) => sum + each, 0)
        : ofMode(filter.renewalMode),
    modeCounts: {
      manual: ofMode('manual'),
      auto: ofMode('auto'),
      pay_per_use: ofMode('pay_per_use'),
      canceled: ofMode('canceled'),
    },
    unusedSoon: unused ?? null,
  }
}

/** The statements of `listLicenses`: the rows of the page, how many match in each mode, what is left unused. */
export function listQueries(db: Database, scope: CustomerScope, page: LicensePage) {
  const value = sortValue(page)
  const { filter, now } = page
  const direction = page.isDescending ? desc : asc
  const ids = db.orm
    .select({ id: licenses.id, sortValue: value.as('sort_value') })
    .from(licenses)
    .where(and(matching(scope, filter, now), afterRow(page, value)))
    .orderBy(direction(value), direction(licenses.id))
    .limit(page.limit + 1)
    .as('page')
  return [
    db.orm
      .select({ ...LISTED, sortValue: ids.sortValue })
      .from(ids)
      .innerJoin(licenses, eq(licenses.id, ids.id))
      .innerJoin(customers, eq(customers.id, licenses.customerId))
      .leftJoin(openRenewals, eq(openRenewals.licenseId, licenses.id))
      .leftJoin(orders, eq(orders.id, licenses.orderId))
      .leftJoin(autoCharges, OF_THIS_EXPIRY)
      .orderBy(direction(ids.sortValue), direction(ids.id)),
    db.orm
      .select({ mode: licenses.renewalMode, count: count() })
      .from(licenses)
      .where(matching(scope, { ...filter, renewalMode: null }, now))
      .groupBy(licenses.renewalMode),
    unusedSoon(db, scope, now),
  ] as const
}

/** Those of that customer, in no order: absent and not yours are the same. */
export async function readLicenses(
  db: Database,
  scope: CustomerScope,
  ids: readonly string[],
): Promise<readonly ListedLicense[]> {
  const known = ids.filter((id) => isId('lic', id))
  return db.orm
    .select(LISTED)
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .leftJoin(openRenewals, eq(openRenewals.licenseId, licenses.id))
    .leftJoin(orders, eq(orders.id, licenses.orderId))
    .leftJoin(autoCharges, OF_THIS_EXPIRY)
    .where(and(isOf(scope), inArray(licenses.id, known)))
}

/** The row of that customer’s license, or null: absent and not yours are the same. */
export async function readLicense(
  db: Database,
  scope: CustomerScope,
  id: string,
): Promise<LicenseRow | null> {
  const [found] = await readLicenses(db, scope, [id])
  return found?.license ?? null
}

function sortValue({ sort, now }: LicensePage): SQL<string | number> {
  switch (sort) {
    case 'id':
      return sql<string>`${licenses.id}`
    case 'total':
      return sql<number>`${licenses.total}`
    case 'in_use':
      return sql<number>`(${licenses.reserved} + ${licenses.consumed})`
    case 'service_life_days':
      return sql<number>`${licenses.serviceDays}`
    case 'activated_at':
      return sql<number>`${licenses.activatedAt}`
    case 'expires_at':
      return sql<number>`${licenses.endsAt}`
    case 'status':
      return statusSql(now)
  }
}

/** Keyset paging: rows behind the last one seen, also when others come and go in between. */
function afterRow({ after, isDescending }: LicensePage, value: SQL): SQL | undefined {
  if (after === null) return undefined
  const behind = isDescending ? sql`<` : sql`>`
  return sql`(${value}, ${licenses.id}) ${behind} (${after.value}, ${after.id})`
}
