/**
 * A paid line that could not be carried out (section 5): its money goes back by itself. The refund is
 * stored with the fulfilment; the sweep has it made, once, and tells the customer.
 */
import { eq } from 'drizzle-orm'
import type { Query } from '../db/commit.ts'
import type { OrderLineRow, RefundRow, SettlementRecord } from '../db/queries/orders.ts'
import { orderLines, refunds } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { worthOf } from '../domain/refund.ts'
import { refundableOrder } from './refund-facts.ts'

export interface GivenBack {
  /** Null where the line was free. */
  readonly refund: RefundRow | null
  readonly statements: readonly Query[]
}

/** @param intentId  of the payment that the money is in; null when nothing was paid */
export function giveBackLine(
  deps: Deps,
  record: SettlementRecord,
  line: OrderLineRow,
  intentId: string | null,
): GivenBack {
  const refund = intentId === null ? null : refundOf(deps, record, line, intentId)
  const failed = deps.db.orm
    .update(orderLines)
    .set({ failure: 'license_gone' })
    .where(eq(orderLines.id, line.id))
  return {
    refund,
    statements: refund === null ? [failed] : [failed, deps.db.orm.insert(refunds).values(refund)],
  }
}

function refundOf(
  deps: Deps,
  record: SettlementRecord,
  { id, quantity }: OrderLineRow,
  intentId: string,
): RefundRow | null {
  const lines = [{ lineId: id, quantity }]
  const amount = worthOf(refundableOrder(record), lines)
  if (amount === 0) return null
  return {
    id: deps.newId('ref'),
    orderId: record.order.id,
    key: `undelivered ${id}`,
    intentId,
    providerRefund: null,
    kind: 'period',
    lines,
    amount,
    currency: record.order.currency,
    state: 'pending',
    reason: 'The license could not be extended any more.',
    actor: 'fulfilment',
    createdAt: deps.now(),
    appliedAt: null,
  }
}
