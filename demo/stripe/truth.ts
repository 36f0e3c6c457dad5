/** What was really paid, for comparing with what others believe (invariant I12). */
import type { PaymentIntent } from './objects.ts'
import type { Store } from './store.ts'

export interface TruePayment {
  /** The session's `client_reference_id`. */
  readonly orderId: string | null
  readonly sessionId: string
  readonly intentId: string
  /** Stripe's integer: its smallest unit, which for ISK and UGX is not ours. */
  readonly amount: number
  /** Lower case, as on Stripe's wire. */
  readonly currency: string
  readonly status: PaymentIntent['status']
}

/** Money that really went back; failed refunds came back and are none. */
export interface TrueRefund {
  readonly orderId: string | null
  readonly refundId: string
  readonly intentId: string
  readonly amount: number
  readonly currency: string
}

export interface Truth {
  /** Every payment ever attempted on a page, oldest first. */
  payments(): readonly TruePayment[]
  /** Every charge of a saved method, oldest first; `sessionId` is the invoice. */
  charges(): readonly TruePayment[]
  /** Oldest first. */
  refunds(): readonly TrueRefund[]
}

export function truthOf(store: Store): Truth {
  const payments = () =>
    [...store.sessions.values()].flatMap(({ id, client_reference_id, payment_intent }) =>
      paymentOf(store, id, client_reference_id, payment_intent),
    )
  const charges = () =>
    [...store.invoices.values()]
      .filter(({ metadata }) => metadata['purpose'] === 'charge')
      .flatMap(({ id, metadata, intent }) =>
        paymentOf(store, id, metadata['order_id'] ?? null, intent),
      )
  return {
    payments,
    charges,
    refunds: () =>
      [...store.refunds.values()]
        .filter(({ status }) => status !== 'failed')
        .map(({ id: refundId, payment_intent: intentId, amount, currency }) => {
          const paid = [...payments(), ...charges()].find((it) => it.intentId === intentId)
          return { orderId: paid?.orderId ?? null, refundId, intentId, amount, currency }
        }),
  }
}

function paymentOf(
  store: Store,
  sessionId: string,
  orderId: string | null,
  intent: string | null,
): TruePayment[] {
  const found = store.intents.get(intent ?? '')
  if (found === undefined) return []
  const { id: intentId, amount, currency, status } = found
  return [{ orderId, sessionId, intentId, amount, currency, status }]
}
