/** Cancel: no charge, no license, the payment page is closed (S15). A payment that was faster wins. */
import { eq } from 'drizzle-orm'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import { readOrder } from '../db/queries/orders.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import { promoUses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import { transition } from '../domain/order.ts'
import { Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { releaseLicenses } from './held-licenses.ts'
import { orderChange } from './order-change.ts'
import { paymentStatements } from './payment-statements.ts'
import { settleOrder } from './settle-order.ts'

/**
 * Safe to repeat: a canceled order answers as it is.
 *
 * @throws Refused `order.not_found`; `order.completing` when a payment came first, which is settled
 *   before this answers; `order.not_cancelable`; `payment.unavailable`
 */
export function cancelOrder(
  deps: Deps,
  scope: CustomerScope,
  orderId: string,
): Promise<OrderRecord> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<OrderRecord>> => {
    const record = await readOrder(deps.db, scope, orderId)
    if (record === null) throw new Refused('order.not_found')
    const { order } = record
    if (order.state === 'canceled' || order.state === 'expired') {
      return { change: null, result: record }
    }
    if (order.state !== 'pending') throw new Refused('order.not_cancelable')
    return close(deps, record)
  })
}

async function close(deps: Deps, record: OrderRecord): Promise<Decision<OrderRecord>> {
  const { order, customer, payments } = record
  const sessionId = payments.at(-1)?.sessionId
  const session = sessionId === undefined ? null : await deps.payments.expireCheckout(sessionId)
  const actor = `customer:${customer.id}`
  if (session?.state === 'complete') {
    await settleOrder(deps, order.id, { actor, sessionId: session.id })
    throw new Refused('order.completing')
  }
  const next = orderChange(deps, record, {
    type: 'order.canceled',
    actor,
    set: {
      state: transition(order.state, 'cancel'),
      canceledAt: wholeSecond(deps.now()),
      sweepAt: null,
    },
    statements: [
      ...paymentStatements(deps, record, session === null ? [] : [session]),
      releaseLicenses(deps, order),
      ...(order.promoCode === null
        ? []
        : [
            deps.db.orm
              .update(promoUses)
              .set({ state: 'released' })
              .where(eq(promoUses.orderId, order.id)),
          ]),
    ],
  })
  return { change: next.change, result: { ...record, order: next.order } }
}
