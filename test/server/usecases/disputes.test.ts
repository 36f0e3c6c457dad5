/** R16, P19–P21: what a payer’s objection does to licenses, and what its end undoes. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mails, operatorTasks } from '../../../server/db/schema.ts'
import { DR_MONTHLY, type Buyer } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

const DISPUTED = '4000000000000259'

async function paidOrder(name: string, card?: string): Promise<{ buyer: Buyer; id: string }> {
  const buyer = center.as('recover', name)
  const order = await buyer.buy(DR_MONTHLY)
  await center.pay(order, card)
  await center.told()
  return { buyer, id: order.id }
}

const statuses = async (buyer: Buyer) =>
  Object.fromEntries((await buyer.licenses()).data.map(({ type, status }) => [type, status]))
const tasksOf = async (id: string) => {
  const rows = await center.system.deps.db.orm.select().from(operatorTasks)
  return rows.filter(({ data }) => JSON.stringify(data).includes(id)).map(({ kind }) => kind)
}
const lettersOf = async (id: string) => {
  const { orm } = center.system.deps.db
  const rows = await orm.select().from(mails).where(eq(mails.kind, 'order.disputed'))
  return rows.filter(({ reference }) => reference.startsWith(id)).map(({ data }) => data['phase'])
}
async function close(order: string, status: 'won' | 'lost' | 'warning_closed' | 'needs_response') {
  await center.system.stripe.control({ close_dispute: { order, status } })
  await center.told()
}

describe('P20: a dispute about a whole order', () => {
  it('suspends what nothing else covers, and won it restores it', async () => {
    const { buyer, id } = await paidOrder('won', DISPUTED)
    expect(await statuses(buyer)).toEqual({ dr: 'suspended', failback: 'suspended' })
    expect(await tasksOf(id)).toEqual(['order.disputed'])
    expect((await buyer.follow(id)).refundable).toMatchObject({ amount: 0 })
    await close(id, 'won')
    expect(await statuses(buyer)).toEqual({ dr: 'active', failback: 'active' })
    expect(await lettersOf(id)).toEqual(expect.arrayContaining(['opened', 'won']))
    expect((await buyer.follow(id)).state).toBe('fulfilled')
  })

  it('lost it takes back what the order added, for good', async () => {
    const { buyer, id } = await paidOrder('lost', DISPUTED)
    await close(id, 'lost')
    expect(await statuses(buyer)).toEqual({ dr: 'revoked', failback: 'revoked' })
    expect(await lettersOf(id)).toEqual(expect.arrayContaining(['opened', 'lost']))
    expect(await buyer.follow(id)).toMatchObject({ state: 'refunded', refundable: { amount: 0 } })
  })

  it('does not reinstate what somebody else suspended', async () => {
    const { buyer, id } = await paidOrder('twice')
    const { db } = center.system.deps
    await db.client.batch(
      [{ sql: 'UPDATE licenses SET suspended_at = ends_at - 1 WHERE order_id = ?', args: [id] }],
      'write',
    )
    await center.system.stripe.control({ dispute: { order: id } })
    await center.told()
    await close(id, 'won')
    expect(await statuses(buyer)).toEqual({ dr: 'suspended', failback: 'suspended' })
  })
})

describe('R16: for an operator alone', () => {
  it.each([
    { why: 'an inquiry', act: { inquiry: true }, task: 'order.dispute_inquiry' },
    { why: 'a dispute about a part', act: { amount: 7500 }, task: 'order.partly_disputed' },
  ])('$why', async ({ why, act, task }) => {
    const { buyer, id } = await paidOrder(why.replaceAll(' ', '-'))
    await center.system.stripe.control({ dispute: { order: id, ...act } })
    await center.told()
    expect(await statuses(buyer)).toEqual({ dr: 'active', failback: 'active' })
    expect(await tasksOf(id)).toEqual([task])
  })

  it('until an inquiry becomes a dispute', async () => {
    const { buyer, id } = await paidOrder('grows', '4000000000001976')
    expect(await statuses(buyer)).toEqual({ dr: 'active', failback: 'active' })
    await close(id, 'needs_response')
    expect(await statuses(buyer)).toEqual({ dr: 'suspended', failback: 'suspended' })
    expect(await tasksOf(id)).toEqual(['order.dispute_inquiry', 'order.disputed'])
  })

  it('P21: an early fraud warning, once', async () => {
    const { buyer, id } = await paidOrder('warned', '4000000000005423')
    await center.system.stripe.control({ duplicate: 2 })
    await center.system.stripe.control({ refund: { order: id, amount: 100 } })
    await center.told()
    await center.system.stripe.control({ reset: true })
    expect((await tasksOf(id)).toSorted()).toEqual([
      'order.fraud_warning',
      'order.refunded_elsewhere',
    ])
    expect(await statuses(buyer)).toEqual({ dr: 'active', failback: 'active' })
  })
})

it('the invariants hold in the end', () => expectInvariants(center.system))
