/** A priced line of a quote as the row of its order. */
import type { OrderLineRow } from '../db/queries/orders.ts'
import type { Id } from '../domain/ids.ts'
import { paidUnits } from '../domain/quote.ts'
import type { PricedLine } from '../domain/quote.ts'

export function orderLineRow(
  id: Id<'oln'>,
  orderId: Id<'ord'>,
  line: PricedLine,
  position: number,
): OrderLineRow {
  return {
    id,
    orderId,
    position,
    // The CHECK of the table knows no upgrade; `upgrade_from` tells it from added units.
    kind: line.kind === 'upgrade' ? 'add_units' : line.kind,
    upgradeFrom: line.kind === 'upgrade' ? line.planBefore : null,
    planId: line.plan,
    licenseId: line.licenseId,
    quantity: paidUnits(line),
    cycle: line.cycle,
    months: line.months,
    autoRenew: line.autoRenew,
    unitAmount: line.unitAmount,
    amount: line.amount,
    discount: line.discount,
    tax: line.tax,
    explanation: line.explanation,
    failure: null,
  }
}
