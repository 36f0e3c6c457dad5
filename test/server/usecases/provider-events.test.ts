/** The provider's notifications, whatever copies come in whatever order and company. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mails, operatorTasks, providerEvents } from '../../../server/db/schema.ts'
import { DR_MONTHLY } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { visitReturnPage } from '../../support/payment-page.ts'
import { deliver, eventOf, eventsOf, holdWebhooks } from '../../support/provider-events.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
  await holdWebhooks(center.system)
})
afterAll(() => center.remove())

/** A paid order of a new customer that we were not told of yet. */
async function paidOrder(name: string) {
  const buyer = center.as('recover', name)
  const order = await buyer.buy(DR_MONTHLY)
  const paid = await center.pay(order)
  expect((await buyer.follow(order.id)).state).toBe('pending')
  return { buyer, order, paid }
}

async function lettersOf(orderId: string) {
  const { orm } = center.system.deps.db
  return orm.select().from(mails).where(eq(mails.reference, orderId))
}

describe('a payment', () => {
  it('P01: announced a hundred times at once by one event is one license, one mail, all 2xx', async () => {
    const { buyer, order } = await paidOrder('p01')
    const event = await eventOf(center.system, order.id, 'checkout.session.completed')
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => deliver(center.system, event)),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
    expect(await lettersOf(order.id)).toHaveLength(1)
    await expectInvariants(center.system)
  })

  it('P02: announced by different events of one fact is still one license', async () => {
    const { buyer, order } = await paidOrder('p02')
    const types = ['checkout.session.completed', 'payment_intent.succeeded']
    const events = await Promise.all(types.map((type) => eventOf(center.system, order.id, type)))
    const copies = events.map((event) => ({ ...event, id: `${event.id}_second_endpoint` }))
    await Promise.all([...events, ...copies].map((event) => deliver(center.system, event)))
    expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
    expect((await buyer.licenses()).count).toBe(2)
    await expectInvariants(center.system)
  })

  it('P02: told by the payment intent alone, without our order id, is found by its page', async () => {
    const { buyer, order } = await paidOrder('p02-intent')
    const event = await eventOf(center.system, order.id, 'payment_intent.succeeded')
    const nameless = { ...event, data: { object: { ...event.data.object, metadata: {} } } }
    expect((await deliver(center.system, nameless)).status).toBe(200)
    expect((await buyer.follow(order.id)).state).toBe('fulfilled')
  })

  it('P06, P07: told by five webhooks and five return pages at the same instant, all answered well', async () => {
    const { buyer, order, paid } = await paidOrder('p06')
    const event = await eventOf(center.system, order.id, 'checkout.session.completed')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => [
        deliver(center.system, event),
        visitReturnPage(paid),
      ]).flat(),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
    await expectInvariants(center.system)
  })

  it('P07: is fulfilled by the return page alone', async () => {
    const { buyer, order, paid } = await paidOrder('p07')
    const page = await visitReturnPage(paid)
    expect(page.status).toBe(200)
    expect((await buyer.follow(order.id)).state).toBe('fulfilled')
  })
})

describe('P05: a webhook that is faster than our own row', () => {
  it('of the payment page fulfils the order, and placing it answers with the licenses', async () => {
    const { stripe } = center.system
    const buyer = center.as('recover', 'p05')
    await stripe.control({ reset: true, pay_on_create: true, before_reply: true })
    const order = await buyer.buy(DR_MONTHLY).finally(() => holdAgain())
    expect(order).toMatchObject({ state: 'fulfilled', payment_url: null })
    expect(order.licenses).toHaveLength(2)
    await expectInvariants(center.system)
  })

  it('of an order that is not stored yet is kept, and the sweep acts on it later', async () => {
    const { buyer, order } = await paidOrder('p05-order')
    const event = await eventOf(center.system, order.id, 'checkout.session.completed')
    const stranger = 'ord_01h455vb4pex5vsknk084sn02q'
    const early = JSON.parse(JSON.stringify(event).replaceAll(order.id, stranger))
    expect((await deliver(center.system, early)).status).toBe(200)
    const { orm } = center.system.deps.db
    const stored = () => orm.select().from(providerEvents).where(eq(providerEvents.id, event.id))
    expect(await stored()).toMatchObject([{ handledAt: null, outcome: 'unknown_order' }])
    expect((await deliver(center.system, early)).status).toBe(200)
    await center.system.advance('PT20M')
    expect(await stored()).toMatchObject([{ handledAt: null, sweepAt: null, attempts: 9 }])
    const tasks = await orm
      .select()
      .from(operatorTasks)
      .where(eq(operatorTasks.reference, event.id))
    expect(tasks.map(({ kind }) => kind)).toEqual(['provider_event.unhandled'])
    expect((await buyer.follow(order.id)).state).toBe('fulfilled')
  })

  async function holdAgain(): Promise<void> {
    await center.system.stripe.control({ reset: true, drop: 1 })
  }
})

describe('P22: an event of another world', () => {
  it('in live mode is accepted, and never applied', async () => {
    const { buyer, order } = await paidOrder('p22')
    const event = await eventOf(center.system, order.id, 'checkout.session.completed')
    const answer = await deliver(center.system, { ...event, livemode: true })
    expect([answer.status, (await answer.json()).outcome]).toEqual([200, 'other_mode'])
    expect((await buyer.follow(order.id)).state).toBe('pending')
    expect(center.logs.map((entry) => entry.event)).toContain('webhook.other_mode')
    await deliver(center.system, event)
  })

  it('about a page that our account does not have does not expire the order: our own page decides', async () => {
    const { buyer, order } = await paidOrder('p22-account')
    const event = await eventOf(center.system, order.id, 'checkout.session.completed')
    const elsewhere = JSON.stringify({ ...event, id: 'evt_elsewhere', account: 'acct_other' })
    const text = elsewhere.replaceAll(/cs_test_\w+/g, 'cs_test_of_another_account')
    const { clock } = center.system
    clock.moveTo(clock.now().add({ minutes: 36 }))
    expect((await deliver(center.system, text)).status).toBe(200)
    expect((await buyer.follow(order.id)).state).toBe('fulfilled')
  })
})

it('every event of a purchase is answered 2xx, also those that concern us in nothing', async () => {
  const { order } = await paidOrder('all-events')
  for (const event of await eventsOf(center.system, order.id)) {
    expect((await deliver(center.system, { ...event })).status, event.type).toBe(200)
  }
  await expectInvariants(center.system)
})
