/** R10, R15, R16: renewals are taken back one by one, and disputed one by one. */
import { describe, expect, it } from 'vitest'
import { Order } from '../../../server/contract/orders.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { isId } from '../../../server/domain/ids.ts'
import { refundOrder } from '../../../server/usecases/refund-order.ts'
import { answerOf, problemIn, type Buyer } from '../../support/buyer.ts'
import { bought, month, paid } from '../../support/renewing.ts'
import { startTestSystem } from '../../support/system.ts'
import { useCenter } from '../../support/use-center.ts'

const center = useCenter(() => startTestSystem({ startsAt: '2027-01-31T16:55:10Z' }))

const BODY = { kind: 'period', reason: 'renewed by mistake' }

async function renewed(name: string, times: number) {
  const buyer = center.as('recover', name)
  const id = await bought(center, buyer)
  const ends = [(await buyer.license(id)).expires_at]
  const orders: Order[] = []
  for (let count = 0; count < times; count++) {
    orders.push(await paid(center, buyer, await buyer.price(month(id))))
    ends.push((await buyer.license(id)).expires_at)
  }
  return { buyer, id, ends, orders }
}

function nth(orders: readonly Order[], index: number): Order {
  const order = orders[index]
  if (order === undefined) throw new Error(`there is no order ${index}`)
  return order
}

const takeBack = async (buyer: Buyer, { id }: Order) =>
  answerOf(await buyer.send(`orders/${id}/refund`, { body: BODY }), Order)

describe('units that were added until the end of a renewal (R10)', () => {
  async function enlarged(name: string) {
    const { buyer, id, ends, orders } = await renewed(name, 1)
    const quote = await buyer.price({ add_units: [{ license_id: id, quantity: 2 }] })
    const added = await paid(center, buyer, quote)
    return { buyer, id, ends, renewal: nth(orders, 0), added }
  }

  it('get back what they paid for the period that is taken back, once, and stay', async () => {
    const { buyer, id, ends, renewal, added } = await enlarged('co-termed')
    // Two whole months for two units; one of the months goes.
    expect(added.total).toBe(30_000)
    await takeBack(buyer, renewal)
    for (let run = 0; run < 3; run++) {
      center.system.clock.moveTo(center.system.clock.now().add({ seconds: 61 }))
      await Promise.all([sweep(center.system.deps), sweep(center.system.deps)])
    }
    await center.told()
    expect(await buyer.follow(added.id)).toMatchObject({
      state: 'partially_refunded',
      refunds: [{ kind: 'amount', amount: 15_000, state: 'succeeded' }],
    })
    expect(await buyer.license(id)).toMatchObject({ total: 7, expires_at: ends[0] })
    const back = center.system.stripe.truth.refunds().filter((it) => it.orderId === added.id)
    expect(back.map(({ amount }) => amount)).toEqual([15_000])
  })

  it('that were there before a renewal paid for them have nothing to get back', async () => {
    const buyer = center.as('recover', 'enlarged-before')
    const id = await bought(center, buyer)
    const quote = await buyer.price({ add_units: [{ license_id: id, quantity: 2 }] })
    const added = await paid(center, buyer, quote)
    const renewal = await paid(center, buyer, await buyer.price(month(id)))
    await takeBack(buyer, renewal)
    expect((await buyer.follow(added.id)).refunds).toEqual([])
  })
})

describe('a customer', () => {
  it('undoes a renewal that has not begun, once: all money back, the end as before', async () => {
    const { buyer, id, ends, orders } = await renewed('undoes', 1)
    const [order] = orders
    if (order === undefined) throw new Error('one was placed')
    expect((await buyer.follow(order.id)).refundable).toEqual({
      amount: 37_500,
      reason: null,
      by: 'customer',
    })
    expect(await takeBack(buyer, order)).toMatchObject({
      state: 'refunded',
      refunds: [{ kind: 'period', amount: 37_500, state: 'succeeded' }],
    })
    await takeBack(buyer, order)
    expect(await buyer.license(id)).toMatchObject({
      expires_at: ends[0],
      status: 'active',
      total: 5,
    })
    const back = center.system.stripe.truth.refunds().filter(({ orderId }) => orderId === order.id)
    expect(back).toMatchObject([{ amount: 37_500 }])
  })

  it('asks an operator once it has begun', async () => {
    const { buyer, orders } = await renewed('too-late', 1)
    center.system.clock.moveTo(center.system.clock.now().add({ hours: 24 * 29 }))
    const answer = await buyer.send(`orders/${orders[0]?.id}/refund`, { body: BODY })
    expect(await problemIn(answer)).toMatchObject({ code: 'refund.operator_only' })
    expect((await buyer.follow(orders[0]?.id ?? '')).refundable.by).toBe('operator')
  })
})

describe('R10: of three renewals', () => {
  it('the second one taken back leaves the end that two had', async () => {
    const { buyer, id, ends, orders } = await renewed('second', 3)
    await takeBack(buyer, nth(orders, 1))
    expect((await buyer.license(id)).expires_at).toBe(ends[2])
  })

  it('all taken back, whatever the order, leave the end of the purchase', async () => {
    const { buyer, id, ends, orders } = await renewed('all', 3)
    for (const index of [1, 0, 2]) await takeBack(buyer, nth(orders, index))
    expect(await buyer.license(id)).toMatchObject({ expires_at: ends[0], status: 'active' })
  })

  it('P19: the purchase taken back by an operator leaves what the renewals paid', async () => {
    const { buyer, id } = await renewed('purchase', 1)
    const first = (await buyer.license(id)).order_id ?? ''
    if (!isId('ord', first)) throw new Error(first)
    const command = { kind: 'period', lines: null, amount: null, reason: 'wrong plan' } as const
    await refundOrder(center.system.deps, first, { ...command, actor: 'operator:ann', scope: null })
    expect(await buyer.license(id)).toMatchObject({ status: 'active', total: 5 })
  })
})

describe('R16: a disputed renewal', () => {
  it('suspends only when its own time begins, and won it is as before', async () => {
    const { buyer, id, ends, orders } = await renewed('disputed', 1)
    const order = orders[0]?.id ?? ''
    await center.system.stripe.control({ dispute: { order } })
    await center.told()
    expect((await buyer.license(id)).status).toBe('active')
    const { clock, deps } = center.system
    clock.moveTo(clock.now().add({ hours: 24 * 32 }))
    await sweep(deps)
    expect((await buyer.license(id)).status).toBe('suspended')
    await center.system.stripe.control({ close_dispute: { order, status: 'won' } })
    await center.told()
    expect((await buyer.license(id)).expires_at).toBe(ends[1])
    expect((await buyer.license(id)).status).not.toBe('suspended')
  })

  it('lost before it begins it is gone, and the license lives on', async () => {
    const { buyer, id, ends, orders } = await renewed('charged-back', 1)
    const order = orders[0]?.id ?? ''
    await center.system.stripe.control({ dispute: { order } })
    await center.system.stripe.control({ close_dispute: { order, status: 'lost' } })
    await center.told()
    expect(await buyer.license(id)).toMatchObject({ expires_at: ends[0], status: 'active' })
  })
})
