import { describe, expect, it } from 'vitest'
import {
  ORDER_EVENTS,
  ORDER_STATES,
  ORDER_TRANSITIONS,
  canMove,
  transition,
  type OrderEvent,
  type OrderState,
} from '../../../server/domain/order.ts'
import { Refused } from '../../../server/domain/refusals.ts'

/** Section 5, arrow by arrow. */
const DECLARED: readonly (readonly [OrderState, OrderEvent, OrderState])[] = [
  ['pending', 'pay', 'paid'],
  ['pending', 'process', 'processing'],
  ['pending', 'expire', 'expired'],
  ['pending', 'cancel', 'canceled'],
  ['pending', 'question', 'review'],
  ['processing', 'pay', 'paid'],
  ['processing', 'fail', 'failed'],
  ['processing', 'question', 'review'],
  ['paid', 'fulfil', 'fulfilled'],
  ['paid', 'refund_part', 'partially_refunded'],
  ['paid', 'refund', 'refunded'],
  ['payable', 'fulfil', 'fulfilled'],
  ['expired', 'pay', 'paid'],
  ['expired', 'question', 'review'],
  ['canceled', 'question', 'review'],
  ['review', 'pay', 'paid'],
  ['review', 'cancel', 'canceled'],
  ['review', 'refund_part', 'partially_refunded'],
  ['review', 'refund', 'refunded'],
  ['fulfilled', 'refund_part', 'partially_refunded'],
  ['fulfilled', 'refund', 'refunded'],
  ['partially_refunded', 'refund', 'refunded'],
]

const declared = new Map(DECLARED.map(([from, event, to]) => [`${from} ${event}`, to]))
const every = ORDER_STATES.flatMap((state) => ORDER_EVENTS.map((event) => ({ state, event })))

describe('transition() of an order', () => {
  it.each(DECLARED)('%s, %s → %s', (from, event, to) => {
    expect(transition(from, event)).toBe(to)
    expect(canMove(from, event)).toBe(true)
  })

  it('I5: refuses every move that section 5 does not list', () => {
    for (const { state, event } of every.filter(
      (move) => !declared.has(`${move.state} ${move.event}`),
    )) {
      expect(canMove(state, event), `${state} ${event}`).toBe(false)
      expect(() => transition(state, event), `${state} ${event}`).toThrow(Refused)
    }
  })

  it('names the state and the event in the refusal', () => {
    const refusal = catchRefusal(() => transition('refunded', 'pay'))
    expect(refusal.code).toBe('order.transition_refused')
    expect(refusal.detail.facts).toEqual({ state: 'refunded', event: 'pay' })
  })

  it('ends only in states that money can still leave or that nobody paid', () => {
    const ends = ORDER_STATES.filter((state) => Object.keys(ORDER_TRANSITIONS[state]).length === 0)
    expect(ends).toEqual(['failed', 'refunded'])
  })
})

function catchRefusal(act: () => unknown): Refused {
  try {
    act()
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
  throw new Error('nothing was refused')
}
