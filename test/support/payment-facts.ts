/** Builders for the facts that `judgePayment` decides on: an order of 375.00 USD and its page. */
import { parseInstant as at } from '../../server/domain/calendar.ts'
import type { PayableOrder, PaymentSession } from '../../server/domain/payment-judgement.ts'

export const PAID_AT = at('2026-11-21T10:05:00Z')
export const DECLINED = { code: 'card_declined', message: 'Your card was declined.' }

export function order(facts: Partial<PayableOrder> = {}): PayableOrder {
  return {
    id: 'ord_1',
    state: 'pending',
    total: 37_500,
    currency: 'USD',
    livemode: false,
    expiresAt: at('2026-11-21T10:35:00Z'),
    settledSessionId: null,
    wasRenewedMeanwhile: false,
    isDeliverable: true,
    latestSessionId: 'cs_1',
    ...facts,
  }
}

export function session(facts: Partial<PaymentSession> = {}): PaymentSession {
  return {
    id: 'cs_1',
    orderId: 'ord_1',
    state: 'open',
    payment: 'unpaid',
    amountTotal: 37_500,
    currency: 'USD',
    livemode: false,
    expiresAt: at('2026-11-21T10:35:00Z'),
    submittedAt: null,
    paidAt: null,
    failure: null,
    ...facts,
  }
}

export function paid(facts: Partial<PaymentSession> = {}): PaymentSession {
  return session({
    state: 'complete',
    payment: 'paid',
    submittedAt: PAID_AT,
    paidAt: PAID_AT,
    ...facts,
  })
}
