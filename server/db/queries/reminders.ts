/**
 * Who may have to be reminded. SQL finds candidates by whole days, generously; what is really due is
 * decided by `domain/reminder.ts`, in the zone of each license.
 */
import { and, asc, eq, gt, gte, inArray, isNull, lte, max, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../../domain/ids.ts'
import { CHARGE_OFFSETS, END_OFFSETS, NOTICE_DAYS, type Occasion } from '../../domain/reminder.ts'
import type { Database } from '../open.ts'
import {
  announcedCharges,
  customers,
  journal,
  licenses,
  orderLines,
  orders,
  reminders,
} from '../schema.ts'
import type { CustomerRow } from './customers.ts'
import type { PaidPeriod } from './due-charges.ts'
import { GRACE_END, RETENTION_END } from './license-status.ts'
import type { LicenseRow } from './licenses.ts'
import { renewsBy } from './renewal-mode.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Nine in the morning comes at most so long before the hour of the end, in any zone. */
const EARLY_MS = 16 * HOUR_MS
/** Longest grace and retention of a catalogue, and longest way from a first reminder to an end. */
const LONGEST_BEHIND_MS = 150 * DAY_MS
const LONGEST_AHEAD_MS = 40 * DAY_MS

/** Customers in the order of their ids, behind `after`. */
export async function customersToRemind(
  { orm }: Database,
  now: Temporal.Instant,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly { readonly id: Id<'cus'>; readonly zone: string }[]> {
  return orm
    .selectDistinct({ id: licenses.customerId, zone: customers.zone })
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .where(and(mayBeDue(now), gt(sql`${licenses.customerId}`, after)))
    .orderBy(asc(licenses.customerId))
    .limit(limit)
}

export interface ReminderCandidate {
  readonly license: LicenseRow
  /** Occasions of its present end that were told or covered. */
  readonly told: ReadonlySet<string>
}

export interface PaidUnit extends PaidPeriod {
  readonly licenseId: Id<'lic'>
}

export interface ReminderFacts {
  readonly customer: CustomerRow | null
  readonly candidates: readonly ReminderCandidate[]
  /** Of the last paid period, newest first. */
  readonly paid: readonly PaidUnit[]
  readonly announced: readonly (typeof announcedCharges.$inferSelect)[]
  /** Version of the stream that counts the digests of this customer. */
  readonly version: number
}

/** Everything that the digest of one customer depends on, in one round trip. */
export async function readReminderFacts(
  { orm }: Database,
  customerId: Id<'cus'>,
  now: Temporal.Instant,
  { limit, stream }: { readonly limit: number; readonly stream: string },
): Promise<ReminderFacts> {
  const candidates = orm
    .select({ id: licenses.id, lineId: licenses.orderLineId })
    .from(licenses)
    .where(and(eq(licenses.customerId, customerId), mayBeDue(now)))
    .orderBy(asc(licenses.endsAt), asc(licenses.id))
    .limit(limit)
    .as('candidates')
  const theirs = sql`(SELECT id FROM ${candidates})`
  const [people, found, told, paid, announced, versions] = await orm.batch([
    orm.select().from(customers).where(eq(customers.id, customerId)),
    orm
      .select({ license: licenses })
      .from(candidates)
      .innerJoin(licenses, eq(licenses.id, candidates.id))
      .orderBy(asc(licenses.endsAt), asc(licenses.id)),
    orm.select().from(reminders).where(inArray(reminders.licenseId, theirs)),
    orm
      .select({
        licenseId: candidates.id,
        unitAmount: orderLines.unitAmount,
        cycle: orderLines.cycle,
        currency: orders.currency,
      })
      .from(candidates)
      .innerJoin(
        orderLines,
        or(eq(orderLines.licenseId, candidates.id), eq(orderLines.id, candidates.lineId)),
      )
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .where(
        and(
          sql`${orders.fulfilledAt} IS NOT NULL`,
          inArray(orderLines.kind, ['purchase', 'renewal']),
        ),
      )
      .orderBy(sql`${orders.fulfilledAt} DESC`),
    orm.select().from(announcedCharges).where(inArray(announcedCharges.licenseId, theirs)),
    orm
      .select({ version: max(journal.version) })
      .from(journal)
      .where(eq(journal.stream, stream)),
  ])
  return {
    customer: people[0] ?? null,
    candidates: found.map(({ license }) => ({
      license,
      told: new Set(
        told
          .filter(
            ({ licenseId, expiresAt }) =>
              licenseId === license.id && expiresAt.equals(license.endsAt),
          )
          .map(({ occasion }) => occasion),
      ),
    })),
    paid,
    announced,
    version: versions[0]?.version ?? 0,
  }
}

/** The ends as they are now, for a digest that waited for its transport. */
export function readEnds(
  { orm }: Database,
  ids: readonly string[],
): Promise<{ id: Id<'lic'>; endsAt: Temporal.Instant; mode: LicenseRow['renewalMode'] }[]> {
  return orm
    .select({ id: licenses.id, endsAt: licenses.endsAt, mode: licenses.renewalMode })
    .from(licenses)
    .where(inArray(sql`${licenses.id}`, [...ids]))
}

/** Neither held nor over. */
export function isRemindable(now: Temporal.Instant): SQL | undefined {
  return and(
    isNull(licenses.revokedAt),
    isNull(licenses.suspendedAt),
    isNull(licenses.underReviewAt),
    sql`${RETENTION_END} > ${now.epochMilliseconds}`,
  )
}

function mayBeDue(now: Temporal.Instant): SQL | undefined {
  const at = now.epochMilliseconds
  const soon = at + EARLY_MS
  const isAuto = renewsBy('auto')
  const isManual = renewsBy('manual')
  return and(
    isRemindable(now),
    gt(licenses.endsAt, now.subtract({ milliseconds: LONGEST_BEHIND_MS })),
    lte(licenses.endsAt, now.add({ milliseconds: LONGEST_AHEAD_MS })),
    or(
      ...END_OFFSETS.map((days) =>
        and(isManual, isLongEnough(days), endsWithin(days, soon), untold(`end_${days}`)),
      ),
      and(renewsBy('manual', 'auto'), endsWithin(0, soon), untold('expiry')),
      and(
        renewsBy('manual', 'auto'),
        gt(licenses.graceDays, 0),
        sql`${GRACE_END} <= ${soon}`,
        untold('grace_end'),
      ),
      ...(['month', 'year'] as const).flatMap((cycle) =>
        CHARGE_OFFSETS[cycle].map((days) =>
          and(
            isAuto,
            eq(licenses.cycle, cycle),
            gt(licenses.nextChargeAt, now),
            sql`${licenses.nextChargeAt} <= ${soon + days * DAY_MS}`,
            untold(`charge_${days}`),
          ),
        ),
      ),
      and(
        isNoticed(),
        isLongEnough(NOTICE_DAYS),
        gte(licenses.endsAt, now),
        endsWithin(NOTICE_DAYS, soon),
        untold('notice'),
      ),
    ),
  )
}

function endsWithin(days: number, soon: number): SQL {
  return sql`${licenses.endsAt} <= ${soon + days * DAY_MS}`
}

/** What was bought so late that the occasion was over is no candidate. */
export function isLongEnough(days: number): SQL {
  return sql`(${2 * days} <= CASE ${licenses.cycle} WHEN 'month' THEN 30 WHEN 'year' THEN 365
    ELSE (${licenses.endsAt} - ${licenses.activatedAt}) / ${DAY_MS} END
    AND ${licenses.activatedAt} < ${licenses.endsAt} - ${days * DAY_MS})`
}

export function isNoticed(): SQL | undefined {
  return or(
    renewsBy('canceled', 'pay_per_use'),
    and(
      isNull(licenses.renewalMode),
      eq(licenses.oneTime, true),
      sql`${licenses.consumed} < ${licenses.total}`,
    ),
  )
}

function untold(occasion: Occasion): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM ${reminders} WHERE ${reminders.licenseId} = ${licenses.id}
    AND ${reminders.expiresAt} = ${licenses.endsAt} AND ${reminders.occasion} = ${occasion})`
}
