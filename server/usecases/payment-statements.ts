/** Keeps our row of a payment page equal to the page. */
import { payments } from '../db/schema.ts'
import type { Query } from '../db/commit.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { paymentRow } from './payment-row.ts'

/** One upsert: the page may be news to us when its webhook was faster than our own row (P05). */
export function paymentStatements(
  deps: Deps,
  { order }: OrderRecord,
  session: CheckoutSession | null,
): Query[] {
  if (session === null) return []
  const { id, ...facts } = paymentRow(deps.newId('pay'), order.id, session)
  return [
    deps.db.orm
      .insert(payments)
      .values({ id, ...facts })
      .onConflictDoUpdate({ target: payments.sessionId, set: facts }),
  ]
}
