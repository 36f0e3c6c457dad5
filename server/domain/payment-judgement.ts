/**
 * What a payment page means for its order. Fulfilment's callers (webhook, return page, sweep) all
 * re-read the page from the provider and ask here, so the same facts always lead to the same end.
 */
import { Temporal } from 'temporal-polyfill'
import { canMove, type OrderEvent, type OrderState, type PaymentFailure } from './order.ts'

/** The facts of an order that the decision depends on. */
export interface PayableOrder {
  readonly id: string
  readonly state: OrderState
  /** Minor units. */
  readonly total: number
  readonly currency: string
  /** The mode this center runs in. */
  readonly livemode: boolean
  readonly expiresAt: Temporal.Instant
  /** The page whose money this order took, or that it was put to review for; null before. */
  readonly settledSessionId: string | null
  /** The latest page opened for the order; null while we do not know one yet (P05). */
  readonly latestSessionId: string | null
  /** A license that it extends was renewed by another order, or is about to be. */
  readonly wasRenewedMeanwhile: boolean
  /** False when none of the licenses that it extends can be extended any more. */
  readonly isDeliverable: boolean
}

/** The facts of a payment page, freshly read from the provider. */
export interface PaymentSession {
  readonly id: string
  readonly orderId: string | null
  readonly state: 'open' | 'complete' | 'expired'
  readonly payment: 'unpaid' | 'processing' | 'paid' | 'failed'
  /** Minor units. */
  readonly amountTotal: number
  readonly currency: string
  readonly livemode: boolean
  readonly expiresAt: Temporal.Instant
  readonly submittedAt: Temporal.Instant | null
  readonly paidAt: Temporal.Instant | null
  readonly failure: PaymentFailure | null
}

export type ReviewReason =
  | 'amount_mismatch'
  | 'currency_mismatch'
  | 'late_after_cancel'
  | 'late_after_expiry'
  | 'late_after_failure'
  | 'second_payment'
  /** It had let its licenses go, and another order has renewed one. */
  | 'renewed_meanwhile'
  /** None of its licenses can be extended any more. */
  | 'not_deliverable'

export type Judgement =
  /** Nothing changes; an alert is for the log and the operator, never for the buyer. */
  | { readonly kind: 'nothing'; readonly alert?: 'mode_mismatch' | 'foreign_session' }
  | { readonly kind: 'processing' }
  /** Fulfil; coverage starts at `paidAt` (R7). */
  | { readonly kind: 'settle'; readonly paidAt: Temporal.Instant }
  /** Money is there that a person has to look at. */
  | { readonly kind: 'review'; readonly reason: ReviewReason }
  /** One try was declined on a page that is still open: show why, the buyer may try again. */
  | { readonly kind: 'declined'; readonly failure: PaymentFailure }
  /** The asynchronous method failed for good. */
  | { readonly kind: 'fail'; readonly failure: PaymentFailure }
  | { readonly kind: 'expire' }

const NOTHING: Judgement = { kind: 'nothing' }
const UNEXPLAINED: PaymentFailure = { code: 'payment_failed', message: 'The payment failed.' }

/**
 * Decides what a payment page means for its order (P08, P09, P14, P17, P22, late success).
 *
 * @param session  null when the provider has no page for the order: nothing was ever opened
 * @param now      ends an order without a page; never the start of coverage (R7)
 */
export function judgePayment(
  order: PayableOrder,
  session: PaymentSession | null,
  now: Temporal.Instant,
): Judgement {
  if (session === null) return judgeWithoutPage(order, now)
  if (session.livemode !== order.livemode) return { kind: 'nothing', alert: 'mode_mismatch' }
  if (session.orderId !== order.id) return { kind: 'nothing', alert: 'foreign_session' }
  if (session.payment === 'paid') return judgeMoney(order, session)
  if (session.state === 'complete' && session.payment !== 'failed') return judgeUnderWay(order)
  return isReplaced(order, session) ? NOTHING : judgeUnpaid(order, session)
}

/**
 * The moves of the order that a judgement asks for, in turn. None where the table has no such move:
 * a second payment of a fulfilled order is an operator's task, while the order stays as it is.
 */
export function eventsOf(state: OrderState, judgement: Judgement): readonly OrderEvent[] {
  switch (judgement.kind) {
    case 'nothing':
    case 'declined':
      return []
    case 'processing':
      return ['process']
    case 'settle':
      return ['pay']
    case 'review':
      return canMove(state, 'question') ? ['question'] : []
    case 'fail':
      return state === 'pending' ? ['process', 'fail'] : ['fail']
    case 'expire':
      return ['expire']
  }
}

function judgeWithoutPage(order: PayableOrder, now: Temporal.Instant): Judgement {
  const isOver = Temporal.Instant.compare(now, order.expiresAt) >= 0
  return order.state === 'pending' && isOver ? { kind: 'expire' } : NOTHING
}

function judgeMoney(order: PayableOrder, session: PaymentSession): Judgement {
  if (order.settledSessionId === session.id) return NOTHING
  if (order.settledSessionId !== null) return review('second_payment')
  switch (order.state) {
    case 'pending':
    case 'processing':
      return compareMoney(order, session)
    case 'expired':
      if (!isInTime(session)) return review('late_after_expiry')
      return order.wasRenewedMeanwhile ? review('renewed_meanwhile') : compareMoney(order, session)
    case 'canceled':
      return review('late_after_cancel')
    case 'failed':
      return review('late_after_failure')
    case 'payable':
    case 'paid':
    case 'fulfilled':
    case 'review':
    case 'partially_refunded':
    case 'refunded':
      return NOTHING
  }
}

function compareMoney(order: PayableOrder, session: PaymentSession): Judgement {
  if (session.currency !== order.currency) return review('currency_mismatch')
  if (session.amountTotal !== order.total) return review('amount_mismatch')
  if (!order.isDeliverable) return review('not_deliverable')
  if (session.paidAt === null) throw new Error(`paid without a time: ${session.id}`)
  return { kind: 'settle', paidAt: session.paidAt }
}

/** Also of a page that was replaced: its money may still arrive. */
function judgeUnderWay(order: PayableOrder): Judgement {
  return order.state === 'pending' ? { kind: 'processing' } : NOTHING
}

/** A page that we closed to open a newer one says nothing about the order any more (P09). */
function isReplaced(order: PayableOrder, session: PaymentSession): boolean {
  return order.latestSessionId !== null && order.latestSessionId !== session.id
}

function judgeUnpaid(order: PayableOrder, session: PaymentSession): Judgement {
  if (session.payment === 'failed') {
    const isWaiting = order.state === 'pending' || order.state === 'processing'
    return isWaiting ? { kind: 'fail', failure: session.failure ?? UNEXPLAINED } : NOTHING
  }
  if (order.state !== 'pending') return NOTHING
  if (session.state === 'expired') return { kind: 'expire' }
  return session.failure === null ? NOTHING : { kind: 'declined', failure: session.failure }
}

/** A bank debit settles days later; what counts is when the buyer handed it in. */
function isInTime(session: PaymentSession): boolean {
  const handedInAt = session.submittedAt ?? session.paidAt
  return handedInAt !== null && Temporal.Instant.compare(handedInAt, session.expiresAt) <= 0
}

function review(reason: ReviewReason): Judgement {
  return { kind: 'review', reason }
}
