import { describe, expect, it } from 'vitest'
import type { SetupRequest } from '../../../server/payments/port.ts'
import { anOrder, GOOD_CARD, startStripe, submit, type StripeWorld } from '../../support/stripe.ts'

async function aSetup(world: StripeWorld): Promise<SetupRequest> {
  const { productId, currency, providerCustomer, locale, successUrl, cancelUrl, expiresAt } =
    await anOrder(world)
  const setupId = 'set_1'
  return {
    setupId,
    productId,
    currency,
    providerCustomer,
    locale,
    successUrl,
    cancelUrl,
    expiresAt,
  }
}

const textOf = async (url: string | null) => {
  const html = await (await fetch(url ?? '')).text()
  return html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

describe('openSetup()', () => {
  it('opens a page that saves a card and charges nothing', async () => {
    const world = await startStripe()
    const request = await aSetup(world)
    const page = await world.payments.openSetup(request)
    expect(page).toMatchObject({
      kind: 'setup',
      setupId: 'set_1',
      orderId: null,
      state: 'open',
      payment: 'unpaid',
      amountTotal: 0,
      currency: 'USD',
      method: null,
    })
    const text = await textOf(page.url)
    expect(text).toContain('Save a payment method Nothing is charged now.')
    expect(text).not.toContain('$0.00')
    expect((await submit(page.url)).headers.get('Location')).toContain(page.id)
    expect(await world.payments.readCheckout(page.id)).toMatchObject({
      state: 'complete',
      payment: 'paid',
      intentId: null,
      providerCustomer: request.providerCustomer,
      method: { kind: 'card', last4: '4242', expires: '2034-12', reusable: true },
    })
    expect(await world.payments.listMethods(request.providerCustomer)).toHaveLength(1)
    expect(world.standIn.truth.payments()).toEqual([])
  })

  it('answers the same page when it is repeated, as it has become', async () => {
    const world = await startStripe()
    const request = await aSetup(world)
    const page = await world.payments.openSetup(request)
    await submit(page.url)
    expect(await world.payments.openSetup(request)).toMatchObject({ id: page.id, payment: 'paid' })
  })

  it('tells of it: the method, the setup, the session', async () => {
    const world = await startStripe()
    await submit((await world.payments.openSetup(await aSetup(world))).url)
    await world.standIn.delivered()
    // Webhooks overtake each other on their way.
    expect(world.receiver.types().slice(-4).toSorted()).toEqual([
      'checkout.session.completed',
      'payment_method.attached',
      'setup_intent.created',
      'setup_intent.succeeded',
    ])
  })

  it('a card that is declined is not saved, and the page stays open', async () => {
    const world = await startStripe()
    const page = await world.payments.openSetup(await aSetup(world))
    const declined = await submit(page.url, { ...GOOD_CARD, card_number: '4000000000009995' })
    expect(declined.status).toBe(402)
    expect(await world.payments.readCheckout(page.id)).toMatchObject({
      state: 'open',
      failure: { code: 'insufficient_funds' },
      method: null,
    })
  })

  it.each(['complete', 'fail'] as const)('3-D Secure: %s', async (action) => {
    const world = await startStripe()
    const page = await world.payments.openSetup(await aSetup(world))
    const asked = await submit(page.url, { ...GOOD_CARD, card_number: '4000002500003155' })
    expect(asked.headers.get('Location')).toBe(`/c/pay/${page.id}/challenge`)
    await submit(`${page.url}/challenge`, { action })
    expect(await world.payments.readCheckout(page.id)).toMatchObject(
      action === 'complete'
        ? { payment: 'paid', method: { last4: '3155', reusable: true } }
        : { state: 'open', failure: { code: 'setup_intent_authentication_failure' } },
    )
  })

  it('saves a card that will be declined when it is charged', async () => {
    const world = await startStripe()
    const page = await world.payments.openSetup(await aSetup(world))
    await submit(page.url, { ...GOOD_CARD, card_number: '4000000000000341' })
    expect(await world.payments.readCheckout(page.id)).toMatchObject({ payment: 'paid' })
  })

  it('an order over nothing, with auto-renewal, saves a method', async () => {
    const world = await startStripe()
    const order = await anOrder(world, { lines: [], total: 0, saveMethod: true })
    const page = await world.payments.openCheckout(order)
    await submit(page.url)
    expect(await world.payments.readCheckout(page.id)).toMatchObject({
      kind: 'setup',
      orderId: order.orderId,
      attempt: 1,
      payment: 'paid',
      amountTotal: 0,
      currency: 'USD',
      method: { reusable: true },
    })
  })

  it('can be closed', async () => {
    const world = await startStripe()
    const page = await world.payments.openSetup(await aSetup(world))
    expect(await world.payments.expireCheckout(page.id)).toMatchObject({ state: 'expired' })
  })
})
