/** The provider's payment page as our row: its id, status, amount, currency and result (S61). */
import type { PaymentRow } from '../db/queries/orders.ts'
import type { Id } from '../domain/ids.ts'
import type { CheckoutSession } from '../payments/port.ts'

export function paymentRow(
  id: Id<'pay'>,
  orderId: Id<'ord'>,
  session: CheckoutSession,
): PaymentRow {
  return {
    id,
    orderId,
    attempt: session.attempt ?? 1,
    sessionId: session.id,
    intentId: session.intentId,
    state: stateOf(session),
    url: session.url,
    amount: session.amountTotal,
    currency: session.currency,
    method: session.method,
    failure: session.failure,
    createdAt: session.createdAt,
    expiresAt: session.expiresAt,
    settledAt: session.paidAt,
  }
}

function stateOf({ state, payment }: CheckoutSession): PaymentRow['state'] {
  if (state === 'open') return 'open'
  if (state === 'expired') return 'expired'
  return payment === 'unpaid' ? 'processing' : payment
}
