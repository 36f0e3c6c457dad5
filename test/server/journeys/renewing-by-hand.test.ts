/**
 * What customers do with renewals, from the price that is shown to the receipt, without a browser:
 * the total is the same everywhere (S48, S49, R10, R13, R15, R16).
 */
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { Order } from '../../../server/contract/orders.ts'
import { isId } from '../../../server/domain/ids.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { refundOrder } from '../../../server/usecases/refund-order.ts'
import { DR_MONTHLY, type Buyer } from '../../support/buyer.ts'
import { expectOneTotal, receiptOf } from '../../support/receipts.ts'
import { bought, month, paid } from '../../support/renewing.ts'
import { startTestSystem } from '../../support/system.ts'
import { useCenter } from '../../support/use-center.ts'

const center = useCenter(() => startTestSystem({ startsAt: '2027-01-31T16:55:10Z' }))

const later = (hours: number) => {
  const { clock } = center.system
  clock.moveTo(clock.now().add({ hours }))
}

/** Shown, ordered, paid, receipted. */
async function renewed(buyer: Buyer, id: string): Promise<Order> {
  const quote = await buyer.price(month(id))
  const order = await paid(center, buyer, quote)
  await expectOneTotal(center, quote.total, order)
  return order
}

async function renewedThrice(name: string) {
  const buyer = center.as('recover', name)
  const id = await bought(center, buyer)
  const ends = [(await buyer.license(id)).expires_at]
  const orders: Order[] = []
  for (let time = 0; time < 3; time++) {
    orders.push(await renewed(buyer, id))
    ends.push((await buyer.license(id)).expires_at)
  }
  return { buyer, id, ends, orders }
}

const endOf = async (buyer: Buyer, id: string) => (await buyer.license(id)).expires_at

describe('the second of three renewals', () => {
  it('is given back: its month goes, the third stays, and only its receipt says so', async () => {
    const { buyer, id, ends, orders } = await renewedThrice('second-of-three')
    const [first, second, third] = orders
    if (!first || !second || !third || !isId('ord', second.id)) throw new Error('three orders')
    await refundOrder(center.system.deps, second.id, {
      kind: 'period',
      lines: null,
      amount: null,
      reason: 'one month too many',
      actor: 'operator:test',
      scope: null,
    })
    expect(await endOf(buyer, id)).toBe(ends[2])
    const given = await receiptOf(await buyer.follow(second.id))
    expect([given.charged, given.refunded, given.kept]).toEqual([[37_500], [-37_500], 0])
    for (const order of [first, third]) {
      expect((await receiptOf(await buyer.follow(order.id))).refunded).toEqual([])
    }
    const back = center.system.stripe.truth.refunds().filter((it) => it.orderId === second.id)
    expect(back.map(({ amount }) => amount)).toEqual([37_500])
    expect(await buyer.follow(second.id)).toMatchObject({ state: 'refunded' })
    await renewed(buyer, id)
    expect(await endOf(buyer, id)).toBe(ends[3])
  })
})

describe('a disputed renewal', () => {
  async function disputed(name: string) {
    const buyer = center.as('recover', name)
    const id = await bought(center, buyer)
    const before = await endOf(buyer, id)
    const order = await renewed(buyer, id)
    await center.system.stripe.control({ dispute: { order: order.id } })
    await center.told()
    return { buyer, id, before, order, after: await endOf(buyer, id) }
  }
  const decided = async (order: Order, status: 'won' | 'lost') => {
    await center.system.stripe.control({ close_dispute: { order: order.id, status } })
    await center.told()
  }

  it('that is won is as if nothing had been', async () => {
    const { buyer, id, order, after } = await disputed('won')
    await decided(order, 'won')
    expect(await buyer.license(id)).toMatchObject({ expires_at: after, status: 'active' })
    await expectOneTotal(center, order.total, await buyer.follow(order.id))
  })

  it('that is lost takes its month back, and what was paid for before stays', async () => {
    const { buyer, id, before, order } = await disputed('lost')
    await decided(order, 'lost')
    expect(await buyer.license(id)).toMatchObject({ expires_at: before, status: 'active' })
    const done = await buyer.follow(order.id)
    expect(done.state).toBe('refunded')
    const { charged, refunded, reversed, kept } = await receiptOf(done)
    expect([charged, refunded, reversed, kept]).toEqual([[37_500], [], [-37_500], 0])
  })

  it('is withheld once its own month begins, and works again when it is won', async () => {
    const { buyer, id, order, before, after } = await disputed('withheld')
    const { clock, deps } = center.system
    const hours = (Date.parse(before) - clock.now().epochMilliseconds) / 3_600_000
    later(Math.ceil(hours) + 1)
    await sweep(deps)
    expect((await buyer.license(id)).status).toBe('suspended')
    await decided(order, 'won')
    expect(await buyer.license(id)).toMatchObject({ expires_at: after, status: 'active' })
  })
})

describe('sixty licenses with twelve expiry dates', () => {
  it('end on one day after one payment, each line explained, no cent lost (S48, S49)', async () => {
    const buyer = center.as('recover', 'sixty')
    // All twelve in one month.
    center.system.clock.moveTo(Temporal.Instant.from('2027-04-02T09:00:00Z'))
    for (let day = 0; day < 12; day++) {
      const order = await buyer.buy(Array.from({ length: 5 }, () => DR_MONTHLY))
      await center.pay(order)
      await buyer.follow(order.id, 10)
      later(25)
    }
    const filter = { type: 'dr', limit: 200 } as const
    const { data } = await buyer.licenses(filter)
    expect([data.length, new Set(data.map((it) => it.expires_at.slice(0, 10))).size]).toEqual([
      60, 12,
    ])
    await buyer.send('renewal-day', { method: 'PUT', body: { day: 'last' } })
    const quote = await buyer.price({
      renewals: data.map(({ id }) => ({ license_id: id })),
      duration: { months: 1 },
      align: true,
    })
    expect(new Set(quote.lines.map(({ ends_at }) => ends_at)).size).toBe(1)
    const singles = await Promise.all(
      [0, 30, 59].map((index) => buyer.price(month(data[index]?.id ?? '', { align: true }))),
    )
    expect(singles.map(({ total }) => total)).toEqual(
      [0, 30, 59].map((index) => quote.lines[index]?.amount),
    )
    const order = await paid(center, buyer, quote)
    const { html, lines } = await expectOneTotal(center, quote.total, order)
    expect(lines).toEqual(quote.lines.map(({ amount }) => amount))
    for (const { explain } of quote.lines) expect(html).toContain(explain)
    const after = (await buyer.licenses(filter)).data
    expect(new Set(after.map(({ expires_at }) => expires_at))).toEqual(
      new Set([quote.lines[0]?.ends_at]),
    )
  })
})
