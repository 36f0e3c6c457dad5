/** R15, P18: money goes back once, with what it bought, whoever asks and whatever breaks in between. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mails, operatorTasks } from '../../../server/db/schema.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { isId } from '../../../server/domain/ids.ts'
import { refundOrder, type RefundCommand } from '../../../server/usecases/refund-order.ts'
import { DR_MONTHLY, problemIn, type Buyer } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

async function paidOrder(name: string, card?: string): Promise<{ buyer: Buyer; id: string }> {
  const buyer = center.as('recover', name)
  const order = await buyer.buy(DR_MONTHLY)
  await center.pay(order, card)
  await center.told()
  return { buyer, id: order.id }
}

function refund(id: string, command: Partial<RefundCommand>) {
  if (!isId('ord', id)) throw new Error(id)
  return refundOrder(center.system.deps, id, {
    kind: 'period',
    lines: null,
    amount: null,
    reason: 'wrong plan, unused',
    actor: 'operator:ann',
    scope: null,
    ...command,
  })
}

const statuses = async (buyer: Buyer) =>
  Object.fromEntries(
    (await buyer.licenses()).data.map(({ type, status, total }) => [type, `${total} ${status}`]),
  )
const tasksOf = async (kind: string) =>
  center.system.deps.db.orm.select().from(operatorTasks).where(eq(operatorTasks.kind, kind))
const gone = () => center.system.stripe.truth.refunds()

describe('a refund of a period', () => {
  it('gives everything back, ends the license and what came free with it', async () => {
    const { buyer, id } = await paidOrder('period')
    await refund(id, {})
    expect(await buyer.follow(id)).toMatchObject({
      state: 'refunded',
      refunds: [{ kind: 'period', amount: 37_500, currency: 'USD', state: 'succeeded' }],
      refundable: { amount: 0, reason: 'Everything was given back already.' },
    })
    expect(await statuses(buyer)).toEqual({ dr: '0 revoked', failback: '0 revoked' })
    expect(gone().filter(({ orderId }) => orderId === id)).toMatchObject([{ amount: 37_500 }])
  })

  it('happens once, however often it is asked for, also at the same time', async () => {
    const { id } = await paidOrder('once')
    await Promise.all([1, 2, 3].map(() => refund(id, {})))
    await refund(id, {})
    expect(gone().filter(({ orderId }) => orderId === id)).toHaveLength(1)
    const { orm } = center.system.deps.db
    const letters = await orm.select().from(mails).where(eq(mails.kind, 'order.refunded'))
    expect(letters.filter(({ reference }) => reference.startsWith(id))).toHaveLength(1)
  })

  it('P28: goes on when the provider was away, and gives back once', async () => {
    const { buyer, id } = await paidOrder('outage')
    const { clock, stripe, deps } = center.system
    await stripe.control({ outage: 'reset', calls: 6, after: 1 })
    await expect(refund(id, {})).rejects.toMatchObject({ code: 'payment.unavailable' })
    await stripe.control({ outage: null })
    expect(await buyer.follow(id)).toMatchObject({
      state: 'fulfilled',
      refunds: [{ state: 'pending' }],
    })
    clock.moveTo(clock.now().add({ minutes: 2 }))
    await sweep(deps)
    expect(await buyer.follow(id)).toMatchObject({
      state: 'refunded',
      refunds: [{ state: 'succeeded' }],
    })
    expect(gone().filter(({ orderId }) => orderId === id)).toHaveLength(1)
  })
})

describe('a refund of units', () => {
  it('takes units from the license and from what came free, and rounds over all of them', async () => {
    const { buyer, id } = await paidOrder('units')
    const dr = (await buyer.licenses()).data.find(({ type }) => type === 'dr')?.id ?? ''
    const lines = [{ licenseId: dr, quantity: 2 }]
    await refund(id, { kind: 'units', lines })
    expect(await buyer.follow(id)).toMatchObject({
      state: 'partially_refunded',
      refunds: [{ kind: 'units', amount: 15_000 }],
      refundable: { amount: 22_500, by: 'operator' },
    })
    expect(await statuses(buyer)).toEqual({ dr: '3 active', failback: '3 active' })
    await refund(id, { kind: 'units', lines: [{ licenseId: dr, quantity: 1 }], reason: 'one more' })
    expect(await statuses(buyer)).toEqual({ dr: '2 active', failback: '2 active' })
    await expect(refund(id, { kind: 'units', lines })).resolves.toBeDefined()
    await expect(refund(id, { kind: 'units', lines, reason: 'all of it' })).rejects.toMatchObject({
      code: 'request.invalid',
    })
  })
})

describe('a refund of an amount', () => {
  it('changes no license', async () => {
    const { buyer, id } = await paidOrder('amount')
    await refund(id, { kind: 'amount', amount: 500 })
    expect(await buyer.follow(id)).toMatchObject({
      state: 'partially_refunded',
      refunds: [{ kind: 'amount', amount: 500 }],
      refundable: { amount: 37_000 },
    })
    expect(await statuses(buyer)).toEqual({ dr: '5 active', failback: '5 active' })
    await expect(refund(id, { kind: 'amount', amount: 37_001 })).rejects.toMatchObject({
      code: 'request.invalid',
    })
  })

  it('made in the dashboard is one of ours, and somebody’s task (R15)', async () => {
    const { buyer, id } = await paidOrder('dashboard')
    await center.system.stripe.control({ refund: { order: id } })
    await center.told()
    expect(await buyer.follow(id)).toMatchObject({
      state: 'refunded',
      refunds: [{ kind: 'amount', amount: 37_500, state: 'succeeded' }],
    })
    expect(await statuses(buyer)).toEqual({ dr: '5 active', failback: '5 active' })
    expect(await tasksOf('order.refunded_elsewhere')).toMatchObject([{ data: { order: id } }])
  })

  it('that the bank gives back later is somebody’s task, and can be made again', async () => {
    const { buyer, id } = await paidOrder('failing', '4000000000005126')
    await refund(id, { kind: 'amount', amount: 500 })
    await center.system.stripe.control({ settle_refunds: true })
    await center.told()
    expect(await buyer.follow(id)).toMatchObject({
      refunds: [{ state: 'failed' }],
      refundable: { amount: 37_500 },
    })
    expect(await tasksOf('order.refund_failed')).toMatchObject([{ data: { order: id } }])
    await refund(id, { kind: 'amount', amount: 500 })
    expect((await buyer.follow(id)).refunds).toMatchObject([{ state: 'failed' }, { amount: 500 }])
  })
})

describe('POST orders/{id}/refund', () => {
  const body = { kind: 'period', reason: 'changed my mind' }

  it('refuses a customer what has begun: final sale (S8, section 4)', async () => {
    const { buyer, id } = await paidOrder('customer')
    const problem = await problemIn(await buyer.send(`orders/${id}/refund`, { body }))
    expect(problem).toMatchObject({ status: 409, code: 'refund.operator_only' })
    expect(gone().filter(({ orderId }) => orderId === id)).toEqual([])
  })

  it('knows no order of somebody else', async () => {
    const { id } = await paidOrder('owner')
    const other = center.as('recover', 'stranger')
    expect((await other.send(`orders/${id}/refund`, { body })).status).toBe(404)
  })
})

it('the invariants hold in the end', () => expectInvariants(center.system))
