import { Hono } from 'hono'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { idempotency } from '../../../demo/stripe/idempotency.ts'
import { anOrder, bareSdk, SECRET_KEY, startStripe, submit } from '../../support/stripe.ts'

/** A request as Stripe wants it, in the parameters of the wire. */
async function aSession(world: Awaited<ReturnType<typeof startStripe>>) {
  const customer = (await world.stripe.customers.create({ email: 'buyer@acme.example' })).id
  return {
    mode: 'payment' as const,
    customer,
    line_items: [
      {
        quantity: 5,
        price_data: { currency: 'usd', unit_amount: 7500, product_data: { name: 'DR License' } },
      },
    ],
    success_url: 'http://localhost/paid?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost/canceled',
  }
}

function post(origin: string, path: string, body: string, headers: Record<string, string> = {}) {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const authorization = { Authorization: `Bearer ${SECRET_KEY}` }
  return fetch(`${origin}${path}`, {
    method: 'POST',
    body,
    headers: { ...type, ...authorization, ...headers },
  })
}

describe('the API answers as Stripe does', () => {
  it('with objects that the SDK knows', async () => {
    const world = await startStripe()
    const params = await aSession(world)
    const session = await world.stripe.checkout.sessions.create(params)
    expect(session).toMatchObject({
      object: 'checkout.session',
      livemode: false,
      mode: 'payment',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      amount_subtotal: 37500,
      amount_total: 37500,
      currency: 'usd',
    })
    expect(session.id).toMatch(/^cs_test_\w{58}$/)
    expect(session.expires_at - session.created).toBe(24 * 60 * 60)
    expect(session).not.toHaveProperty('lines')
  })

  it('with a request id', async () => {
    const { standIn } = await startStripe()
    const reply = await post(standIn.origin, '/v1/customers', 'email=a%40b.example')
    expect(reply.headers.get('Request-Id')).toMatch(/^req_/)
  })

  it('with the error types that the SDK throws', async () => {
    const { stripe, standIn } = await startStripe()
    await expect(stripe.checkout.sessions.retrieve('cs_test_1')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'id',
    })
    const { hostname: host, port } = new URL(standIn.origin)
    const stranger = new Stripe('sk_live_1', { host, port, protocol: 'http' })
    await expect(stranger.customers.list()).rejects.toBeInstanceOf(
      Stripe.errors.StripeAuthenticationError,
    )
    await expect(stripe.coupons.list()).rejects.toMatchObject({ statusCode: 404 })
  })

  it('with objects in place of ids where they are expanded, four levels deep', async () => {
    const world = await startStripe()
    const session = await world.stripe.checkout.sessions.create(await aSession(world))
    await submit(session.url)
    const path = 'data.payment_intent.latest_charge.balance_transaction'
    const list = await world.stripe.checkout.sessions.list({ expand: [path, 'data.line_items'] })
    expect(list.data[0]).toMatchObject({
      line_items: { data: [{ description: 'DR License', quantity: 5, amount_total: 37500 }] },
      payment_intent: { latest_charge: { balance_transaction: { amount: 37500 } } },
    })
    const tooDeep = { expand: ['data.payment_intent.latest_charge.balance_transaction.source'] }
    await expect(world.stripe.checkout.sessions.list(tooDeep)).rejects.toThrow(/4 levels/)
    await expect(
      world.stripe.checkout.sessions.retrieve(session.id, { expand: ['currency'] }),
    ).rejects.toThrow('This property cannot be expanded (currency).')
  })

  it('with pages, newest first', async () => {
    const { stripe } = await startStripe()
    const made: string[] = []
    for (const name of ['a', 'b', 'c']) made.unshift((await stripe.customers.create({ name })).id)
    const first = await stripe.customers.list({ limit: 2 })
    expect(first.has_more).toBe(true)
    const all = await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 10 })
    expect(all.map(({ id }) => id)).toEqual(made)
  })
})

describe('the API refuses', () => {
  it.each<{ why: string; change: object; code?: string; param?: string }>([
    { why: 'an unknown parameter', change: { tip: '5' }, code: 'parameter_unknown', param: 'tip' },
    {
      why: 'an unknown parameter deep inside',
      change: { payment_intent_data: { setup_future: 'x' } },
      code: 'parameter_unknown',
      param: 'payment_intent_data[setup_future]',
    },
    { why: 'a missing URL', change: { success_url: undefined }, code: 'parameter_missing' },
    { why: 'missing lines', change: { line_items: undefined }, param: 'line_items' },
    { why: 'a bad URL', change: { success_url: 'paid' }, code: 'url_invalid' },
    { why: 'an unknown word', change: { submit_type: 'rent' }, param: 'submit_type' },
    { why: 'an unknown customer', change: { customer: 'cus_1' }, code: 'resource_missing' },
    { why: 'an empty value', change: { locale: '' }, code: 'parameter_invalid_empty' },
  ])('$why', async ({ change, code, param }) => {
    const world = await startStripe()
    const params = { ...(await aSession(world)), ...change }
    await expect(world.stripe.checkout.sessions.create(params)).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      statusCode: 400,
      ...(code === undefined ? {} : { code }),
      ...(param === undefined ? {} : { param }),
    })
  })

  it.each([
    { expiresIn: 29 * 60 + 59, isTaken: false },
    { expiresIn: 30 * 60, isTaken: true },
    { expiresIn: 24 * 60 * 60, isTaken: true },
    { expiresIn: 24 * 60 * 60 + 1, isTaken: false },
  ])('a page that closes after $expiresIn s, unless $isTaken', async ({ expiresIn, isTaken }) => {
    const world = await startStripe()
    const expires_at = world.clock.now().epochMilliseconds / 1000 + expiresIn
    const params = { ...(await aSession(world)), expires_at }
    const created = world.stripe.checkout.sessions.create(params)
    if (isTaken) expect((await created).expires_at).toBe(expires_at)
    else await expect(created).rejects.toMatchObject({ param: 'expires_at' })
  })

  it.each([
    { currency: 'usd', amount: 49, code: 'amount_too_small' },
    { currency: 'usd', amount: 100_000_000, code: 'amount_too_large' },
    { currency: 'kwd', amount: 5124, code: 'amount_invalid' },
    { currency: 'isk', amount: 12_345, code: 'amount_invalid' },
  ])('P15: a total of $amount $currency', async ({ currency, amount, code }) => {
    const world = await startStripe()
    const price_data = { currency, unit_amount: amount, product_data: { name: 'DR License' } }
    const params = { ...(await aSession(world)), line_items: [{ quantity: 1, price_data }] }
    await expect(world.stripe.checkout.sessions.create(params)).rejects.toMatchObject({ code })
  })

  it('to expire what is complete', async () => {
    const world = await startStripe()
    const session = await world.payments.openCheckout(await anOrder(world))
    await submit(session.url)
    await expect(world.stripe.checkout.sessions.expire(session.id)).rejects.toThrow(
      /status of complete/,
    )
  })
})

describe('Idempotency-Key', () => {
  const key = { 'Idempotency-Key': 'once' }

  it('answers a repeat with the first answer, and says so', async () => {
    const { standIn } = await startStripe()
    const first = await post(standIn.origin, '/v1/customers', 'name=Acme', key)
    const again = await post(standIn.origin, '/v1/customers', 'name=Acme', key)
    expect(first.headers.get('Idempotent-Replayed')).toBeNull()
    expect(again.headers.get('Idempotent-Replayed')).toBe('true')
    expect(await again.text()).toBe(await first.text())
  })

  it('refuses the same key with other parameters, or on another path', async () => {
    const { standIn } = await startStripe()
    await post(standIn.origin, '/v1/customers', 'name=Acme', key)
    for (const [path, body] of [
      ['/v1/customers', 'name=Other'],
      ['/v1/checkout/sessions', 'name=Acme'],
    ] as const) {
      const reply = await post(standIn.origin, path, body, key)
      expect(reply.status).toBe(400)
      expect(await reply.json()).toMatchObject({ error: { type: 'idempotency_error' } })
    }
  })

  it('lets one of two at once through', async () => {
    const { clock } = await startStripe()
    let end = () => {}
    const work = new Promise<void>((resolve) => (end = resolve))
    const app = new Hono().post('/', idempotency(clock), async (c) => {
      await work
      return c.text('done')
    })
    app.onError((error, c) => c.text(error.message, 409))
    const send = () => app.request('/', { method: 'POST', body: 'a=1', headers: key })
    const first = send()
    const second = await send()
    expect(second.status).toBe(409)
    expect(await second.text()).toContain('another in-progress request')
    end()
    expect(await (await first).text()).toBe('done')
    expect((await send()).headers.get('Idempotent-Replayed')).toBe('true')
  })

  it('is not used up by a request that was refused', async () => {
    const { standIn } = await startStripe()
    expect((await post(standIn.origin, '/v1/customers', 'nmae=Acme', key)).status).toBe(400)
    expect((await post(standIn.origin, '/v1/customers', 'name=Acme', key)).status).toBe(200)
  })

  it('is forgotten after 24 hours', async () => {
    const { standIn, clock } = await startStripe()
    const first = await (await post(standIn.origin, '/v1/customers', 'name=Acme', key)).json()
    clock.advance('P1D')
    const next = await (await post(standIn.origin, '/v1/customers', 'name=Acme', key)).json()
    expect(next.id).not.toBe(first.id)
  })
})

describe('memory', () => {
  it('survives a restart when it has a file', async () => {
    const dataFile = `${await mkdtemp(`${tmpdir()}/stripe-`)}/stripe.json`
    const first = await startStripe({ dataFile })
    const order = await anOrder(first)
    const session = await first.payments.openCheckout(order)
    await first.standIn.close()
    const second = await startStripe({ dataFile })
    const again = bareSdk(second.standIn.origin)
    expect(await again.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open' })
    expect((await again.customers.retrieve(order.providerCustomer)).id).toBe(order.providerCustomer)
  })
})
