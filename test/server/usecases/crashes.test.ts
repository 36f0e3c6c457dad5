/** C01: the process dies before or after any call of a command, and the command is repeated. */
import { eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../server/app.ts'
import { journal, orders } from '../../../server/db/schema.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { DR_MONTHLY } from '../../support/buyer.ts'
import { mortal, type Death } from '../../support/faulty-deps.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { deliver, eventOf, holdWebhooks } from '../../support/provider-events.ts'
import { bareSdk } from '../../support/stripe.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
let stripe: Stripe
beforeAll(async () => {
  center = await startTestSystem()
  stripe = bareSdk(center.system.stripe.origin)
  await holdWebhooks(center.system)
})
afterAll(() => center.remove())

const LONGEST = 12

/** Runs the act once with every death, until one comes after its last call. */
async function withEveryDeath(act: (death: Death, name: string) => Promise<number>) {
  for (const when of ['before', 'after'] as const) {
    for (let atCall = 1; atCall <= LONGEST; atCall++) {
      const calls = await act({ atCall, when }, `${when}-${atCall}`)
      if (calls < atCall) break
      expect(atCall, 'calls of one command').toBeLessThan(LONGEST)
    }
  }
}

/** A server of its own on the same database and provider, which dies as given. */
function dyingServer(death: Death) {
  const { deps, calls } = mortal(center.system.deps, death)
  const app = createApp(deps)
  return { calls, deps, fetch: (request: Request) => app.fetch(request) }
}

/** Pages that the provider opened for that order, under whatever circumstances. */
async function pagesOf(orderId: string): Promise<number> {
  const { data } = await stripe.checkout.sessions.list({ limit: 100 })
  return data.filter((page) => page.client_reference_id === orderId).length
}

async function ordersOf(quoteId: string): Promise<number> {
  const { orm } = center.system.deps.db
  const rows = await orm.select({ quoteId: orders.quoteId }).from(orders)
  return rows.filter((row) => row.quoteId === quoteId).length
}

describe('C01: a process that dies', () => {
  it('while an order is placed leaves at most one order and one page, and a repeat completes it', async () => {
    await withEveryDeath(async (death, name) => {
      const buyer = center.as('recover', `place-${name}`)
      const quote = await buyer.quote(DR_MONTHLY)
      const server = dyingServer(death)
      const dying = center.as('recover', `place-${name}`, {}, server.fetch)
      await dying.order(quote).catch(() => {})
      const order = await buyer.order(quote)
      expect(order.payment_url, name).not.toBeNull()
      expect([await ordersOf(quote.id), await pagesOf(order.id)], name).toEqual([1, 1])
      await center.pay(order)
      await deliver(center.system, await eventOf(center.system, order.id, COMPLETED))
      expect((await buyer.follow(order.id)).licenses, name).toHaveLength(2)
      return server.calls()
    })
    await expectInvariants(center.system)
  })

  it('while a webhook is handled answers 5xx or has done all, and a repeat fulfils once', async () => {
    await withEveryDeath(async (death, name) => {
      const buyer = center.as('recover', `webhook-${name}`)
      const order = await buyer.buy(DR_MONTHLY)
      await center.pay(order)
      const event = await eventOf(center.system, order.id, COMPLETED)
      const server = dyingServer(death)
      const answer = await deliver(center.system, event, server.fetch)
      const state = (await buyer.follow(order.id)).state
      if (answer.ok) expect(state, name).toBe('fulfilled')
      else expect(answer.status, name).toBeGreaterThanOrEqual(500)
      expect((await deliver(center.system, event)).status, name).toBe(200)
      expect((await buyer.follow(order.id)).licenses, name).toHaveLength(2)
      return server.calls()
    })
    await expectInvariants(center.system)
  })

  it('while an order is canceled cancels it or not, and a repeat does', async () => {
    await withEveryDeath(async (death, name) => {
      const buyer = center.as('recover', `cancel-${name}`)
      const order = await buyer.buy(DR_MONTHLY)
      const server = dyingServer(death)
      const dying = center.as('recover', `cancel-${name}`, {}, server.fetch)
      await dying.cancel(order.id).catch(() => {})
      expect((await buyer.cancel(order.id)).state, name).toBe('canceled')
      expect((await center.pay(order)).status, name).toBe(410)
      return server.calls()
    })
    await expectInvariants(center.system)
  })

  it('while the sweep fulfils leaves the order to the next run', async () => {
    const { clock } = center.system
    for (const when of ['before', 'after'] as const) {
      for (let atCall = 1; atCall <= 8; atCall++) {
        const buyer = center.as('recover', `sweep-${when}-${atCall}`)
        const order = await buyer.buy(DR_MONTHLY)
        await center.pay(order)
        clock.moveTo(clock.now().add({ seconds: 61 }))
        await sweep(mortal(center.system.deps, { atCall, when }).deps).catch(() => {})
        clock.moveTo(clock.now().add({ seconds: 61 }))
        await sweep(center.system.deps)
        expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
      }
    }
    await expectInvariants(center.system)
  })
})

const COMPLETED = 'checkout.session.completed'

it('C02: a repeat after a lost reply finds what was stored, by the key of its command', async () => {
  const buyer = center.as('recover', 'lost-reply')
  const quote = await buyer.quote(DR_MONTHLY)
  const order = await buyer.order(quote)
  const { orm } = center.system.deps.db
  const entries = await orm
    .select()
    .from(journal)
    .where(eq(journal.commandKey, `order:${quote.id}`))
  expect(entries.map(({ stream }) => stream)).toEqual([`order:${order.id}`])
})
