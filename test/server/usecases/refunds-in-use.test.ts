/** R10, R15, R16: money that goes back takes along what it bought, also where installations run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RevealedKey } from '../../../server/contract/license-api.ts'
import { Order } from '../../../server/contract/orders.ts'
import { isId } from '../../../server/domain/ids.ts'
import { refundOrder } from '../../../server/usecases/refund-order.ts'
import { answerOf, type Buyer } from '../../support/buyer.ts'
import { createInstallation } from '../../support/installation.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { bought, month, paid } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2027-01-31T16:55:10Z' })
})
afterAll(async () => {
  await expectInvariants(center.system)
  await center.remove()
})

/** Five units, of which so many run somewhere. */
async function running(name: string, count: number) {
  const buyer = center.as('recover', name)
  const id = await bought(center, buyer)
  const revealed = await buyer.send(`licenses/${id}/reveal`, { method: 'POST' })
  const { key } = await answerOf(revealed, RevealedKey)
  const product = createInstallation({ origin: center.system.origin, key, product: 'recover' })
  for (let host = 0; host < count; host++) {
    await product.ask('activate', { fingerprint: `host-${host}` })
  }
  return { buyer, id, product }
}

async function wholeOrderBack(buyer: Buyer, id: string | null): Promise<void> {
  if (id === null || !isId('ord', id)) throw new Error(`no order: ${id}`)
  const whole = { kind: 'period', lines: null, amount: null, scope: null } as const
  await refundOrder(center.system.deps, id, { ...whole, reason: 'asked', actor: 'operator:ann' })
}

describe('a license whose units are in use', () => {
  it('ends for good with the refund of all that paid for it (R15)', async () => {
    const { buyer, id, product } = await running('refunded', 2)
    await wholeOrderBack(buyer, (await buyer.license(id)).order_id)
    expect(await buyer.license(id)).toMatchObject({ status: 'revoked', total: 2 })
    expect(await product.ask('validate', { fingerprint: 'host-1' })).toMatchObject({ valid: false })
    expect((await product.ask('activate', { fingerprint: 'host-2' })).valid).toBe(false)
    await product.ask('deactivate', { fingerprint: 'host-1' })
    expect((await buyer.license(id)).reserved).toBe(1)
  })

  it('ends with the dispute that was lost over it (R16)', async () => {
    const { buyer, id } = await running('charged-back', 5)
    const order = (await buyer.license(id)).order_id
    await center.system.stripe.control({ dispute: { order: String(order) } })
    await center.told()
    await center.system.stripe.control({ close_dispute: { order: String(order), status: 'lost' } })
    await center.told()
    expect(await buyer.license(id)).toMatchObject({ status: 'revoked', total: 5 })
  })

  it('loses the time of a renewal that its customer undoes, and no unit (R10)', async () => {
    const { buyer, id, product } = await running('undone', 2)
    const before = await buyer.license(id)
    const renewal = await paid(center, buyer, await buyer.price(month(id)))
    const body = { kind: 'period', reason: 'renewed by mistake' }
    await answerOf(await buyer.send(`orders/${renewal.id}/refund`, { body }), Order)
    const { expires_at, total } = await buyer.license(id)
    expect({ expires_at, total }).toEqual({ expires_at: before.expires_at, total: 5 })
    expect((await product.ask('validate', { fingerprint: 'host-1' })).valid).toBe(true)
  })

  it('loses added units as they are let go, and no others (R10, I4)', async () => {
    const { buyer, id, product } = await running('fewer', 5)
    const quote = await buyer.price({ add_units: [{ license_id: id, quantity: 2 }] })
    const added = await paid(center, buyer, quote)
    await product.ask('activate', { fingerprint: 'host-5' })
    await wholeOrderBack(buyer, added.id)
    expect(await buyer.license(id)).toMatchObject({ status: 'active', total: 6, reserved: 6 })
    await product.ask('deactivate', { fingerprint: 'host-0' })
    expect((await product.ask('activate', { fingerprint: 'host-6' })).valid).toBe(false)
  })
})
