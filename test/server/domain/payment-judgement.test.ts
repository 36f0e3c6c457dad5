import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import {
  eventsOf,
  judgePayment,
  type Judgement,
  type PayableOrder,
  type PaymentSession,
} from '../../../server/domain/payment-judgement.ts'
import { DECLINED, PAID_AT, order, paid, session } from '../../support/payment-facts.ts'

const NOW = at('2026-11-21T10:06:00Z')

function verdict(of: Partial<PayableOrder>, page: PaymentSession | null): Judgement {
  return judgePayment(order(of), page, NOW)
}

describe('judgePayment()', () => {
  it('R7: settles the right amount from the time of the payment, not from now', () => {
    expect(verdict({}, paid())).toEqual({ kind: 'settle', paidAt: PAID_AT })
  })

  it('leaves an order alone whose page is open', () => {
    expect(verdict({}, session())).toEqual({ kind: 'nothing' })
  })

  it('shows why a card was declined while the page stays open', () => {
    expect(verdict({}, session({ failure: DECLINED }))).toEqual({
      kind: 'declined',
      failure: DECLINED,
    })
  })

  it.each(['unpaid', 'processing'] as const)(
    'P08: complete but %s is processing, no license',
    (payment) => {
      const page = session({ state: 'complete', payment, submittedAt: PAID_AT })
      expect(verdict({}, page)).toEqual({ kind: 'processing' })
      expect(verdict({ state: 'processing' }, page)).toEqual({ kind: 'nothing' })
    },
  )

  it('P08: a bank debit that succeeds days after the page closed settles at that time', () => {
    const settledAt = at('2026-11-25T08:00:00Z')
    const page = paid({ paidAt: settledAt })
    expect(verdict({ state: 'processing' }, page)).toEqual({ kind: 'settle', paidAt: settledAt })
  })

  it('P08: a bank debit that fails closes the order', () => {
    const page = session({ state: 'complete', payment: 'failed', failure: DECLINED })
    for (const state of ['pending', 'processing'] as const) {
      expect(verdict({ state }, page)).toEqual({ kind: 'fail', failure: DECLINED })
    }
  })

  it('P08: a failure without a reason still has words', () => {
    const page = session({ state: 'complete', payment: 'failed' })
    expect(verdict({ state: 'processing' }, page)).toEqual({
      kind: 'fail',
      failure: { code: 'payment_failed', message: 'The payment failed.' },
    })
  })

  it('P17: late money for licenses that another order has renewed is looked at, not fulfilled', () => {
    const page = paid({ submittedAt: PAID_AT, paidAt: PAID_AT })
    expect(verdict({ state: 'expired', wasRenewedMeanwhile: true }, page)).toEqual({
      kind: 'review',
      reason: 'renewed_meanwhile',
    })
  })

  it('money for licenses that can no longer be extended is looked at, not fulfilled', () => {
    for (const state of ['pending', 'processing', 'expired'] as const) {
      expect(verdict({ state, isDeliverable: false }, paid())).toEqual({
        kind: 'review',
        reason: 'not_deliverable',
      })
    }
  })

  it.each([
    { amountTotal: 37_499, currency: 'USD', reason: 'amount_mismatch' },
    { amountTotal: 37_501, currency: 'USD', reason: 'amount_mismatch' },
    { amountTotal: 375, currency: 'USD', reason: 'amount_mismatch' },
    { amountTotal: 37_500, currency: 'EUR', reason: 'currency_mismatch' },
    { amountTotal: 1, currency: 'EUR', reason: 'currency_mismatch' },
  ])('P14: $amountTotal $currency for 37500 USD goes to review', ({ reason, ...money }) => {
    for (const state of ['pending', 'processing', 'expired'] as const) {
      expect(verdict({ state }, paid(money))).toEqual({ kind: 'review', reason })
    }
  })

  it('P17: an expired page closes a pending order', () => {
    expect(verdict({}, session({ state: 'expired' }))).toEqual({ kind: 'expire' })
    expect(verdict({ state: 'canceled' }, session({ state: 'expired' }))).toEqual({
      kind: 'nothing',
    })
  })

  it('P09: a page that was replaced by a newer one closes nothing, but its money counts', () => {
    const replaced = { latestSessionId: 'cs_2' }
    const failed = session({ state: 'complete', payment: 'failed' })
    expect(verdict(replaced, session({ state: 'expired' }))).toEqual({ kind: 'nothing' })
    expect(verdict(replaced, failed)).toEqual({ kind: 'nothing' })
    expect(verdict(replaced, session({ state: 'complete' }))).toEqual({ kind: 'processing' })
    expect(verdict(replaced, paid())).toEqual({ kind: 'settle', paidAt: PAID_AT })
  })

  it('P05: a page that we have not noted yet counts as the latest', () => {
    const page = session({ state: 'expired' })
    expect(verdict({ latestSessionId: null }, page)).toEqual({ kind: 'expire' })
  })

  it('P17: paid by the end of its page, an order we had marked expired is fulfilled', () => {
    const lastSecond = at('2026-11-21T10:35:00Z')
    const page = paid({ submittedAt: lastSecond, paidAt: lastSecond })
    expect(verdict({ state: 'expired' }, page)).toEqual({ kind: 'settle', paidAt: lastSecond })
  })

  it('P17: a bank debit handed in before the end of its page counts as in time', () => {
    const settledAt = at('2026-11-24T10:00:00Z')
    const page = paid({ paidAt: settledAt })
    expect(verdict({ state: 'expired' }, page)).toEqual({ kind: 'settle', paidAt: settledAt })
  })

  it('P17: paid after the end of its page, an expired order is looked at', () => {
    const tooLate = at('2026-11-21T10:35:01Z')
    const page = paid({ submittedAt: tooLate, paidAt: tooLate })
    expect(verdict({ state: 'expired' }, page)).toEqual({
      kind: 'review',
      reason: 'late_after_expiry',
    })
  })

  it('P17: paid after the customer canceled, an order is looked at and never silent', () => {
    expect(verdict({ state: 'canceled' }, paid())).toEqual({
      kind: 'review',
      reason: 'late_after_cancel',
    })
    expect(verdict({ state: 'failed' }, paid())).toEqual({
      kind: 'review',
      reason: 'late_after_failure',
    })
  })

  it('P17: a review that an operator canceled does not open again for the same money', () => {
    expect(verdict({ state: 'canceled', settledSessionId: 'cs_1' }, paid())).toEqual({
      kind: 'nothing',
    })
  })

  it('P22: a payment of the other mode is never applied', () => {
    for (const page of [paid({ livemode: true }), session({ livemode: true, state: 'expired' })]) {
      expect(verdict({}, page)).toEqual({ kind: 'nothing', alert: 'mode_mismatch' })
    }
  })

  it('never takes the page of another order', () => {
    expect(verdict({}, paid({ orderId: 'ord_2' }))).toEqual({
      kind: 'nothing',
      alert: 'foreign_session',
    })
    expect(verdict({}, paid({ orderId: null }))).toEqual({
      kind: 'nothing',
      alert: 'foreign_session',
    })
  })

  it.each(['paid', 'fulfilled', 'review', 'partially_refunded', 'refunded'] as const)(
    'I11: %s and told again changes nothing; P09: a second page that was paid goes to review',
    (state) => {
      expect(verdict({ state, settledSessionId: 'cs_1' }, paid())).toEqual({ kind: 'nothing' })
      expect(verdict({ state, settledSessionId: 'cs_0' }, paid())).toEqual({
        kind: 'review',
        reason: 'second_payment',
      })
    },
  )

  it('closes an order for which no page was ever opened once its time is over', () => {
    expect(verdict({}, null)).toEqual({ kind: 'nothing' })
    expect(verdict({ expiresAt: NOW }, null)).toEqual({ kind: 'expire' })
    expect(verdict({ state: 'canceled', expiresAt: NOW }, null)).toEqual({ kind: 'nothing' })
  })
})

describe('eventsOf()', () => {
  it('walks through processing when a failure is the first that we hear', () => {
    expect(eventsOf('pending', { kind: 'fail', failure: DECLINED })).toEqual(['process', 'fail'])
    expect(eventsOf('processing', { kind: 'fail', failure: DECLINED })).toEqual(['fail'])
  })

  it('P09: keeps a fulfilled order where it is when a second payment arrives', () => {
    expect(eventsOf('fulfilled', { kind: 'review', reason: 'second_payment' })).toEqual([])
    expect(eventsOf('canceled', { kind: 'review', reason: 'late_after_cancel' })).toEqual([
      'question',
    ])
  })

  it('moves an order once for what was decided, and not at all for what changes nothing', () => {
    expect(eventsOf('pending', { kind: 'processing' })).toEqual(['process'])
    expect(eventsOf('pending', { kind: 'settle', paidAt: PAID_AT })).toEqual(['pay'])
    expect(eventsOf('pending', { kind: 'expire' })).toEqual(['expire'])
    expect(eventsOf('pending', { kind: 'declined', failure: DECLINED })).toEqual([])
    expect(eventsOf('pending', { kind: 'nothing' })).toEqual([])
  })
})
