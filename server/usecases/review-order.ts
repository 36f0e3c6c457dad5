/**
 * An operator's word on money that a person had to look at (S62, late success): release it, and the
 * licenses start now (R7), or cancel the order, and the money has to go back.
 */
import { and, eq, isNull } from 'drizzle-orm'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision, Query } from '../db/commit.ts'
import { readOrderForSettlement } from '../db/queries/orders.ts'
import type { OrderRecord, PaymentRow, SettlementRecord } from '../db/queries/orders.ts'
import { operatorTasks, promoUses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Id } from '../domain/ids.ts'
import { transition } from '../domain/order.ts'
import { Refused } from '../domain/refusals.ts'
import { fulfilOrder } from './fulfil-order.ts'
import { releaseLicenses } from './held-licenses.ts'
import { orderChange } from './order-change.ts'

export interface Review {
  readonly decision: 'release' | 'cancel'
  /** `operator:…`. */
  readonly actor: string
  readonly reason: string
}

/**
 * @throws Refused `order.not_found`, `order.not_in_review`, `order.not_paid` (nothing to release:
 *   the provider was asked), `payment.unavailable`
 */
export function reviewOrder(deps: Deps, orderId: Id<'ord'>, review: Review): Promise<OrderRecord> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<OrderRecord>> => {
    const record = await readOrderForSettlement(deps.db, orderId)
    if (record === null) throw new Refused('order.not_found')
    if (record.order.state !== 'review') {
      throw new Refused('order.not_in_review', { detail: `The order is ${record.order.state}.` })
    }
    return review.decision === 'release'
      ? release(deps, record, review)
      : cancel(deps, record, review)
  })
}

async function release(
  deps: Deps,
  record: SettlementRecord,
  { actor, reason }: Review,
): Promise<Decision<OrderRecord>> {
  const sessionId = settledPayment(record)?.sessionId
  const session = sessionId === undefined ? null : await deps.payments.readCheckout(sessionId)
  if (session?.payment !== 'paid') throw new Refused('order.not_paid')
  return fulfilOrder(deps, record, {
    session,
    startsAt: deps.now(),
    actor,
    data: { reason, review: 'release' },
    statements: [closeTasks(deps, record)],
  })
}

function cancel(deps: Deps, record: OrderRecord, { actor, reason }: Review): Decision<OrderRecord> {
  const { order } = record
  const payment = settledPayment(record)
  const next = orderChange(deps, record, {
    type: 'order.canceled',
    actor,
    set: {
      state: transition(order.state, 'cancel'),
      canceledAt: wholeSecond(deps.now()),
      sweepAt: null,
    },
    data: { reason, review: 'cancel' },
    statements: [
      closeTasks(deps, record),
      releaseLicenses(deps, order),
      deps.db.orm
        .update(promoUses)
        .set({ state: 'released' })
        .where(eq(promoUses.orderId, order.id)),
      ...(payment === undefined ? [] : [refundTask(deps, record, payment)]),
    ],
  })
  return { change: next.change, result: { ...record, order: next.order } }
}

/** The page whose money was put to review. */
function settledPayment({ payments }: OrderRecord): PaymentRow | undefined {
  return payments.find(({ settledAt }) => settledAt !== null)
}

function closeTasks(deps: Deps, { order }: OrderRecord): Query {
  return deps.db.orm
    .update(operatorTasks)
    .set({ closedAt: deps.now() })
    .where(and(eq(operatorTasks.reference, order.id), isNull(operatorTasks.closedAt)))
}

/** A canceled order keeps nobody's money: until it is back, somebody has to see to it. */
function refundTask(deps: Deps, { order }: OrderRecord, payment: PaymentRow): Query {
  const { intentId, amount, currency } = payment
  return deps.db.orm
    .insert(operatorTasks)
    .values({
      id: deps.newId('task'),
      productId: order.productId,
      kind: 'order.refund_due',
      reference: order.id,
      data: { intent: intentId, amount, currency },
      createdAt: deps.now(),
      closedAt: null,
    })
    .onConflictDoNothing()
}
