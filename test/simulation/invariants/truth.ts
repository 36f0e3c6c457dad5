/** What was really paid, whatever anybody believes; money in our minor units. */
import type { SimulatedStripe } from '../world/stripe.ts'

export interface TruePayment {
  readonly orderId: string | null
  readonly sessionId: string
  readonly amount: number
  /** Capitals, as in our tables. */
  readonly currency: string
  /** When the money was there, epoch milliseconds; null while it is not. */
  readonly paidAt: number | null
  readonly isUnderWay: boolean
}

/** Every payment that was ever handed in, oldest first. */
export function truth({ store }: SimulatedStripe): readonly TruePayment[] {
  return [...store.sessions.values()].flatMap((session) => {
    const intent = store.intents.get(session.payment_intent ?? '')
    if (intent === undefined) return []
    const charge = store.charges.get(intent.latest_charge ?? '')
    const transaction = store.transactions.get(charge?.balance_transaction ?? '')
    const isPaid = intent.status === 'succeeded'
    const isCard = charge?.payment_method_details.type === 'card'
    const seconds = isCard ? charge?.created : transaction?.created
    return {
      orderId: session.client_reference_id,
      sessionId: session.id,
      amount: intent.amount,
      currency: intent.currency.toUpperCase(),
      paidAt: isPaid && seconds !== undefined ? seconds * 1000 : null,
      isUnderWay: intent.status === 'processing',
    }
  })
}
