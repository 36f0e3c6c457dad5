/** Licenses whose automatic renewal is due, with everything that decides about it, in one round trip. */
import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Placeholder, SQL } from 'drizzle-orm'
import type { BatchResponse } from 'drizzle-orm/batch'
import { Temporal } from 'temporal-polyfill'
import type { AnnouncedPrice } from '../../domain/announced-price.ts'
import type { Id } from '../../domain/ids.ts'
import { builtOnce } from '../built-once.ts'
import type { Database } from '../open.ts'
import {
  announcedCharges,
  autoCharges,
  customers,
  licenses,
  openRenewals,
  orderLines,
  orders,
} from '../schema.ts'
import type { CustomerRow } from './customers.ts'
import { GRACE_END } from './license-status.ts'
import type { LicenseRow } from './licenses.ts'
import { plainDate } from './plain-date.ts'
import { renewsBy } from './renewal-mode.ts'

export type AutoChargeRow = typeof autoCharges.$inferSelect

/** The last period that was paid for. */
export interface PaidPeriod {
  readonly unitAmount: number
  readonly currency: string
  readonly cycle: LicenseRow['cycle']
}

export interface DueLicense {
  readonly license: LicenseRow
  readonly customer: CustomerRow
  /** Null before the first try for this expiry. */
  readonly charge: AutoChargeRow | null
  readonly openOrderId: Id<'ord'> | null
  /** Null for a license that was granted. */
  readonly paid: PaidPeriod | null
  /** What its customer was told, for this charge and earlier ones. */
  readonly announced: readonly AnnouncedPrice[]
}

/**
 * By customer, so that what is charged together is found together; of a customer whose licenses did
 * not all fit, none is answered unless there is nothing else.
 */
export async function readDueLicenses(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly DueLicense[]> {
  const found = dueLicenses(await dueOnes(db, { now: now.epochMilliseconds, limit }))
  const last = found.at(-1)?.customer.id
  const whole = found.length < limit ? found : found.filter(({ customer }) => customer.id !== last)
  return whole.length > 0 ? whole : found
}

const dueOnes = builtOnce(['now', 'limit'], (db, { now, limit }) => {
  const isDue = and(isNotNull(licenses.nextChargeAt), lte(licenses.nextChargeAt, now))
  return dueQueries(db, isDue, limit)
})

/** Failed with a method that its customer has replaced since: tried at once with the new one. */
export async function readWithNewMethod(
  db: Database,
  limit: number,
): Promise<readonly DueLicense[]> {
  return dueLicenses(await withNewMethod(db, { limit }))
}

const withNewMethod = builtOnce(['limit'], (db, { limit }) => {
  const method = sql`(SELECT json_extract(saved_method, '$.id') FROM customers WHERE customers.id = ${licenses.customerId})`
  const replaced = sql`EXISTS (SELECT 1 FROM auto_charges WHERE auto_charges.license_id = ${licenses.id}
    AND auto_charges.ends_at = ${licenses.endsAt} AND auto_charges.state = 'past_due'
    AND ${method} IS NOT NULL AND ${method} IS NOT auto_charges.method_id)`
  return dueQueries(db, replaced, limit)
})

function dueQueries({ orm }: Database, condition: SQL | undefined, limit: Placeholder) {
  const due = orm
    .select({ id: licenses.id, lineId: licenses.orderLineId })
    .from(licenses)
    .where(and(renewsBy('auto'), isFree(), condition))
    .orderBy(asc(licenses.customerId), asc(licenses.id))
    .limit(limit)
    .as('due')
  return [
    orm
      .select({
        license: licenses,
        customer: customers,
        charge: autoCharges,
        openOrderId: openRenewals.orderId,
      })
      .from(due)
      .innerJoin(licenses, eq(licenses.id, due.id))
      .innerJoin(customers, eq(customers.id, licenses.customerId))
      .leftJoin(
        autoCharges,
        and(eq(autoCharges.licenseId, licenses.id), eq(autoCharges.endsAt, licenses.endsAt)),
      )
      .leftJoin(openRenewals, eq(openRenewals.licenseId, licenses.id))
      .orderBy(asc(licenses.customerId), asc(licenses.id)),
    orm
      .select({ licenseId: due.id, line: orderLines, currency: orders.currency })
      .from(due)
      .innerJoin(orderLines, or(eq(orderLines.licenseId, due.id), eq(orderLines.id, due.lineId)))
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .where(and(isNotNull(orders.fulfilledAt), inArray(orderLines.kind, ['purchase', 'renewal'])))
      .orderBy(desc(orders.fulfilledAt)),
    orm
      .select({
        licenseId: announcedCharges.licenseId,
        on: announcedCharges.announcedOn,
        price: announcedCharges.price,
      })
      .from(announcedCharges)
      .where(inArray(announcedCharges.licenseId, sql`(SELECT id FROM ${due})`)),
  ] as const
}

/** While a license is held its clock stands still: it is charged, or given up, once it no longer is. */
function isFree() {
  return and(isNull(licenses.suspendedAt), isNull(licenses.underReviewAt))
}

type DueFacts = BatchResponse<ReturnType<typeof dueQueries>>

function dueLicenses([rows, paid, told]: DueFacts): readonly DueLicense[] {
  return rows.map((row) => {
    const period = paid.find(({ licenseId }) => licenseId === row.license.id)
    return {
      ...row,
      paid: period ? { ...period.line, currency: period.currency } : null,
      announced: told
        .filter(({ licenseId }) => licenseId === row.license.id)
        .map(({ on, price }) => ({ price, on: plainDate(on) })),
    }
  })
}

/** Licenses whose grace is over without a charge: from here on they are renewed by hand. */
export function readUncharged(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<{ license: LicenseRow; charge: AutoChargeRow | null }[]> {
  return db.orm
    .select({ license: licenses, charge: autoCharges })
    .from(licenses)
    .leftJoin(
      autoCharges,
      and(eq(autoCharges.licenseId, licenses.id), eq(autoCharges.endsAt, licenses.endsAt)),
    )
    .leftJoin(openRenewals, eq(openRenewals.licenseId, licenses.id))
    .where(
      and(
        renewsBy('auto'),
        lte(licenses.endsAt, now),
        isFree(),
        sql`${GRACE_END} <= ${now.epochMilliseconds}`,
        // A license cannot stop being renewed while somebody is paying for it (R3).
        sql`${openRenewals.orderId} IS NULL`,
      ),
    )
    .orderBy(asc(licenses.endsAt))
    .limit(limit)
}

/** Orders of our jobs that were placed, and whose charge nobody knows of: a crash came in between. */
export async function readUnchargedOrders(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly Id<'ord'>[]> {
  const rows = await db.orm
    .select({ id: orders.id })
    .from(orders)
    .where(
      and(
        isNotNull(orders.sweepAt),
        inArray(orders.origin, ['auto_renewal', 'meter']),
        eq(orders.state, 'pending'),
        lte(orders.createdAt, now.subtract({ seconds: 60 })),
        sql`NOT EXISTS (SELECT 1 FROM payments WHERE payments.order_id = ${orders.id})`,
      ),
    )
    .orderBy(asc(orders.createdAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export interface ChargedLicense {
  readonly license: LicenseRow
  readonly charge: AutoChargeRow
}

/** The charges that are under way by this order. */
export function readChargesOfOrder(
  db: Database,
  orderId: Id<'ord'>,
): Promise<readonly ChargedLicense[]> {
  return db.orm
    .select({ license: licenses, charge: autoCharges })
    .from(autoCharges)
    .innerJoin(licenses, eq(licenses.id, autoCharges.licenseId))
    .where(and(eq(autoCharges.orderId, orderId), eq(autoCharges.state, 'processing')))
    .orderBy(asc(licenses.endsAt), asc(licenses.id))
}

/** When the next charge, or the end of the grace of one that failed, falls after `now`. */
export async function nextDueChargeAt(
  db: Database,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const isAuto = renewsBy('auto')
  const [charges, ends] = await db.orm.batch([
    db.orm
      .select({ at: sql<number | null>`min(${licenses.nextChargeAt})` })
      .from(licenses)
      .where(and(isAuto, gt(licenses.nextChargeAt, now))),
    db.orm
      .select({ at: sql<number | null>`min(${GRACE_END})` })
      .from(licenses)
      .where(and(isAuto, sql`${GRACE_END} > ${now.epochMilliseconds}`)),
  ])
  const due = [charges[0]?.at ?? Infinity, ends[0]?.at ?? Infinity]
  const first = Math.min(...due)
  return Number.isFinite(first) ? Temporal.Instant.fromEpochMilliseconds(first) : null
}
