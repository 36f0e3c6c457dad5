import { describe, expect, it } from 'vitest'
import { anOrder, startStripe, submit, type StripeWorld } from '../../support/stripe.ts'

const CARD_PAYMENT = [
  'customer.created',
  'payment_intent.created',
  'charge.succeeded',
  'payment_intent.succeeded',
  'invoice.paid',
  'checkout.session.completed',
]

async function payOnce(world: StripeWorld): Promise<void> {
  await submit((await world.payments.openCheckout(await anOrder(world))).url)
}

async function control(world: StripeWorld, body: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' }
  const url = `${world.standIn.origin}/_control`
  return fetch(url, { method: 'POST', body: JSON.stringify(body), headers })
}

describe('webhooks', () => {
  it('tell of a card payment in the order in which it happened', async () => {
    const world = await startStripe()
    await payOnce(world)
    await expect.poll(world.receiver.types).toEqual(CARD_PAYMENT)
  })

  it('P08: tell of a bank debit twice, when it is handed in and when it settles', async () => {
    const world = await startStripe()
    const { url } = await world.payments.openCheckout(await anOrder(world))
    await submit(url, { method: 'bank_debit' })
    await expect.poll(world.receiver.types).toContain('checkout.session.completed')
    const [completed] = world.receiver.received.slice(-1)
    expect(JSON.parse(completed?.body ?? '').data.object).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
    })
    world.clock.advance('PT30S')
    await world.standIn.settleDue()
    expect(world.receiver.types().at(-1)).toBe('checkout.session.async_payment_succeeded')
  })

  it('tell of a bank debit that failed', async () => {
    const world = await startStripe()
    const { url } = await world.payments.openCheckout(await anOrder(world))
    await submit(url, { method: 'bank_debit' })
    await world.standIn.control({ settle: 'fail' })
    expect(world.receiver.types().at(-1)).toBe('checkout.session.async_payment_failed')
  })

  it('P17: tell of a page that expires by the clock', async () => {
    const world = await startStripe()
    const { id } = await world.payments.openCheckout(await anOrder(world))
    world.clock.advance('PT35M')
    await world.standIn.settleDue()
    expect(world.receiver.types()).toContain('checkout.session.expired')
    expect(await world.payments.readCheckout(id)).toMatchObject({ state: 'expired', url: null })
  })

  it('P26: come again, under the same id, until they are taken', async () => {
    const world = await startStripe()
    world.receiver.answers.push(500, 503)
    await world.stripe.customers.create({ name: 'Acme' })
    await expect.poll(() => world.receiver.received.length, { timeout: 5000 }).toBe(3)
    expect(new Set(world.receiver.received.map(({ id }) => id)).size).toBe(1)
    await world.standIn.delivered()
    const { deliveries } = await world.standIn.control()
    expect(deliveries.map(({ attempt, result }) => [attempt, result])).toEqual([
      [1, 500],
      [2, 503],
      [3, 200],
    ])
    const undelivered = await world.stripe.events.list({ delivery_success: false })
    expect(undelivered.data).toEqual([])
  })
})

describe('_control', () => {
  it('duplicates', async () => {
    const world = await startStripe()
    await control(world, { duplicate: 2 })
    await world.stripe.customers.create({ name: 'Acme' })
    await expect.poll(() => world.receiver.received.length).toBe(3)
    expect(new Set(world.receiver.received.map(({ id }) => id)).size).toBe(1)
  })

  it('reorders', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    await expect.poll(world.receiver.types).toEqual(['customer.created'])
    await control(world, { reorder: true })
    await submit((await world.payments.openCheckout(order)).url)
    await expect
      .poll(world.receiver.types)
      .toEqual(['customer.created', ...CARD_PAYMENT.slice(1).reverse()])
  })

  it('delays', async () => {
    const world = await startStripe()
    await control(world, { delay_ms: 200 })
    await world.stripe.customers.create({ name: 'Acme' })
    expect(world.receiver.received).toEqual([])
    await expect.poll(() => world.receiver.received.length).toBe(1)
  })

  it('drops, and lists what was never delivered', async () => {
    const world = await startStripe()
    await control(world, { drop: true })
    await world.stripe.customers.create({ name: 'Acme' })
    await expect
      .poll(async () => (await world.standIn.control()).deliveries)
      .toMatchObject([{ type: 'customer.created', result: 'dropped' }])
    expect(world.receiver.received).toEqual([])
    const lost = await world.stripe.events.list({ delivery_success: false })
    expect(lost.data).toHaveLength(1)
    await control(world, { redeliver: lost.data[0]?.id })
    expect(world.receiver.received.map(({ id }) => id)).toEqual([lost.data[0]?.id])
  })

  it('P05: has the webhook arrive before the reply to what caused it', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    await control(world, { before_reply: true, pay_on_create: true })
    const session = await world.payments.openCheckout(order)
    expect(world.receiver.types()).toContain('checkout.session.completed')
    expect(session.state).toBe('open')
    expect(await world.payments.readCheckout(session.id)).toMatchObject({ payment: 'paid' })
  })

  it('P22: sends an event of the other mode', async () => {
    const world = await startStripe()
    await payOnce(world)
    await expect.poll(world.receiver.types).toContain('checkout.session.completed')
    await control(world, { livemode: true })
    const [last] = world.receiver.received.slice(-1)
    expect(JSON.parse(last?.body ?? '')).toMatchObject({
      livemode: true,
      type: 'checkout.session.completed',
    })
  })

  it('shows its switches, turns them all off, and refuses what it does not know', async () => {
    const world = await startStripe()
    await control(world, { duplicate: 3, outage: '500', calls: 2 })
    const shown = await (await fetch(`${world.standIn.origin}/_control`)).json()
    expect(shown.switches).toMatchObject({ duplicate: 3, outage: '500', outageCalls: 2 })
    const reset = await (await control(world, { reset: true })).json()
    expect(reset.switches).toMatchObject({ duplicate: 0, outage: null })
    expect((await control(world, { explode: true })).status).toBe(400)
    expect((await control(world, 'text')).status).toBe(400)
    expect((await control(world, { redeliver: 'evt_nothing' })).status).toBe(404)
  })
})
