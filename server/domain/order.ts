/** The order: its states as a table (section 5), and what was agreed to when it was placed. */
import { Refused } from './refusals.ts'

export const ORDER_STATES = [
  'pending',
  'processing',
  'paid',
  'fulfilled',
  'payable',
  'expired',
  'canceled',
  'failed',
  'review',
  'partially_refunded',
  'refunded',
] as const
export type OrderState = (typeof ORDER_STATES)[number]

export const ORDER_EVENTS = [
  /** The buyer handed in an asynchronous method; the money is under way. */
  'process',
  /** The right amount arrived, or an operator accepted what arrived. */
  'pay',
  'fulfil',
  /** The asynchronous method failed for good. */
  'fail',
  'expire',
  'cancel',
  /** Money arrived that a person has to look at. */
  'question',
  'refund_part',
  'refund',
] as const
export type OrderEvent = (typeof ORDER_EVENTS)[number]

/**
 * | from                   | event                  | to                               |
 * | ---------------------- | ---------------------- | -------------------------------- |
 * | pending                | process, pay, question | processing, paid, review         |
 * | pending                | expire, cancel         | expired, canceled                |
 * | processing             | pay, fail, question    | paid, failed, review             |
 * | expired                | pay, question          | paid, review (late success)      |
 * | canceled               | question               | review (late success)            |
 * | review                 | pay, cancel            | paid, canceled (by an operator)  |
 * | paid, payable          | fulfil                 | fulfilled                        |
 * | paid, review, fulfilled| refund_part, refund    | partially_refunded, refunded     |
 * | partially_refunded     | refund                 | refunded                         |
 *
 * An order starts `pending`, or `payable` when nothing is to be paid now.
 */
export const ORDER_TRANSITIONS: Readonly<
  Record<OrderState, Readonly<Partial<Record<OrderEvent, OrderState>>>>
> = {
  pending: {
    process: 'processing',
    pay: 'paid',
    expire: 'expired',
    cancel: 'canceled',
    question: 'review',
  },
  processing: { pay: 'paid', fail: 'failed', question: 'review' },
  paid: { fulfil: 'fulfilled', refund_part: 'partially_refunded', refund: 'refunded' },
  fulfilled: { refund_part: 'partially_refunded', refund: 'refunded' },
  payable: { fulfil: 'fulfilled' },
  expired: { pay: 'paid', question: 'review' },
  canceled: { question: 'review' },
  failed: {},
  review: {
    pay: 'paid',
    cancel: 'canceled',
    refund_part: 'partially_refunded',
    refund: 'refunded',
  },
  partially_refunded: { refund: 'refunded' },
  refunded: {},
}

/** The state after the event. @throws Refused `order.transition_refused` when the table has no such move */
export function transition(state: OrderState, event: OrderEvent): OrderState {
  const next = ORDER_TRANSITIONS[state][event]
  if (next === undefined) throw new Refused('order.transition_refused', { facts: { state, event } })
  return next
}

/** True when the table has the move, for offers and for steps that are skipped where impossible. */
export function canMove(state: OrderState, event: OrderEvent): boolean {
  return ORDER_TRANSITIONS[state][event] !== undefined
}

/** Who agreed to which words, kept with the order (S12, section 4). Stored as JSON. */
export interface Consent {
  /** Hash of the English source of the notes. */
  readonly version: string
  /** The language they were read in. */
  readonly locale: string
  readonly quoteId: string
  /** Subject of the host's token, or the e-mail address of a public customer. */
  readonly actor: string
  readonly ip: string | null
  readonly userAgent: string | null
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly acceptedAt: string
}

/** Why a payment did not succeed: the provider's stable code and a sentence for the buyer. */
export interface PaymentFailure {
  readonly code: string
  readonly message: string
}
