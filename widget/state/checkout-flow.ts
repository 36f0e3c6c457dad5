/**
 * The road from the form to the license, as a table. What is not listed does not happen: a second
 * click on "Subscribe Now" or a late answer of an earlier request changes nothing.
 */
import type { Order } from '../../server/contract/orders.ts'
import type { Step } from './step.ts'

/** What the server's order says. */
export type OrderNews =
  | 'open'
  | 'processing'
  | 'issuing'
  | 'issued'
  | 'declined'
  | 'expired'
  | 'canceled'
  | 'review'
  | 'refunded'

export type FlowEvent =
  | OrderNews
  | 'submit'
  | 'refused'
  | 'resume'
  | 'continue'
  | 'cancel'
  | 'cancelFailed'
  | 'unreadable'
  | 'startAgain'

/** Where the order's news lead from wherever a customer waits for them. */
const NEWS = {
  processing: 'processing',
  issuing: 'issuing',
  issued: 'issued',
  declined: 'declined',
  expired: 'expired',
  canceled: 'canceled',
  review: 'review',
  refunded: 'refunded',
} as const

export const TRANSITIONS: Readonly<Record<Step, Partial<Record<FlowEvent, Step>>>> = {
  editing: { submit: 'submitting', resume: 'waiting' },
  submitting: { ...NEWS, open: 'confirm', refused: 'editing' },
  confirm: { ...NEWS, continue: 'waiting', cancel: 'canceling', unreadable: 'error' },
  canceling: { ...NEWS, cancelFailed: 'waiting' },
  waiting: { ...NEWS, cancel: 'canceling', unreadable: 'error' },
  processing: { ...NEWS, unreadable: 'error' },
  issuing: { ...NEWS, unreadable: 'error' },
  issued: { startAgain: 'editing' },
  declined: {
    ...NEWS,
    open: 'waiting',
    continue: 'waiting',
    cancel: 'canceling',
    startAgain: 'editing',
    unreadable: 'error',
  },
  expired: {
    processing: 'processing',
    issuing: 'issuing',
    issued: 'issued',
    review: 'review',
    startAgain: 'editing',
  },
  canceled: { submit: 'submitting', review: 'review', startAgain: 'editing' },
  review: { ...NEWS, startAgain: 'editing' },
  refunded: { startAgain: 'editing' },
  error: { resume: 'waiting', startAgain: 'editing' },
}

/** @returns the next step, or the same one when the event has no meaning there */
export function nextStep(step: Step, event: FlowEvent): Step {
  return TRANSITIONS[step][event] ?? step
}

/** False for a second press of the same button. */
export function isPossible(step: Step, event: FlowEvent): boolean {
  return TRANSITIONS[step][event] !== undefined
}

/** True while the order may still change by itself. */
export function isWatched(step: Step): boolean {
  return Object.keys(TRANSITIONS[step]).some((event) => event in NEWS) && step !== 'submitting'
}

/** Ends that are not polled any more; a nudge still looks, in case money arrives late. */
export function isSettled(step: Step): boolean {
  return ['issued', 'expired', 'canceled', 'refunded', 'error'].includes(step)
}

export function newsOf(order: Pick<Order, 'state' | 'failure' | 'payment_received'>): OrderNews {
  switch (order.state) {
    case 'pending':
      return order.failure === null ? 'open' : 'declined'
    case 'processing':
      return 'processing'
    case 'paid':
    case 'payable':
      return 'issuing'
    case 'fulfilled':
      return 'issued'
    case 'failed':
      return 'declined'
    case 'expired':
      return order.payment_received ? 'review' : 'expired'
    case 'canceled':
      return order.payment_received ? 'review' : 'canceled'
    case 'partially_refunded':
    case 'refunded':
      return 'refunded'
    case 'review':
      return 'review'
  }
}
