/** Customers who buy one thing after the other, and repeat whatever got no answer. */
import type { Order } from '../../server/contract/orders.ts'
import { DR_AUTO, DR_MONTHLY, RefusedAnswer, type Buyer } from '../support/buyer.ts'
import { CARDS, pay } from '../support/payment-page.ts'

/** What the server said was so: it must still be so after every crash. */
export interface Acknowledged {
  readonly quotes: Set<string>
  /** The last state that was answered for each order, with its licenses. */
  readonly orders: Map<string, Pick<Order, 'state' | 'licenses' | 'total'>>
  /** Requests that were answered. */
  replies: number
  /** Requests that got no answer, because the process died under them. */
  lost: number
}

export interface Shopping {
  readonly buyer: Buyer
  readonly acknowledged: Acknowledged
  /** In [0, 1). */
  readonly random: () => number
  readonly isOver: () => boolean
}

const PATIENCE_MS = 200

export async function shop({ buyer, acknowledged, random, isOver }: Shopping): Promise<void> {
  const note = (order: Order) => {
    const { state, licenses, total } = order
    acknowledged.orders.set(order.id, { state, licenses, total })
    return order
  }
  while (!isOver()) {
    const item = random() < 0.5 ? DR_AUTO : DR_MONTHLY
    const quote = await insist(() =>
      buyer.quote({ ...item, quantity: 1 + Math.floor(random() * 9) }),
    )
    if (quote === null) return
    acknowledged.quotes.add(quote.id)
    const placed = await insist(() => buyer.order(quote, {}, { 'Idempotency-Key': quote.id }))
    if (placed === null) return
    note(placed)
    const choice = random()
    if (choice < 0.15) {
      const canceled = await insist(() => buyer.cancel(placed.id))
      if (canceled !== null) note(canceled)
    } else if (choice < 0.9) {
      await pay(placed, choice < 0.25 ? CARDS.declined : CARDS.good)
      const followed = await insist(() => buyer.follow(placed.id, 1))
      if (followed !== null) note(followed)
    }
  }

  /** Null when it is over before there was an answer. */
  async function insist<T>(request: () => Promise<T>): Promise<T | null> {
    while (!isOver()) {
      try {
        const reply = await request()
        acknowledged.replies += 1
        return reply
      } catch (error) {
        if (!isLost(error)) throw error
        acknowledged.lost += 1
        await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
      }
    }
    return null
  }
}

/** No answer, half an answer, or one that asks to try again. */
function isLost(error: unknown): boolean {
  if (error instanceof RefusedAnswer) return error.problem.status === 503
  return error instanceof TypeError || (error instanceof Error && 'code' in error)
}
