import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { checkoutParams, stripeLocale } from '../../../server/payments/stripe-request.ts'

const REQUEST = {
  orderId: 'ord_1',
  attempt: 2,
  productId: 'recover',
  currency: 'USD',
  lines: [
    { name: 'DR License', description: '1 month', quantity: 5, unitAmount: 7500 },
    { name: 'Tax', description: '', quantity: 1, unitAmount: 3000 },
  ],
  total: 40500,
  providerCustomer: 'cus_1',
  saveMethod: true,
  locale: 'en',
  successUrl: 'https://center.example/pay/return',
  cancelUrl: 'https://center.example/pay/canceled',
  expiresAt: Temporal.Instant.from('2026-03-01T10:35:00Z'),
}

describe('checkoutParams()', () => {
  const params = () => checkoutParams(REQUEST)

  it('S17: has the button say "Subscribe" on a payment that is not a subscription', () => {
    expect(params()).toMatchObject({ mode: 'payment', submit_type: 'subscribe' })
  })

  it('leaves no part of the price to Stripe', () => {
    expect(params()).toMatchObject({
      adaptive_pricing: { enabled: false },
      automatic_tax: { enabled: false },
      allow_promotion_codes: false,
    })
    expect(params()).not.toHaveProperty('discounts')
    expect(params()).not.toHaveProperty('optional_items')
  })

  it('names our order on the session, the payment and the invoice', () => {
    const metadata = { order_id: 'ord_1', product_id: 'recover', attempt: '2' }
    expect(params()).toMatchObject({
      client_reference_id: 'ord_1',
      metadata,
      payment_intent_data: { metadata },
      invoice_creation: { enabled: true, invoice_data: { metadata } },
    })
  })

  it('asks for a method that can be saved only with auto-renewal', () => {
    expect(params().payment_intent_data?.setup_future_usage).toBe('off_session')
    const once = checkoutParams({ ...REQUEST, saveMethod: false })
    expect(once.payment_intent_data).not.toHaveProperty('setup_future_usage')
  })

  it('sends each line in Stripe’s units, without an empty description', () => {
    expect(params().line_items?.map((line) => line.price_data)).toEqual([
      {
        currency: 'usd',
        unit_amount: 7500,
        product_data: { name: 'DR License', description: '1 month' },
      },
      { currency: 'usd', unit_amount: 3000, product_data: { name: 'Tax' } },
    ])
  })
})

describe('stripeLocale()', () => {
  it.each([
    ['en', 'en'],
    ['en-US', 'en'],
    ['en-GB', 'en-GB'],
    ['zh-CN', 'zh'],
    ['zh-Hant-TW', 'zh-TW'],
    ['zh_TW', 'zh-TW'],
    ['pt-BR', 'pt-BR'],
    ['es-MX', 'es-419'],
    ['es-ES', 'es'],
    ['nn-NO', 'nb'],
    ['ar', 'auto'],
    ['', 'auto'],
  ])('%j becomes %s', (locale, expected) => {
    expect(stripeLocale(locale)).toBe(expected)
  })
})
