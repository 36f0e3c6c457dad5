import { describe, expect, it } from 'vitest'
import { chargeOf, INTENT_EXPANSION, isCharge } from '../../../server/payments/stripe-invoice.ts'
import { aCharge } from '../../support/saved-card.ts'
import { startStripe } from '../../support/stripe.ts'

/** The invoice of a paid charge as Stripe answers it, and its payment intent. */
async function aPaidCharge() {
  const world = await startStripe()
  const { id, intentId } = await world.payments.chargeSaved(await aCharge(world))
  const invoice = await world.stripe.invoices.retrieve(id)
  const intent = await world.stripe.paymentIntents.retrieve(intentId ?? '', {
    expand: [...INTENT_EXPANSION],
  })
  const { payment_method: method } = intent
  if (method === null || typeof method === 'string') throw new Error('not expanded')
  return { invoice, intent, method }
}

describe('a charge', () => {
  it.each([
    { invoice: 'paid', intent: 'succeeded', state: 'complete', payment: 'paid' },
    { invoice: 'paid', intent: 'processing', state: 'complete', payment: 'paid' },
    { invoice: 'open', intent: 'succeeded', state: 'complete', payment: 'paid' },
    { invoice: 'open', intent: 'processing', state: 'complete', payment: 'processing' },
    { invoice: 'open', intent: 'requires_payment_method', state: 'open', payment: 'unpaid' },
    { invoice: 'draft', intent: 'processing', state: 'open', payment: 'unpaid' },
    { invoice: 'void', intent: 'canceled', state: 'expired', payment: 'unpaid' },
    { invoice: 'uncollectible', intent: 'canceled', state: 'expired', payment: 'unpaid' },
  ] as const)(
    'P08: whose invoice is $invoice and whose payment $intent is $state, $payment',
    async ({ invoice: status, intent: paying, state, payment }) => {
      const { invoice, intent } = await aPaidCharge()
      const read = chargeOf({ ...invoice, status }, { ...intent, status: paying })
      expect(read).toMatchObject({ state, payment })
      expect(read.paidAt === null).toBe(payment !== 'paid')
    },
  )

  it('without a payment yet is open, and nothing of it was handed in', async () => {
    const { invoice } = await aPaidCharge()
    expect(chargeOf({ ...invoice, status: 'open' }, null)).toMatchObject({
      state: 'open',
      payment: 'unpaid',
      paidAt: null,
      submittedAt: null,
      intentId: null,
      method: null,
      decline: null,
    })
  })

  it('that was paid is not declined, whatever went wrong before', async () => {
    const { invoice, intent } = await aPaidCharge()
    const last_payment_error = { type: 'card_error', decline_code: 'lost_card' } as const
    const before = { ...intent, last_payment_error: last_payment_error as never }
    expect(chargeOf(invoice, before).decline).toBe(null)
    expect(
      chargeOf({ ...invoice, status: 'open' }, { ...before, status: 'requires_payment_method' }),
    ).toMatchObject({
      decline: { kind: 'hard', code: 'lost_card' },
      failure: { code: 'lost_card' },
    })
  })

  it.each([
    { status: 'requires_action', isTried: true, decline: 'authentication' },
    { status: 'canceled', isTried: true, decline: 'authentication' },
    { status: 'canceled', isTried: false, decline: null },
    { status: 'requires_confirmation', isTried: true, decline: null },
  ] as const)(
    'with a payment that is $status, tried: $isTried, is declined: $decline',
    async ({ status, isTried, decline }) => {
      const { invoice, intent, method } = await aPaidCharge()
      const payment_method = isTried ? method : null
      const read = chargeOf({ ...invoice, status: 'open' }, { ...intent, status, payment_method })
      expect(read.decline?.kind ?? null).toBe(decline)
    },
  )

  it.each([
    { customer: 'cus_1', reusable: true },
    { customer: null, reusable: false },
  ])('of a method that $customer keeps is reusable: $reusable', async ({ customer, reusable }) => {
    const { invoice, intent, method } = await aPaidCharge()
    const kept = { ...intent, payment_method: { ...method, customer } }
    expect(chargeOf(invoice, kept).method?.reusable).toBe(reusable)
  })

  it('knows its order, its attempt and its end from what we wrote onto it', async () => {
    const { invoice, intent } = await aPaidCharge()
    const bare = { ...invoice, metadata: null }
    expect(isCharge(invoice)).toBe(true)
    expect(isCharge(bare)).toBe(false)
    const read = chargeOf(bare, intent)
    expect(read).toMatchObject({ orderId: null, attempt: null })
    expect(read.expiresAt.epochMilliseconds).toBe(invoice.created * 1000)
  })
})
