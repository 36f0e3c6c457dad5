import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { ORDER_STATES, transition, type OrderState } from '../../../server/domain/order.ts'
import {
  eventsOf,
  judgePayment,
  type PaymentSession,
} from '../../../server/domain/payment-judgement.ts'
import { RUNS } from '../../support/laws.ts'
import { DECLINED, PAID_AT, order, session } from '../../support/payment-facts.ts'

describe('laws of judgePayment()', () => {
  const anyOrder = fc.record({
    state: fc.constantFrom<OrderState>(...ORDER_STATES),
    settledSessionId: fc.constantFrom(null, 'cs_0', 'cs_1'),
    latestSessionId: fc.constantFrom(null, 'cs_1', 'cs_2'),
    expiresAt: fc.constantFrom(PAID_AT, at('2026-11-21T10:35:00Z')),
  })
  const anySession = fc
    .record({
      state: fc.constantFrom<PaymentSession['state']>('open', 'complete', 'expired'),
      payment: fc.constantFrom<PaymentSession['payment']>('unpaid', 'processing', 'paid', 'failed'),
      amountTotal: fc.constantFrom(37_500, 37_499),
      currency: fc.constantFrom('USD', 'EUR'),
      livemode: fc.boolean(),
      orderId: fc.constantFrom('ord_1', 'ord_2', null),
      failure: fc.constantFrom(null, DECLINED),
    })
    .map((facts) => session({ ...facts, ...(facts.payment === 'paid' && { paidAt: PAID_AT }) }))

  it('I5: only asks for moves that the table has', () => {
    fc.assert(
      fc.property(anyOrder, anySession, (facts, page) => {
        const judgement = judgePayment(order(facts), page, PAID_AT)
        eventsOf(facts.state, judgement).reduce(transition, facts.state)
      }),
      { numRuns: Math.max(2_000, RUNS.numRuns) },
    )
  })

  it('I3: settles only our own page, in our mode, with exactly our money', () => {
    fc.assert(
      fc.property(anyOrder, anySession, (facts, page) => {
        if (judgePayment(order(facts), page, PAID_AT).kind !== 'settle') return
        expect(page).toMatchObject({
          payment: 'paid',
          orderId: 'ord_1',
          livemode: false,
          amountTotal: 37_500,
          currency: 'USD',
        })
      }),
      { numRuns: Math.max(2_000, RUNS.numRuns) },
    )
  })
})
