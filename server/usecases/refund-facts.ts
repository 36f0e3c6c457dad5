/** An order as its refunds see it: from our rows to the facts of `domain/refund.ts`. */
import type { AftermathRecord } from '../db/queries/aftermath.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Product } from '../domain/catalogue.ts'
import { planOf, priceOf } from '../domain/plan.ts'
import type { RefundableOrder } from '../domain/refund.ts'

const FULFILLED: readonly string[] = ['fulfilled', 'partially_refunded', 'refunded']

/** @param consumedValues  by line id; what was used up of the licenses that came free with it */
export function refundableOrder(
  { order, priced, lines, refunds, disputes }: OrderRecord,
  consumedValues: ReadonlyMap<string, number> = new Map(),
): RefundableOrder {
  // Exclusive tax is on top of the lines, inclusive tax in them.
  const isTaxOnTop = order.total > order.subtotal
  const isFulfilled = FULFILLED.includes(order.state)
  return {
    total: order.total,
    currency: order.currency,
    lines: lines.map((line) => ({
      id: line.id,
      kind: line.kind,
      quantity: line.quantity,
      gross: line.amount + (isTaxOnTop ? line.tax : 0),
      beginsAt: isFulfilled ? (priced.lines[line.position]?.startsAt ?? null) : null,
      consumedValue: consumedValues.get(line.id) ?? 0,
    })),
    refunds,
    lost: disputes.reduce((sum, { state, amount }) => sum + (state === 'lost' ? amount : 0), 0),
  }
}

/** R9: consumed complimentary units count at their list price. */
export function consumedValues(
  { record, touched }: AftermathRecord,
  product: Product,
): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const { license } of touched) {
    const lineId = license.orderLineId
    const used = license.reserved + license.consumed
    if (license.kind !== 'complimentary' || lineId === null || used === 0) continue
    const plan = planOf(product, license.planId)
    const price = plan && priceOf(plan, record.order.currency, null)
    values.set(lineId, (values.get(lineId) ?? 0) + used * (price?.unit_amount ?? 0))
  }
  return values
}
