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

export interface Truth {
  /** Every payment ever attempted, oldest first. */
  payments(): readonly TruePayment[]
}

export function truthOf(store: Store): Truth {
  return {
    payments: () =>
      [...store.sessions.values()].flatMap((session) => {
        const intent = store.intents.get(session.payment_intent ?? '')
        if (intent === undefined) return []
        const { id: intentId, amount, currency, status } = intent
        const orderId = session.client_reference_id
        return [{ orderId, sessionId: session.id, intentId, amount, currency, status }]
      }),
  }
}
