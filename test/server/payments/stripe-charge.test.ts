import { describe, expect, it } from 'vitest'
import { aCharge, saveCard, type TestCard } from '../../support/saved-card.ts'
import { anOrder, startStripe, submit, type StripeWorld } from '../../support/stripe.ts'

const paymentsOf = async ({ stripe }: StripeWorld, customer: string) => {
  const invoices = (await stripe.invoices.list({ customer, limit: 100 })).data
  return invoices.map(({ status, total }) => ({ status, total }))
}

describe('chargeSaved()', () => {
  it('charges the saved card, with nobody there, at the charge’s own time (R7)', async () => {
    const world = await startStripe()
    const request = await aCharge(world)
    const paidAt = world.clock.now()
    const charge = await world.payments.chargeSaved(request)
    expect(charge).toMatchObject({
      kind: 'charge',
      orderId: request.orderId,
      attempt: 1,
      state: 'complete',
      payment: 'paid',
      currency: 'USD',
      amountTotal: 37500,
      decline: null,
      failure: null,
      url: null,
      method: { id: request.methodId, brand: 'visa', last4: '4242', reusable: true },
    })
    expect(charge.paidAt?.epochMilliseconds).toBe(paidAt.epochMilliseconds)
    expect(charge.expiresAt.epochMilliseconds).toBe(request.expiresAt.epochMilliseconds)
  })

  it('leaves an invoice with its lines, that Stripe never retries by itself', async () => {
    const world = await startStripe()
    const charge = await world.payments.chargeSaved(await aCharge(world))
    expect(await world.stripe.invoices.retrieve(charge.id)).toMatchObject({
      status: 'paid',
      auto_advance: false,
      total: 37500,
      lines: { data: [{ description: 'DR License, 1 month', quantity: 5, amount: 37500 }] },
    })
  })

  it('charges once, however often and late it is repeated', async () => {
    const world = await startStripe()
    const request = await aCharge(world)
    const first = await world.payments.chargeSaved(request)
    const [second, third] = await Promise.all([1, 2].map(() => world.payments.chargeSaved(request)))
    world.clock.advance('P3D')
    const late = await world.payments.chargeSaved(request)
    expect([second?.id, third?.id, late.id]).toEqual([first.id, first.id, first.id])
    expect(await paymentsOf(world, request.providerCustomer)).toEqual([
      { status: 'paid', total: 37500 },
    ])
  })

  it.each<{ card: TestCard; kind: string; code: string }>([
    { card: 'chargeCustomerFail', kind: 'soft', code: 'generic_decline' },
    {
      card: 'authenticationRequiredChargeDeclinedInsufficientFunds',
      kind: 'soft',
      code: 'insufficient_funds',
    },
    { card: 'authenticationRequired', kind: 'authentication', code: 'authentication_required' },
  ])('a saved $card is declined: $kind, $code', async ({ card, kind, code }) => {
    const world = await startStripe()
    const charge = await world.payments.chargeSaved(await aCharge(world, card))
    expect(charge).toMatchObject({
      state: 'open',
      payment: 'unpaid',
      paidAt: null,
      decline: { kind, code },
      failure: { code },
    })
    expect(await world.payments.readCheckout(charge.id)).toMatchObject({ decline: { kind, code } })
  })

  it.each<{ card: TestCard; kind: string }>([
    { card: 'chargeCustomerFail', kind: 'soft' },
    { card: 'authenticationRequired', kind: 'authentication' },
  ])('a refused charge of $card still says why once it is given up', async ({ card, kind }) => {
    const world = await startStripe()
    const { id } = await world.payments.chargeSaved(await aCharge(world, card))
    await world.payments.expireCheckout(id)
    expect(await world.payments.readCheckout(id)).toMatchObject({
      state: 'expired',
      decline: { kind },
    })
  })

  it('a card that was set up with 3-D Secure is charged without it, on-session it is asked', async () => {
    const world = await startStripe()
    const request = await aCharge(world, 'authenticationRequiredOnSetup')
    expect(await world.payments.chargeSaved(request)).toMatchObject({ payment: 'paid' })
    const next = { ...request, attempt: 2, offSession: false }
    expect(await world.payments.chargeSaved(next)).toMatchObject({
      decline: { kind: 'authentication' },
    })
  })

  it.each([
    { word: 'lost_card', kind: 'hard' },
    { word: 'stolen_card', kind: 'hard' },
    { word: 'expired_card', kind: 'hard' },
    { word: 'card_velocity_exceeded', kind: 'soft' },
    { word: 'processing_error', kind: 'soft' },
  ] as const)('a bank that says $word means $kind', async ({ word, kind }) => {
    const world = await startStripe()
    await world.standIn.control({ decline: word })
    const charge = await world.payments.chargeSaved(await aCharge(world))
    expect(charge.decline).toMatchObject({ kind, code: word })
  })

  it('a declined attempt is not tried again by its repeat; the next attempt may succeed', async () => {
    const world = await startStripe()
    const request = await aCharge(world)
    await world.standIn.control({ decline: 'insufficient_funds' })
    const first = await world.payments.chargeSaved(request)
    await world.standIn.control({ decline: null })
    world.clock.advance('P2D')
    expect(await world.payments.chargeSaved(request)).toMatchObject({
      id: first.id,
      decline: { code: 'insufficient_funds' },
    })
    expect(await world.payments.expireCheckout(first.id)).toMatchObject({ state: 'expired' })
    expect(await world.payments.chargeSaved({ ...request, attempt: 2 })).toMatchObject({
      payment: 'paid',
    })
    expect(await paymentsOf(world, request.providerCustomer)).toEqual([
      { status: 'paid', total: 37500 },
      { status: 'void', total: 37500 },
    ])
  })

  it('a method that is gone is refused by name, and nothing stays open', async () => {
    const world = await startStripe()
    const request = await aCharge(world)
    await world.payments.detachMethod(request.methodId)
    await expect(world.payments.chargeSaved(request)).rejects.toMatchObject({
      code: 'payment_method.not_found',
    })
    expect(await paymentsOf(world, request.providerCustomer)).toEqual([
      { status: 'void', total: 37500 },
    ])
  })

  it('a saved bank account is under way until the bank answers', async () => {
    const world = await startStripe()
    const order = await anOrder(world, { saveMethod: true })
    const page = await world.payments.openCheckout(order)
    await submit(page.url, { method: 'bank_debit', account_number: '000123456789' })
    const methodId = (await world.payments.readCheckout(page.id))?.method?.id ?? ''
    const request = await aCharge(world, 'visa', { orderId: 'ord_2', methodId })
    const charge = await world.payments.chargeSaved(request)
    expect(charge).toMatchObject({ state: 'complete', payment: 'processing', decline: null })
    expect(await world.payments.expireCheckout(charge.id)).toMatchObject({ payment: 'processing' })
    await world.standIn.control({ settle: 'succeed' })
    expect(await world.payments.readCheckout(charge.id)).toMatchObject({ payment: 'paid' })
  })
})

describe('finding and closing charges', () => {
  it('by payment intent and by order, beside pages, newest first', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const page = await world.payments.openCheckout(order)
    world.clock.advance('PT1M')
    const charge = await world.payments.chargeSaved(await aCharge(world, 'visa', { attempt: 2 }))
    expect(await world.payments.findCheckoutByIntent(charge.intentId ?? '')).toMatchObject({
      id: charge.id,
      kind: 'charge',
    })
    const found = await world.payments.findCheckoutsOfOrder(order.orderId, order.providerCustomer)
    expect(found.map(({ id }) => id)).toEqual([charge.id, page.id])
  })

  it('answers the payment when it was faster than the closing', async () => {
    const world = await startStripe()
    const charge = await world.payments.chargeSaved(await aCharge(world))
    expect(await world.payments.expireCheckout(charge.id)).toMatchObject({ payment: 'paid' })
  })

  it('takes the invoice that a page leaves behind for no charge', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const page = await world.payments.openCheckout(order)
    await submit(page.url)
    const [invoice] = (await world.stripe.invoices.list()).data
    expect(await world.payments.readCheckout(invoice?.id ?? '')).toBeNull()
    const intentId = (await world.payments.readCheckout(page.id))?.intentId ?? ''
    expect(await world.payments.findCheckoutByIntent(intentId)).toMatchObject({ kind: 'page' })
  })
})

describe('saved methods', () => {
  it('are listed newest first, one of them the default, and can be removed twice', async () => {
    const world = await startStripe()
    const { providerCustomer } = await anOrder(world)
    const visa = await saveCard(world, providerCustomer)
    const mastercard = await saveCard(world, providerCustomer, 'mastercard')
    await world.payments.setDefaultMethod(providerCustomer, visa)
    expect(await world.payments.listMethods(providerCustomer)).toMatchObject([
      { id: mastercard, brand: 'mastercard', last4: '4444', isDefault: false },
      { id: visa, brand: 'visa', expires: '2034-12', isDefault: true },
    ])
    await world.payments.detachMethod(visa)
    await world.payments.detachMethod(visa)
    expect(await world.payments.listMethods(providerCustomer)).toMatchObject([{ id: mastercard }])
    await expect(world.payments.setDefaultMethod(providerCustomer, visa)).rejects.toMatchObject({
      code: 'payment_method.not_found',
    })
    expect(await world.payments.listMethods('cus_nobody')).toEqual([])
  })
})
