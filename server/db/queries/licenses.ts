/** A customer's licenses: filtered, sorted and paged by the database. */
import { and, asc, count, desc, eq, gt, gte, inArray, lt, lte, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { isId } from '../../domain/ids.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { customers, licenses } from '../schema.ts'
import { isExpiringSql, statusSql } from './license-status.ts'

export type LicenseRow = typeof licenses.$inferSelect

export type LicenseSort =
  'id' | 'total' | 'in_use' | 'service_life_days' | 'activated_at' | 'expires_at' | 'status'

export interface LicenseFilter {
  readonly type: string | null
  /** Words of section 5, or `expiring`; empty for all. */
  readonly statuses: readonly string[]
  /** Part of an id, plan name, key ending or order id. */
  readonly text: string | null
  /** Days from now. */
  readonly expiresWithinDays: number | null
  readonly renewalMode: LicenseRow['renewalMode']
}

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

const DAY_HOURS = 24

/** One round trip: the page, one row more when there is a next one, and how many match in all. */
export async function listLicenses(
  db: Database,
  scope: CustomerScope,
  page: LicensePage,
): Promise<{
  rows: readonly { license: LicenseRow; sortValue: string | number }[]
  hasMore: boolean
  count: number
}> {
  const value = sortValue(page)
  const matching = and(isOf(scope), ...filters(page))
  const direction = page.isDescending ? desc : asc
  const [rows, counted] = await db.orm.batch([
    db.orm
      .select({ license: licenses, sortValue: value })
      .from(licenses)
      .innerJoin(customers, eq(customers.id, licenses.customerId))
      .where(and(matching, afterRow(page, value)))
      .orderBy(direction(value), direction(licenses.id))
      .limit(page.limit + 1),
    db.orm
      .select({ count: count() })
      .from(licenses)
      .innerJoin(customers, eq(customers.id, licenses.customerId))
      .where(matching),
  ])
  return {
    rows: rows.slice(0, page.limit),
    hasMore: rows.length > page.limit,
    count: counted[0]?.count ?? 0,
  }
}

/** The license of that customer, or null: absent and not yours are the same. */
export async function readLicense(
  db: Database,
  scope: CustomerScope,
  id: string,
): Promise<LicenseRow | null> {
  if (!isId('lic', id)) return null
  const [row] = await db.orm
    .select({ license: licenses })
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .where(and(isOf(scope), eq(licenses.id, id)))
  return row?.license ?? null
}

function isOf({ productId, subject, onlyLicenses }: CustomerScope): SQL | undefined {
  return and(
    eq(customers.productId, productId),
    eq(customers.subject, subject),
    onlyLicenses === null
      ? undefined
      : sql`${licenses.id} IN (SELECT value FROM json_each(${JSON.stringify(onlyLicenses)}))`,
  )
}

function filters({ filter, now }: LicensePage): (SQL | undefined)[] {
  const { type, statuses, text, expiresWithinDays, renewalMode } = filter
  return [
    type === null ? undefined : eq(licenses.type, type),
    statuses.length === 0 ? undefined : inStatus(statuses, now),
    renewalMode === null ? undefined : eq(licenses.renewalMode, renewalMode),
    text === null ? undefined : containing(text),
    expiresWithinDays === null
      ? undefined
      : and(
          gte(licenses.endsAt, now),
          lte(licenses.endsAt, now.add({ hours: expiresWithinDays * DAY_HOURS })),
        ),
  ]
}

function inStatus(statuses: readonly string[], now: Temporal.Instant): SQL | undefined {
  return or(
    inArray(statusSql(now), [...statuses]),
    statuses.includes('expiring') ? isExpiringSql(now) : undefined,
  )
}

function containing(text: string): SQL | undefined {
  const pattern = `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
  const matches = (column: SQL | typeof licenses.id) => sql`${column} LIKE ${pattern} ESCAPE '\\'`
  return or(
    matches(licenses.id),
    matches(sql`${licenses.orderId}`),
    matches(sql`${licenses.planName}`),
    matches(sql`${licenses.keyLast4}`),
  )
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
  const behind = isDescending ? lt : gt
  return or(
    behind(value, after.value),
    and(eq(value, after.value), behind(sql`${licenses.id}`, after.id)),
  )
}
