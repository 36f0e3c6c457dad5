/** The provider or the database is away for a while: nothing is lost, doubled, or said that is not true. */
import type Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../server/app.ts'
import { createStripePayments } from '../../../server/payments/stripe.ts'
import { DR_MONTHLY, refusalOf } from '../../support/buyer.ts'
import { withWeather, type Fate } from '../../support/faulty-client.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { deliver, eventOf, holdWebhooks } from '../../support/provider-events.ts'
import { bareSdk, SECRET_KEY } from '../../support/stripe.ts'
import { startTestSystem, type TestSystem, type Via } from '../../support/system.ts'

let center: TestSystem
let stripe: Stripe
/** The same server, which waits half a second for the provider instead of twenty. */
let impatient: Via
beforeAll(async () => {
  center = await startTestSystem()
  const { deps, stripe: standIn } = center.system
  stripe = bareSdk(standIn.origin)
  const payments = createStripePayments({
    secretKey: SECRET_KEY,
    webhookSecrets: [center.system.stateFile.state.webhookSecret],
    apiBase: standIn.origin,
    now: deps.now,
    timeoutMs: 500,
  })
  const app = createApp({ ...deps, payments })
  impatient = (request) => app.fetch(request)
  await holdWebhooks(center.system)
})
afterEach(() => center.system.stripe.control({ reset: true, drop: 1 }))
afterAll(() => center.remove())

async function pagesOf(orderId: string): Promise<Stripe.Checkout.Session[]> {
  const { data } = await stripe.checkout.sessions.list({ limit: 100 })
  return data.filter((page) => page.client_reference_id === orderId)
}

/** Whoever buys for the second time needs one call to open the page. */
async function knownBuyer(name: string) {
  const buyer = center.as('recover', name, {}, impatient)
  const first = await buyer.buy(DR_MONTHLY)
  await buyer.cancel(first.id)
  return buyer
}

describe('P28: the provider', () => {
  it.each(['500', '429', 'timeout', 'reset', '500_stored'] as const)(
    'answering %s keeps the order, says that nothing was charged, and a repeat opens one page',
    async (outage) => {
      const buyer = await knownBuyer(`p28-${outage}`)
      const quote = await buyer.quote(DR_MONTHLY)
      await center.system.stripe.control({ outage, calls: 20 })
      const refusal = await refusalOf(buyer.order(quote))
      expect(refusal.problem).toMatchObject({ status: 503, code: 'payment.unavailable' })
      expect(refusal.problem.detail).toContain('Nothing was charged')
      expect(Number(refusal.response.headers.get('Retry-After'))).toBeGreaterThan(0)
      await center.system.stripe.control({ outage: null })
      // A kept failure stays for a day: this order cannot be paid, another one can.
      if (outage === '500_stored') return void (await buyer.buy(DR_MONTHLY))
      const order = await buyer.order(quote)
      expect(order.payment_url).not.toBeNull()
      expect(await pagesOf(order.id)).toHaveLength(1)
      await center.pay(order)
      await deliver(
        center.system,
        await eventOf(center.system, order.id, 'checkout.session.completed'),
      )
      expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
    },
  )

  it('being back after ten minutes still opens a page, that stays open long enough', async () => {
    const buyer = await knownBuyer('p28-later')
    const quote = await buyer.quote(DR_MONTHLY)
    await center.system.stripe.control({ outage: '500', calls: 20 })
    await refusalOf(buyer.order(quote))
    await center.system.stripe.control({ outage: null })
    const { clock } = center.system
    clock.moveTo(clock.now().add({ minutes: 10 }))
    const order = await buyer.order(quote)
    const [page] = await pagesOf(order.id)
    expect(order.payment_url).toBe(page?.url)
    expect(Date.parse(order.expires_at) / 1000).toBe(page?.expires_at)
  })

  it('being away while we cancel changes nothing, and is said', async () => {
    const buyer = await knownBuyer('p28-cancel')
    const order = await buyer.buy(DR_MONTHLY)
    await center.system.stripe.control({ outage: '500', calls: 20 })
    expect((await refusalOf(buyer.cancel(order.id))).problem.code).toBe('payment.unavailable')
    expect((await buyer.follow(order.id)).state).toBe('pending')
    await center.system.stripe.control({ outage: null })
    expect((await buyer.cancel(order.id)).state).toBe('canceled')
  })

  it('being away while a webhook is handled is a 5xx, and the next delivery heals it', async () => {
    const buyer = await knownBuyer('p28-webhook')
    const order = await buyer.buy(DR_MONTHLY)
    await center.pay(order)
    const event = await eventOf(center.system, order.id, 'checkout.session.completed')
    await center.system.stripe.control({ outage: '500', calls: 20 })
    expect((await deliver(center.system, event, impatient)).status).toBe(503)
    await center.system.stripe.control({ outage: null })
    expect((await deliver(center.system, event)).status).toBe(200)
    expect((await buyer.follow(order.id)).state).toBe('fulfilled')
  })
})

describe('P26: the database', () => {
  it.each<Fate>(['busy', 'request lost'])(
    'failing as “%s” makes a webhook 5xx, never 200-then-lost',
    async (fate) => {
      const buyer = center.as('recover', `p26-${fate.replace(' ', '-')}`)
      const order = await buyer.buy(DR_MONTHLY)
      await center.pay(order)
      const event = await eventOf(center.system, order.id, 'checkout.session.completed')
      const { deps } = center.system
      const { db } = withWeather(deps.db.client, () => fate)
      const app = createApp({ ...deps, db, sleep: async () => {}, log: () => {} })
      const answer = await deliver(center.system, event, (request) => app.fetch(request))
      expect(answer.status).toBeGreaterThanOrEqual(500)
      expect((await buyer.follow(order.id)).state).toBe('pending')
      expect((await deliver(center.system, event)).status).toBe(200)
      expect((await buyer.follow(order.id)).state).toBe('fulfilled')
    },
  )

  it.each<Fate>(['busy', 'reply lost', 'request lost'])(
    'C02: failing as “%s” now and then, every other call, is not noticed by anybody',
    async (fate) => {
      const { deps } = center.system
      const { db } = withWeather(deps.db.client, (call) => (call % 3 === 2 ? fate : 'fine'))
      const app = createApp({ ...deps, db, sleep: async () => {}, log: () => {} })
      const name = `c02-${fate.replace(' ', '-')}`
      const quote = await center.as('recover', name).quote(DR_MONTHLY)
      const rained = center.as('recover', name, {}, (request) => app.fetch(request))
      const orders = await Promise.all([rained.order(quote), rained.order(quote)].map(settled))
      const ids = new Set(orders.flatMap((order) => order?.id ?? []))
      expect(ids.size).toBeLessThanOrEqual(1)
      const order = await center.as('recover', name).order(quote)
      expect(await pagesOf(order.id)).toHaveLength(1)
    },
  )
})

it('everything that went wrong above has left the invariants whole', async () => {
  await expectInvariants(center.system)
})

function settled<T>(promise: Promise<T>): Promise<T | null> {
  return promise.catch(() => null)
}
