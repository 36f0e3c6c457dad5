/**
 * The status of a license as SQL, for filters and sorting. The rule itself is `statusAt` of
 * `domain/license.ts`; a test compares both on every boundary.
 */
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { licenses } from '../schema.ts'

const DAY_MS = 86_400_000
const CLOCK_TOLERANCE_MS = 300_000

const RECURS = sql`(1 - ${licenses.oneTime})`
const IS_HELD = sql`(${licenses.heldEndAt} IS ${licenses.endsAt})`

/** `graceEndsAt` and `retentionEndsAt` of the domain, in epoch milliseconds. */
export const GRACE_END = sql<number>`(${licenses.endsAt} + ${RECURS} * ${licenses.graceDays} * ${DAY_MS}
  + ${IS_HELD} * ${licenses.heldGraceMs})`
export const RETENTION_END = sql<number>`(${GRACE_END} + ${RECURS} * ${licenses.retentionDays} * ${DAY_MS}
  + ${IS_HELD} * ${licenses.heldRetentionMs})`

/** The word of section 5, by its precedence. */
export function statusSql(now: Temporal.Instant): SQL<string> {
  const at = now.epochMilliseconds
  return sql<string>`CASE
    WHEN ${licenses.revokedAt} IS NOT NULL THEN 'revoked'
    WHEN ${licenses.underReviewAt} IS NOT NULL THEN 'under_review'
    WHEN ${licenses.suspendedAt} IS NOT NULL THEN 'suspended'
    WHEN ${licenses.oneTime} = 1 AND ${licenses.total} > 0 AND ${licenses.consumed} >= ${licenses.total} THEN 'consumed'
    WHEN ${licenses.renewalMode} = 'pay_per_use' AND ${at} >= ${licenses.endsAt} THEN 'active'
    WHEN ${at} >= ${RETENTION_END} THEN 'ended'
    WHEN ${at} >= ${GRACE_END} THEN 'retained'
    WHEN ${at} >= ${licenses.endsAt} THEN 'grace'
    WHEN ${at} < ${licenses.activatedAt} - ${CLOCK_TOLERANCE_MS} THEN 'pending'
    ELSE 'active' END`
}

/**
 * The label beside the status, `isExpiring` of `domain/license.ts`: a quarter of the period, which is
 * 7 days of any month and more than 30 of any year, or 30 days before the end.
 */
export function isExpiringSql(now: Temporal.Instant): SQL<number> {
  const days = sql`CASE ${licenses.cycle} WHEN 'month' THEN 7 WHEN 'year' THEN 30
    ELSE min(30, ${licenses.serviceDays} / 4) END`
  return sql<number>`(${statusSql(now)} = 'active' AND ${licenses.renewalMode} IS NOT 'auto'
    AND ${now.epochMilliseconds} < ${licenses.endsAt}
    AND ${now.epochMilliseconds} >= ${licenses.endsAt} - ${days} * ${DAY_MS})`
}
