import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { readMethod } from '../../../server/payments/stripe-method.ts'
import { saveCard } from '../../support/saved-card.ts'
import { anOrder, startStripe } from '../../support/stripe.ts'

type Kind = 'card' | 'us_bank_account' | 'sepa_debit' | 'bacs_debit' | 'link'

/** As Stripe answers it: what its kind says stands under the name of the kind. */
function aMethod(type: Kind, says: object | undefined, customer: string | null = 'cus_1') {
  return { id: 'pm_1', type, customer, [type]: says } as unknown as Stripe.PaymentMethod
}

describe('readMethod()', () => {
  it.each<{
    kind: Kind
    says: object
    last4: string | null
    brand: string | null
    expires: string | null
  }>([
    {
      kind: 'card',
      says: { brand: 'visa', last4: '4242', exp_month: 3, exp_year: 2034 },
      brand: 'visa',
      last4: '4242',
      expires: '2034-03',
    },
    { kind: 'us_bank_account', says: { last4: '6789' }, brand: null, last4: '6789', expires: null },
    { kind: 'sepa_debit', says: { last4: '3000' }, brand: null, last4: '3000', expires: null },
    { kind: 'bacs_debit', says: { last4: '2345' }, brand: null, last4: '2345', expires: null },
    { kind: 'link', says: {}, brand: null, last4: null, expires: null },
  ])('knows what there is to show of $kind', ({ kind, says, ...shown }) => {
    expect(readMethod(aMethod(kind, says))).toEqual({ id: 'pm_1', kind, reusable: true, ...shown })
  })

  it('can be charged later while a customer keeps it', () => {
    expect(readMethod(aMethod('card', undefined, null)).reusable).toBe(false)
    expect(readMethod(aMethod('card', undefined, 'cus_1')).reusable).toBe(true)
  })
})

describe('listMethods()', () => {
  it('tells cards of one number apart from others by their fingerprint', async () => {
    const world = await startStripe()
    const { providerCustomer } = await anOrder(world)
    for (const card of ['visa', 'visa', 'mastercard'] as const) {
      await saveCard(world, providerCustomer, card)
    }
    const [mastercard, again, visa] = await world.payments.listMethods(providerCustomer)
    expect(visa?.fingerprint).toMatch(/^\w+$/)
    expect(again?.fingerprint).toBe(visa?.fingerprint)
    expect(mastercard?.fingerprint).not.toBe(visa?.fingerprint)
  })
})
