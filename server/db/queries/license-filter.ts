/** Which licenses of a customer are meant, as SQL. */
import { and, eq, gte, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { SoldPeriod } from '../../domain/renewable-plans.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import { customers, licenses, openRenewals } from '../schema.ts'
import type { LicenseRow } from './licenses.ts'
import { isExpiringSql, RETENTION_END, statusSql } from './license-status.ts'

export interface LicenseFilter {
  readonly type: string | null
  /** Words of section 5, or `expiring`; empty for all. */
  readonly statuses: readonly string[]
  /** Part of an id, plan name, key ending or order id. */
  readonly text: string | null
  /** Days from now. */
  readonly expiresWithinDays: number | null
  readonly renewalMode: LicenseRow['renewalMode']
  /** The order that brought it. */
  readonly orderId: string | null
  /** A key belongs to one product, and matches nothing of another. */
  readonly product: string | null
  /** [from, until) of the expiry; null where it is open. */
  readonly endsFrom: Temporal.Instant | null
  readonly endsUntil: Temporal.Instant | null
  /** Those that can be renewed now, by what is on sale; null for all. */
  readonly renewableBy: readonly SoldPeriod[] | null
}

const DAY_HOURS = 24

/**
 * Licenses of that customer; by a private link, only those that it names. The customer is looked up
 * once, so that indexes of licenses that begin with their customer serve filter and order alike.
 */
export function isOf({ productId, subject, onlyLicenses }: CustomerScope): SQL | undefined {
  return and(
    sql`${licenses.customerId} = (SELECT ${customers.id} FROM ${customers}
      WHERE ${customers.productId} = ${productId} AND ${customers.subject} = ${subject})`,
    onlyLicenses === null
      ? undefined
      : sql`${licenses.id} IN (SELECT value FROM json_each(${JSON.stringify(onlyLicenses)}))`,
  )
}

/** @param now  that statuses are judged at */
export function matching(
  scope: CustomerScope,
  filter: LicenseFilter,
  now: Temporal.Instant,
): SQL | undefined {
  const { type, statuses, text, expiresWithinDays, renewalMode } = filter
  const { orderId, product, endsFrom, endsUntil, renewableBy } = filter
  return and(
    isOf(scope),
    type === null ? undefined : eq(licenses.type, type),
    statuses.length === 0 ? undefined : inStatus(statuses, now),
    renewalMode === null ? undefined : eq(licenses.renewalMode, renewalMode),
    text === null ? undefined : containing(text),
    orderId === null ? undefined : sql`${licenses.orderId} = ${orderId}`,
    product === null ? undefined : eq(licenses.productId, product),
    endsFrom === null ? undefined : gte(licenses.endsAt, endsFrom),
    endsUntil === null ? undefined : lt(licenses.endsAt, endsUntil),
    renewableBy === null ? undefined : renewable(renewableBy, now),
    expiresWithinDays === null
      ? undefined
      : and(
          gte(licenses.endsAt, now),
          lte(licenses.endsAt, now.add({ hours: expiresWithinDays * DAY_HOURS })),
        ),
  )
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

/** `renewalObstacle` of `domain/renewal-eligibility.ts` as SQL; a test compares both. */
function renewable(sold: readonly SoldPeriod[], now: Temporal.Instant): SQL | undefined {
  const at = now.epochMilliseconds
  const onSale = sold.map(({ planId, cycle, currency, isFirstCurrency, latestEnd }) =>
    and(
      eq(licenses.planId, planId),
      sql`${licenses.cycle} IS ${cycle}`,
      isFirstCurrency
        ? sql`coalesce(${licenses.currency}, ${currency}) = ${currency}`
        : sql`${licenses.currency} = ${currency}`,
      // Unary plus: an index over the ends of all customers must not look like the better way.
      sql`+${licenses.endsAt} <= ${latestEnd.epochMilliseconds}`,
    ),
  )
  return and(
    isNotNull(licenses.renewalMode),
    isNull(licenses.revokedAt),
    isNull(licenses.underReviewAt),
    isNull(licenses.suspendedAt),
    sql`NOT (${licenses.renewalMode} = 'pay_per_use' AND ${licenses.endsAt} <= ${at})`,
    sql`${at} < ${RETENTION_END}`,
    sql`NOT EXISTS (SELECT 1 FROM ${openRenewals} WHERE ${openRenewals.licenseId} = ${licenses.id})`,
    onSale.length === 0 ? sql`0` : or(...onSale),
  )
}
