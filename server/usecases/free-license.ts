/**
 * Makes way for a charge: an order that its customer left open on a payment page is closed at the
 * provider first. One that is being paid is not, and the charge waits (section 5).
 */
import { readOrderForSettlement } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { Id } from '../domain/ids.ts'
import { settleOrder } from './settle-order.ts'

/** @returns true when nothing is open on the license any more */
export async function closeOpenOrder(
  deps: Deps,
  orderId: Id<'ord'>,
  actor: string,
): Promise<boolean> {
  const record = await readOrderForSettlement(deps.db, orderId)
  if (record === null || record.order.state !== 'pending') return false
  for (const { state, sessionId } of record.payments) {
    if (state === 'open') await deps.payments.expireCheckout(sessionId)
  }
  const { record: closed } = await settleOrder(deps, orderId, { actor })
  return closed?.order.state === 'expired'
}
