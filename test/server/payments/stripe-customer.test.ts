import { describe, expect, it } from 'vitest'
import { anOrder, startStripe, submit } from '../../support/stripe.ts'

describe('finding sessions', () => {
  it('by payment intent', async () => {
    const world = await startStripe()
    const { id, url } = await world.payments.openCheckout(await anOrder(world))
    await submit(url)
    const intentId = (await world.payments.readCheckout(id))?.intentId ?? ''
    expect(await world.payments.findCheckoutByIntent(intentId)).toMatchObject({
      id,
      payment: 'paid',
    })
    expect(await world.payments.findCheckoutByIntent('pi_nothing')).toBeNull()
  })

  it('P28: by order, newest first, and no other order’s', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const ids: string[] = []
    for (const attempt of [1, 2, 3]) {
      ids.unshift((await world.payments.openCheckout({ ...order, attempt })).id)
    }
    const other = 'ord_01h455vb4pex5vsknk084sn03r'
    await world.payments.openCheckout({ ...order, orderId: other })
    const found = await world.payments.findCheckoutsOfOrder(order.orderId, order.providerCustomer)
    expect(found.map(({ id }) => id)).toEqual(ids)
  })

  it('finds none for a customer that the provider does not know', async () => {
    const { payments } = await startStripe()
    expect(await payments.findCheckoutsOfOrder('ord_1', 'cus_nobody')).toEqual([])
  })
})

describe('ensureCustomer()', () => {
  const acme = {
    productId: 'recover',
    customerId: 'cus_acme',
    email: 'a@acme.example',
    name: 'Acme',
    locale: 'zh-CN',
  }

  it('makes one customer per product and customer', async () => {
    const { payments, stripe } = await startStripe()
    const id = await payments.ensureCustomer(acme)
    expect(await payments.ensureCustomer(acme)).toBe(id)
    expect(await payments.ensureCustomer({ ...acme, productId: 'shift' })).not.toBe(id)
    expect(await stripe.customers.retrieve(id)).toMatchObject({
      email: 'a@acme.example',
      preferred_locales: ['zh'],
      metadata: { product_id: 'recover', customer_id: 'cus_acme' },
    })
  })

  it('does not stumble when the address changed since a first try', async () => {
    const { payments } = await startStripe()
    await payments.ensureCustomer(acme)
    expect(await payments.ensureCustomer({ ...acme, email: 'new@acme.example' })).toMatch(/^cus_/)
  })
})

describe('openBillingPortal()', () => {
  it('shows the saved method and the invoice', async () => {
    const world = await startStripe()
    const order = await anOrder(world, { saveMethod: true })
    await submit((await world.payments.openCheckout(order)).url)
    const url = await world.payments.openBillingPortal(order.providerCustomer, 'http://localhost/')
    const html = await (await fetch(url)).text()
    expect(html).toContain('•••• 4242')
    expect(html).toContain('$375.00, paid')
  })
})
