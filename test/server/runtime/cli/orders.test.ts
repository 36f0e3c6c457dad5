import { eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../../../../server/db/commit.ts'
import { licenses, operatorTasks } from '../../../../server/db/schema.ts'
import type { Order } from '../../../../server/contract/orders.ts'
import { DR_MONTHLY } from '../../../support/buyer.ts'
import { openCommandLine, type CommandLine } from '../../../support/command-line.ts'
import { environmentOf, operatorLine } from '../../../support/operator-line.ts'
import { licenseIdOf } from '../../../support/renewing.ts'
import { bareSdk } from '../../../support/stripe.ts'
import { startTestSystem, type TestSystem } from '../../../support/system.ts'

const BECAUSE = ['--reason', 'Checked with the bank', '--as', 'mia'] as const

let center: TestSystem
let line: CommandLine
beforeAll(async () => {
  center = await startTestSystem()
})
beforeEach(async () => {
  line = await operatorLine(center)
})
afterAll(() => center.remove())

/** An order of five DR licenses for which one dollar more than its price was paid. */
async function orderInReview(customer: string): Promise<Order> {
  const order = await center.as('recover', customer).buy(DR_MONTHLY)
  const page = await bareSdk(center.system.stripe.origin).checkout.sessions.create({
    mode: 'payment',
    client_reference_id: order.id,
    metadata: { order_id: order.id },
    payment_intent_data: { metadata: { order_id: order.id } },
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'usd', unit_amount: 37_600, product_data: { name: 'x' } },
      },
    ],
    success_url: center.system.origin,
  })
  await center.pay({ payment_url: page.url })
  await center.told()
  return order
}

async function openTasks(orderId: string): Promise<string[]> {
  const { orm } = center.system.deps.db
  const tasks = await orm.select().from(operatorTasks).where(eq(operatorTasks.reference, orderId))
  return tasks.filter(({ closedAt }) => closedAt === null).map(({ kind }) => kind)
}

describe('orders review', () => {
  it('releases: licenses from the time of the decision on (R7), the task closed, the reason kept', async () => {
    const buyer = center.as('recover', 'released')
    const order = await orderInReview('released')
    await center.system.advance('P2D')
    const decidedAt: Temporal.Instant = center.system.clock.now()
    const released = await line.run('orders', 'review', order.id, '--release', ...BECAUSE, '--json')
    expect(released.error).toBe('')
    expect(released.json()).toMatchObject({ state: 'fulfilled', refund: null })
    const { licenses, state } = await buyer.follow(order.id)
    expect([state, licenses.length]).toEqual(['fulfilled', 2])
    const first = await buyer.license(licenses[0] ?? '')
    expect(Date.parse(first.activated_at)).toBeGreaterThan(decidedAt.epochMilliseconds - 2000)
    expect(await openTasks(order.id)).toEqual([])
    const shown = await line.run('orders', 'show', order.id)
    expect(shown.out).toMatch(/order\.fulfilled by operator:mia: Checked with the bank$/m)
  })

  it('cancels: no license, and a task until the money is back', async () => {
    const order = await orderInReview('sent-back')
    const canceled = await line.run('orders', 'review', order.id, '--cancel', ...BECAUSE)
    expect(canceled).toMatchObject({ exit: 0 })
    expect(canceled.out).toMatch(/is canceled\. Refund \$376\.00 in Stripe now: pi_/)
    expect((await center.as('recover', 'sent-back').licenses()).count).toBe(0)
    expect(await openTasks(order.id)).toEqual(['order.refund_due'])
    await center.system.advance('PT2H')
    expect((await line.run('orders', 'show', order.id, '--json')).json()).toMatchObject({
      state: 'canceled',
    })
  })

  it('is refused the second time, and for an order that nobody questions', async () => {
    const order = await orderInReview('twice')
    await line.run('orders', 'review', order.id, '--release', ...BECAUSE)
    const again = await line.run('orders', 'review', order.id, '--cancel', ...BECAUSE, '--json')
    expect(again.exit).toBe(1)
    expect(again.json()).toMatchObject({ error: { code: 'order.not_in_review' } })
    expect((await center.as('recover', 'twice').licenses()).count).toBe(2)
  })

  it.each([
    { args: ['--release', '--cancel', ...BECAUSE], says: 'Give either --release or --cancel.' },
    { args: [...BECAUSE], says: 'Give either --release or --cancel.' },
    { args: ['--release'], says: '--reason' },
    { args: ['--release', '--reason', ''], says: '--reason needs a value.' },
  ])('is not understood with $args', async ({ args, says }) => {
    const refused = await line.run('orders', 'review', 'ord_1', ...args)
    expect(refused).toMatchObject({ exit: 2, error: expect.stringContaining(says) })
  })
})

describe('orders list', () => {
  it('shows the queue of an operator', async () => {
    const order = await orderInReview('queued')
    const queue = await line.run('orders', 'list', '--state', 'review', '--json')
    expect(queue.json()).toMatchObject({
      orders: [{ id: order.id, state: 'review', review_reason: 'amount_mismatch', total: 37_500 }],
    })
    const text = await line.run('orders', 'list', '--limit', '1')
    expect(text.out).toContain(`${order.id}  review (amount_mismatch)  recover  $375.00`)
  })

  it('knows an order that is not there', async () => {
    expect(await line.run('orders', 'show', 'ord_1')).toMatchObject({ exit: 1 })
  })
})

describe('jobs run', () => {
  it('sweeps: what was paid while nobody listened is delivered', async () => {
    const buyer = center.as('recover', 'unheard')
    await center.system.stripe.control({ drop: 1 })
    const order = await buyer.buy(DR_MONTHLY)
    await center.pay(order)
    await center.told()
    await center.system.stripe.control({ reset: true })
    center.system.clock.moveTo(center.system.clock.now().add({ minutes: 5 }))
    const ran = await line.run('jobs', 'run', 'sweep', '--json')
    expect(ran.json()).toMatchObject({ ran: [{ job: 'sweep', handled: expect.any(Number) }] })
    expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
  })

  it('ends with 70 when a job failed, and says which', async () => {
    const away = { ...environmentOf(center), STRIPE_API_BASE: 'http://localhost:1' }
    line = await openCommandLine(away, { now: center.system.clock.now })
    const ran = await line.run('jobs', 'run', 'reconcile')
    expect(ran).toMatchObject({ exit: 70, out: 'reconcile: failed' })
    expect(ran.error).toContain('"event":"job.failed"')
  })
})

describe('doctor', () => {
  it('finds nothing to mend in a center that sells', async () => {
    // Stripe's stand-in tells the real time, whatever the demo's clock says.
    line = await openCommandLine(environmentOf(center))
    const examined = await line.run('doctor', '--json')
    expect(examined.exit, examined.out).toBe(0)
    expect(examined.json()).toMatchObject({ ok: true })
    expect((await line.run('doctor')).out).toMatch(/^ok {4}clock/m)
  })

  it('names an order that waits for a person, and what to type', async () => {
    await orderInReview('examined')
    const { out } = await line.run('doctor')
    expect(out).toMatch(
      /^look {2}tasks +\d+ wait for a person, e\.g\. .*\n +→ .*orders list --state review/m,
    )
  })
})

describe('orders refund', () => {
  async function paidOrder(name: string): Promise<Order> {
    const order = await center.as('recover', name).buy(DR_MONTHLY)
    await center.pay(order)
    await center.told()
    return order
  }

  it('R9: suggests what it would be worth before anything is given back', async () => {
    const { id } = await paidOrder('suggested')
    const buyer = center.as('recover', 'suggested')
    const [free] = (await buyer.licenses({ type: 'failback' })).data
    const whole = await line.run('orders', 'suggest-refund', id, '--json')
    expect(whole.json()).toMatchObject({ refundable: 37_500, suggested: 37_500 })
    await useUp(free?.id ?? '', 2)
    const { out } = await line.run('orders', 'suggest-refund', id)
    expect(out).toBe(
      [
        `${id}: suggested refund $195.00, at most $375.00.`,
        '  dr × 5: paid $375.00, less $180.00 used up of what came free → $195.00',
      ].join('\n'),
    )
    expect((await line.run('orders', 'suggest-refund', id, '--json')).json()).toMatchObject({
      suggested: 19_500,
      lines: [{ plan: 'dr', units: 5, paid: 37_500, consumed: 18_000, suggested: 19_500 }],
    })
    expect((await buyer.follow(id)).refunds).toEqual([])
    const unpaid = await center.as('recover', 'unpaid').buy(DR_MONTHLY)
    const none = await line.run('orders', 'suggest-refund', unpaid.id, '--json')
    expect(none.json()).toMatchObject({ refundable: 0, suggested: 0 })
    expect((await line.run('orders', 'suggest-refund', 'ord_1')).exit).toBe(1)
  })

  /** Units that were used, as the license API would leave them. */
  async function useUp(id: string, consumed: number): Promise<void> {
    const { db, now } = center.system.deps
    const theirs = eq(licenses.id, licenseIdOf(id))
    const [row] = await db.orm.select().from(licenses).where(theirs)
    const version = (row?.version ?? 0) + 1
    const entry = { type: 'license.unit_consumed', actor: 'test', productId: 'recover', data: {} }
    await commit(db, now(), {
      journal: [{ stream: `license:${id}`, version, ...entry }],
      statements: [db.orm.update(licenses).set({ consumed, version }).where(theirs)],
    })
  }

  it('R15: gives an amount back, once, and keeps the reason', async () => {
    const { id } = await paidOrder('some-back')
    const words = ['orders', 'refund', id, '--kind', 'amount', '--amount', '500', ...BECAUSE]
    const first = await line.run(...words)
    expect(first.out).toMatch(/is partially_refunded: \$5\.00 go back \(ref_\w+, succeeded\)/)
    const again = await line.run(...words, '--json')
    expect(again.json()).toMatchObject({
      state: 'partially_refunded',
      refunds: [{ kind: 'amount', amount: 500, reason: 'Checked with the bank' }],
    })
    const shown = await line.run('orders', 'show', id)
    // Who hears first that it succeeded, the command or a webhook, writes that it is refunded.
    expect(shown.out).toMatch(/order\.refund_asked by operator:mia: Checked with the bank$/m)
    expect(shown.out.match(/order\.refunded by /g)).toHaveLength(1)
  })

  it('takes a period back with its licenses', async () => {
    const { id } = await paidOrder('all-back')
    const done = await line.run('orders', 'refund', id, '--kind', 'period', ...BECAUSE)
    expect(done.out).toMatch(/is refunded: \$375\.00 go back/)
    const { data } = await center.as('recover', 'all-back').licenses()
    expect(data.map(({ status }) => status)).toEqual(['revoked', 'revoked'])
  })

  it.each([
    { why: 'a kind that there is not', words: ['--kind', 'gift'] },
    { why: 'an amount without its number', words: ['--kind', 'amount'] },
    { why: 'units of nothing', words: ['--kind', 'units', '--quantity', '2'] },
    { why: 'half a cent', words: ['--kind', 'amount', '--amount', '0.5'] },
  ])('does not understand $why', async ({ words }) => {
    const ran = await line.run('orders', 'refund', 'ord_1', ...words, ...BECAUSE)
    expect(ran.exit).toBe(2)
  })
})
