/** What was really paid, whatever anybody believes; money in our minor units. */
import { truthOf } from '../../../demo/stripe/truth.ts'
import type { SimulatedStripe } from '../world/stripe.ts'

export interface TruePayment {
  readonly orderId: string | null
  /** The page, or the invoice of a saved method. */
  readonly sessionId: string
  readonly amount: number
  /** Capitals, as in our tables. */
  readonly currency: string
  /** When the money was there, epoch milliseconds; null while it is not. */
  readonly paidAt: number | null
  readonly isUnderWay: boolean
  /** Handed in by nobody: a job charged what was saved. */
  readonly isCharge: boolean
}

/** Every payment that was ever handed in, on pages and then of saved methods, each oldest first. */
export function truth({ store }: SimulatedStripe): readonly TruePayment[] {
  const { payments, charges } = truthOf(store)
  const told = [
    ...payments().map((payment) => ({ ...payment, isCharge: false })),
    ...charges().map((payment) => ({ ...payment, isCharge: true })),
  ]
  return told.map(({ orderId, sessionId, intentId, amount, currency, status, isCharge }) => {
    const charge = store.charges.get(store.intents.get(intentId)?.latest_charge ?? '')
    const transaction = store.transactions.get(charge?.balance_transaction ?? '')
    const isCard = charge?.payment_method_details.type === 'card'
    const seconds = isCard ? charge?.created : transaction?.created
    return {
      orderId,
      sessionId,
      amount,
      currency: currency.toUpperCase(),
      paidAt: status === 'succeeded' && seconds !== undefined ? seconds * 1000 : null,
      isUnderWay: status === 'processing',
      isCharge,
    }
  })
}

/** What really went back of each order. */
export function moneyBack({ store }: SimulatedStripe): ReadonlyMap<string, number> {
  const back = new Map<string, number>()
  for (const { orderId, amount } of truthOf(store).refunds()) {
    if (orderId !== null) back.set(orderId, (back.get(orderId) ?? 0) + amount)
  }
  return back
}
