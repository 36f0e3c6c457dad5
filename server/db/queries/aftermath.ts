/** An order with the licenses that it touched, for what takes back or withholds what it added. */
import { and, asc, eq, inArray, isNotNull, or } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Id } from '../../domain/ids.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { LedgerRow } from '../../domain/take-back.ts'
import type { Database } from '../open.ts'
import { coverage, customers, licenses, orderLines, orders, payments } from '../schema.ts'
import type { LicenseRow } from './licenses.ts'
import { orderQueries, recordOf } from './orders.ts'
import type { OrderRecord } from './orders.ts'

export interface TouchedLicense {
  readonly license: LicenseRow
  readonly ledger: readonly LedgerRow[]
}

export interface AftermathRecord {
  readonly record: OrderRecord
  /** Each license that has an entry of the order, or was upgraded by it; oldest first. */
  readonly touched: readonly TouchedLicense[]
}

export function aftermathOfOrder(db: Database, id: Id<'ord'>): Promise<AftermathRecord | null> {
  return readWhere(db, eq(orders.id, id))
}

/** The order of that customer, or null: absent and not yours are the same. */
export function aftermathOfTheirs(
  db: Database,
  scope: CustomerScope,
  id: Id<'ord'>,
): Promise<AftermathRecord | null> {
  const { productId, subject } = scope
  return readWhere(
    db,
    and(eq(orders.id, id), eq(customers.productId, productId), eq(customers.subject, subject)),
  )
}

/** The order that this payment paid, as far as we know. */
export function aftermathOfIntent(db: Database, intentId: string): Promise<AftermathRecord | null> {
  const paid = db.orm
    .select({ id: payments.orderId })
    .from(payments)
    .where(eq(payments.intentId, intentId))
  return readWhere(db, inArray(orders.id, paid))
}

/** One round trip. */
async function readWhere(
  db: Database,
  condition: SQL | undefined,
): Promise<AftermathRecord | null> {
  const { orm } = db
  const touchedIds = orm
    .select({ id: coverage.licenseId })
    .from(coverage)
    .innerJoin(orderLines, eq(orderLines.id, coverage.orderLineId))
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(condition)
  // An upgrade changes the plan, and adds nothing to the ledger.
  const upgradedIds = orm
    .select({ id: orderLines.licenseId })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(and(condition, isNotNull(orderLines.upgradeFrom)))
  const [found, lines, attempts, issued, back, objections, rows, entries] = await orm.batch([
    ...orderQueries(db, condition),
    orm
      .select()
      .from(licenses)
      .where(or(inArray(licenses.id, touchedIds), inArray(licenses.id, upgradedIds)))
      .orderBy(asc(licenses.id)),
    orm
      .select()
      .from(coverage)
      .where(or(inArray(coverage.licenseId, touchedIds), inArray(coverage.licenseId, upgradedIds)))
      .orderBy(asc(coverage.sequence)),
  ])
  const record = recordOf(found, lines, attempts, issued, back, objections)
  if (record === null) return null
  return {
    record,
    touched: rows.map((license) => ({
      license,
      ledger: entries.filter(({ licenseId }) => licenseId === license.id),
    })),
  }
}
