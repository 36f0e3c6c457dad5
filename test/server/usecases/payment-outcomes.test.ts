/** Everything that is not a plain card payment: declines, 3-D Secure, bank debits, cancels, late and wrong money. */
import { eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mails, operatorTasks, orders, payments } from '../../../server/db/schema.ts'
import { DR_AUTO, DR_MONTHLY, refusalOf } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { CARDS } from '../../support/payment-page.ts'
import { deliver, eventOf } from '../../support/provider-events.ts'
import { bareSdk } from '../../support/stripe.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
let stripe: Stripe
beforeAll(async () => {
  center = await startTestSystem()
  stripe = bareSdk(center.system.stripe.origin)
})
afterAll(() => center.remove())

async function tasksOf(orderId: string): Promise<string[]> {
  const { orm } = center.system.deps.db
  const rows = await orm.select().from(operatorTasks).where(eq(operatorTasks.reference, orderId))
  return rows.map(({ kind }) => kind)
}

async function mailsOf(orderId: string): Promise<string[]> {
  const { orm } = center.system.deps.db
  const rows = await orm.select().from(mails).where(eq(mails.reference, orderId))
  return rows.map(({ kind }) => kind).toSorted()
}

/** Does it while no webhook gets through. */
async function withoutWebhooks(act: () => Promise<unknown>): Promise<void> {
  await center.system.stripe.control({ drop: 1 })
  await act()
  await center.told()
  await center.system.stripe.control({ drop: 0 })
}

/** A page of our account that names our order, and asks for something else. */
async function handMadePage(orderId: string, amount: number, currency = 'usd') {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    client_reference_id: orderId,
    metadata: { order_id: orderId },
    payment_intent_data: { metadata: { order_id: orderId } },
    line_items: [
      { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: 'x' } } },
    ],
    success_url: center.system.origin,
  })
}

async function payAt(page: Stripe.Checkout.Session): Promise<void> {
  await center.pay({ payment_url: page.url })
  await center.told()
}

describe('a card', () => {
  it('that is declined leaves the order open with the reason, and a good one pays it', async () => {
    const buyer = center.as('recover', 'declined')
    const order = await buyer.buy(DR_MONTHLY)
    expect((await center.pay(order, CARDS.declined)).status).toBe(402)
    const declined = await buyer.follow(order.id, 5)
    expect(declined).toMatchObject({ state: 'pending', failure: { code: 'generic_decline' } })
    expect(declined.payment_url).toBe(order.payment_url)
    await center.pay(order)
    const paid = await buyer.follow(order.id, 5)
    expect(paid).toMatchObject({ state: 'fulfilled', failure: null })
    expect(await mailsOf(order.id)).toEqual(['order.confirmation'])
  })

  it('that asks for 3-D Secure pays once its bank is answered', async () => {
    const buyer = center.as('recover', 'secure')
    const order = await buyer.buy(DR_AUTO)
    await center.pay(order, CARDS.threeDSecure)
    await center.complete3ds(order, 'fail')
    await center.told()
    expect((await buyer.follow(order.id)).state).toBe('pending')
    await center.pay(order, CARDS.threeDSecure)
    await center.complete3ds(order)
    expect((await buyer.follow(order.id, 5)).state).toBe('fulfilled')
  })
})

describe('P08, P10: a bank debit', () => {
  it('is processing without a license until it settles, and then starts at the settlement', async () => {
    const buyer = center.as('recover', 'debit')
    const order = await buyer.buy(DR_MONTHLY)
    await center.payByBank(order)
    const processing = await buyer.follow(order.id, 5)
    expect(processing).toMatchObject({ state: 'processing', licenses: [], payment_url: null })
    expect((await buyer.licenses()).count).toBe(0)
    expect((await refusalOf(buyer.cancel(order.id))).problem.code).toBe('order.not_cancelable')
    const { clock } = center.system
    clock.moveTo(clock.now().add({ hours: 50 }))
    await center.system.stripe.settleDue()
    const paid = await buyer.follow(order.id, 5)
    expect(paid.state).toBe('fulfilled')
    const waitedMs = Date.parse(paid.paid_at ?? '') - Date.parse(paid.created_at)
    expect(waitedMs).toBeGreaterThan(49 * 3_600_000)
    expect((await buyer.licenses()).data[0]?.activated_at).toBe(paid.paid_at)
    expect(await mailsOf(order.id)).toEqual(['order.confirmation', 'order.processing'])
  })

  it('that fails closes the order and says so by mail', async () => {
    const buyer = center.as('recover', 'debit-fails')
    const order = await buyer.buy(DR_MONTHLY)
    await center.payByBank(order)
    await buyer.follow(order.id, 5)
    await center.system.stripe.control({ settle: 'fail' })
    const failed = await buyer.follow(order.id)
    expect(failed).toMatchObject({ state: 'failed', licenses: [] })
    expect(failed.failure?.message).not.toBe('')
    expect(await mailsOf(order.id)).toEqual(['order.payment_failed', 'order.processing'])
  })
})

describe('canceling', () => {
  it('S15: closes the page, so that nothing can be charged any more', async () => {
    const buyer = center.as('recover', 'cancels')
    const order = await buyer.buy(DR_MONTHLY)
    expect(await buyer.cancel(order.id)).toMatchObject({ state: 'canceled', payment_url: null })
    expect((await center.pay(order)).status).toBe(410)
    expect((await buyer.cancel(order.id)).state).toBe('canceled')
    expect((await buyer.licenses()).count).toBe(0)
  })

  it('after the payment answers that it is being completed, and the license is there', async () => {
    const buyer = center.as('recover', 'too-late')
    const order = await buyer.buy(DR_MONTHLY)
    await withoutWebhooks(() => center.pay(order))
    const refusal = await refusalOf(buyer.cancel(order.id))
    expect([refusal.problem.status, refusal.problem.code]).toEqual([409, 'order.completing'])
    expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
  })

  it('while paying ends in exactly one of both', async () => {
    for (let round = 0; round < 5; round++) {
      const buyer = center.as('recover', `race-${round}`)
      const order = await buyer.buy(DR_MONTHLY)
      await Promise.allSettled([center.pay(order), buyer.cancel(order.id)])
      await center.told()
      const after = await buyer.follow(order.id)
      expect(['fulfilled', 'canceled']).toContain(after.state)
    }
    await expectInvariants(center.system)
  })
})

describe('money that comes late', () => {
  it('P17: after the customer canceled goes to review, and is shown as received', async () => {
    const buyer = center.as('recover', 'late-cancel')
    const order = await buyer.buy(DR_MONTHLY)
    await buyer.cancel(order.id)
    await payAt(await handMadePage(order.id, 37_500))
    const late = await buyer.follow(order.id)
    expect(late).toMatchObject({ state: 'review', payment_received: true, licenses: [] })
    expect(await tasksOf(order.id)).toEqual(['order.late_after_cancel'])
    expect(await mailsOf(order.id)).toEqual(['order.review'])
  })

  it('P17: in time on our page, though we had marked the order expired, is fulfilled', async () => {
    const buyer = center.as('recover', 'late-success')
    const order = await buyer.buy(DR_MONTHLY)
    await withoutWebhooks(() => center.pay(order))
    await markExpired(order.id)
    const event = await eventOf(center.system, order.id, 'checkout.session.completed')
    await deliver(center.system, event)
    const late = await buyer.follow(order.id)
    expect(late).toMatchObject({ state: 'fulfilled', payment_received: false })
    expect(late.licenses).toHaveLength(2)
  })

  /** As a sweep would that could not see the page: its row is put where it was before. */
  async function markExpired(orderId: string): Promise<void> {
    await center.system.deps.db.client.execute({
      sql: `UPDATE orders SET state = 'expired', sweep_at = NULL WHERE id = ?`,
      args: [orderId],
    })
  }
})

describe('money that is not right', () => {
  it.each([
    { why: 'a cent less', amount: 37_499, currency: 'usd', reason: 'amount_mismatch' },
    { why: 'another currency', amount: 37_500, currency: 'eur', reason: 'currency_mismatch' },
  ])('P14: $why goes to review with an operator task and no license', async (given) => {
    const buyer = center.as('recover', `p14-${given.reason}`)
    const order = await buyer.buy(DR_MONTHLY)
    await payAt(await handMadePage(order.id, given.amount, given.currency))
    const after = await buyer.follow(order.id)
    expect(after).toMatchObject({ state: 'review', payment_received: true, licenses: [] })
    expect(await tasksOf(order.id)).toEqual([`order.${given.reason}`])
    expect((await buyer.licenses()).count).toBe(0)
  })

  it('P09: a second payment of one order becomes an operator task, never a second license', async () => {
    const buyer = center.as('recover', 'p09-twice')
    const order = await buyer.buy(DR_MONTHLY)
    const second = await handMadePage(order.id, 37_500)
    await center.pay(order)
    await payAt(second)
    const after = await buyer.follow(order.id)
    expect(after.licenses).toHaveLength(2)
    expect(await tasksOf(order.id)).toEqual(['order.second_payment'])
    const { orm } = center.system.deps.db
    const rows = await orm.select().from(payments)
    const own = rows.filter(({ orderId }) => orderId === order.id)
    expect(own.map(({ state, attempt }) => [state, attempt])).toEqual([
      ['paid', 1],
      ['paid', 2],
    ])
    await expectInvariants(center.system)
  })

  it('P09: a second page that is handed in while the first is open does not stop the webhooks', async () => {
    const buyer = center.as('recover', 'p09-debit')
    const order = await buyer.buy(DR_MONTHLY)
    const second = await handMadePage(order.id, 37_500)
    await center.payByBank({ payment_url: second.url })
    const event = await eventOf(center.system, order.id, 'checkout.session.completed')
    expect((await deliver(center.system, event)).status).toBe(200)
    expect((await buyer.follow(order.id)).state).toBe('processing')
    await center.system.stripe.control({ settle: 'succeed' })
    expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
  })
})

it('P09: two orders of two tabs are two orders, each with its own licenses', async () => {
  const buyer = center.as('recover', 'two-tabs')
  const both = [await buyer.buy(DR_MONTHLY), await buyer.buy(DR_MONTHLY)]
  await Promise.all(both.map((order) => center.pay(order)))
  for (const { id } of both) expect((await buyer.follow(id, 5)).licenses).toHaveLength(2)
  expect((await buyer.licenses()).count).toBe(4)
  const { orm } = center.system.deps.db
  const states = await orm.select({ state: orders.state }).from(orders)
  expect(states.map(({ state }) => state)).not.toContain('paid')
})
