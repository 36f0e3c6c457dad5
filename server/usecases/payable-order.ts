/** What the judgement of a payment has to know of its order. */
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { PayableOrder } from '../domain/payment-judgement.ts'
import type { CheckoutSession } from '../payments/port.ts'

export function payableOrder(
  deps: Deps,
  { order, payments }: OrderRecord,
  session: CheckoutSession | null,
): PayableOrder {
  const settled = payments.filter(({ settledAt }) => settledAt !== null)
  // Also the second of two payments is judged only once.
  const taken = settled.find(({ sessionId }) => sessionId === session?.id) ?? settled[0]
  return {
    id: order.id,
    state: order.state,
    total: order.total,
    currency: order.currency,
    expiresAt: order.expiresAt,
    livemode: deps.payments.livemode,
    latestSessionId: payments.at(-1)?.sessionId ?? null,
    settledSessionId: taken?.sessionId ?? null,
  }
}
