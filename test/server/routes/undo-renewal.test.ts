/** Section 4: a renewal that has not yet begun is given back in full when its customer says so. */
import { describe, expect, it } from 'vitest'
import { Order } from '../../../server/contract/orders.ts'
import { answerOf, refusalOf, type Buyer } from '../../support/buyer.ts'
import { bought, month, paid } from '../../support/renewing.ts'
import { startTestSystem } from '../../support/system.ts'
import { useCenter } from '../../support/use-center.ts'

const center = useCenter(() => startTestSystem({ startsAt: '2027-01-31T16:55:10Z' }))

const undoOf = async (buyer: Buyer, id: string) => (await buyer.license(id)).renewal?.undo
const later = (days: number) => {
  const { clock } = center.system
  clock.moveTo(clock.now().add({ hours: 24 * days }))
}
const takeBack = (buyer: Buyer, orderId: string) =>
  buyer.send(`orders/${orderId}/refund`, { body: { kind: 'period', reason: 'too early' } })

describe('a renewal', () => {
  it('names itself at its license until it begins, and is taken back to where that ended', async () => {
    const buyer = center.as('recover', 'undoes')
    const id = await bought(center, buyer)
    expect(await undoOf(buyer, id)).toBeNull()
    const { expires_at: before } = await buyer.license(id)
    const order = await paid(center, buyer, await buyer.price(month(id)))
    expect(await undoOf(buyer, id)).toEqual({ order_id: order.id, ends_at: before })
    expect(order.refundable).toEqual({ amount: 37_500, reason: null, by: 'customer' })
    const after = await answerOf(await takeBack(buyer, order.id), Order)
    expect(after.refunds.map(({ amount, kind }) => [amount, kind])).toEqual([[37_500, 'period']])
    await center.told()
    expect(await undoOf(buyer, id)).toBeNull()
    expect((await buyer.license(id)).expires_at).toBe(before)
    expect((await takeBack(buyer, order.id)).status).toBe(200)
    const refunded = center.system.stripe.truth.refunds().map(({ amount }) => amount)
    expect(refunded).toEqual([37_500])
  })

  it('says where the license ends without it, also after another one was taken back (R10)', async () => {
    const buyer = center.as('recover', 'three')
    const id = await bought(center, buyer)
    const ends = [(await buyer.license(id)).expires_at]
    const orders: string[] = []
    for (const _ of [1, 2, 3]) {
      orders.push((await paid(center, buyer, await buyer.price(month(id)))).id)
      ends.push((await buyer.license(id)).expires_at)
    }
    for (const [taken, left] of [
      [1, 2],
      [2, 0],
      [0, null],
    ] as const) {
      await answerOf(await takeBack(buyer, orders[taken] ?? ''), Order)
      await center.told()
      const rest = left === null ? 0 : left === 2 ? 2 : 1
      expect((await buyer.license(id)).expires_at).toBe(ends[rest])
      const next = left === null ? null : { order_id: orders[left], ends_at: ends[rest - 1] }
      expect(await undoOf(buyer, id)).toEqual(next)
    }
  })

  it('that has begun is not offered any more, and is refused', async () => {
    const buyer = center.as('recover', 'too-late')
    const id = await bought(center, buyer)
    const order = await paid(center, buyer, await buyer.price(month(id)))
    later(29)
    expect(await undoOf(buyer, id)).toBeNull()
    const { problem } = await refusalOf(
      takeBack(buyer, order.id).then((response) => answerOf(response, Order)),
    )
    expect(problem.code).toBe('refund.operator_only')
  })

  it('of two licenses, one of which was late, is a matter for an operator', async () => {
    const buyer = center.as('recover', 'half')
    const late = await bought(center, buyer)
    later(20)
    const early = await bought(center, buyer)
    later(12)
    const renewals = [late, early].map((id) => ({ license_id: id }))
    const quote = await buyer.price({ renewals, duration: { months: 1 } })
    const order = await paid(center, buyer, quote)
    expect(await undoOf(buyer, late)).toBeNull()
    expect(await undoOf(buyer, early)).toMatchObject({ order_id: order.id })
    expect(order.refundable).toEqual({ amount: 75_000, reason: null, by: 'operator' })
  })
})
