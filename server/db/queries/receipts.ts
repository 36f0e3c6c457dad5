/** An order by its private link, with the time that its lines really bought. */
import { eq } from 'drizzle-orm'
import type { CoverageEntry } from '../../domain/coverage.ts'
import type { Id } from '../../domain/ids.ts'
import type { Database } from '../open.ts'
import { coverage, licenses, orderLines, orders } from '../schema.ts'
import { orderQueries, recordOf } from './orders.ts'
import type { OrderRecord } from './orders.ts'

export interface ReceiptRecord {
  readonly record: OrderRecord
  /** Of all lines, in the order of each ledger. */
  readonly entries: readonly { readonly lineId: Id<'oln'> | null; readonly entry: CoverageEntry }[]
  /** Those that the lines made or extended, complimentary ones with the line that brought them. */
  readonly licenses: readonly ReceiptLicense[]
}

export interface ReceiptLicense {
  readonly id: Id<'lic'>
  readonly lineId: Id<'oln'> | null
  readonly kind: (typeof licenses.$inferSelect)['kind']
  readonly planName: string
  readonly keyLast4: string
}

/** One round trip. @returns null for a token that opens nothing */
export async function readReceipt(db: Database, tokenHash: string): Promise<ReceiptRecord | null> {
  const { orm } = db
  const theirs = eq(orders.tokenHash, tokenHash)
  const license = {
    id: licenses.id,
    kind: licenses.kind,
    planName: licenses.planName,
    keyLast4: licenses.keyLast4,
  }
  const [entries, issued, extended, ...parts] = await orm.batch([
    orm
      .select({ lineId: coverage.orderLineId, entry: coverage.entry })
      .from(coverage)
      .innerJoin(orderLines, eq(orderLines.id, coverage.orderLineId))
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .where(theirs)
      .orderBy(coverage.licenseId, coverage.sequence),
    orm
      .select({ ...license, lineId: licenses.orderLineId })
      .from(licenses)
      .innerJoin(orders, eq(orders.id, licenses.orderId))
      .where(theirs),
    orm
      .select({ ...license, lineId: orderLines.id })
      .from(orderLines)
      .innerJoin(licenses, eq(licenses.id, orderLines.licenseId))
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .where(theirs),
    ...orderQueries(db, theirs),
  ])
  const record = recordOf(...parts)
  return record && { record, entries, licenses: [...issued, ...extended] }
}
