/** S81, R15: an upgrade that is given back takes the plan with it, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isId } from '../../../server/domain/ids.ts'
import { refundOrder } from '../../../server/usecases/refund-order.ts'
import type { Order } from '../../../server/contract/orders.ts'
import type { Buyer } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { receiptOf } from '../../support/receipts.ts'
import { bought, paid } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

const CATALOGUE = `
products:
  - id: studio
    name: Studio
    publishable_keys: [pk_test_studio]
    home_url: http://localhost/console/
    key_prefix: STUDIO
    currencies: [USD]
    plans:
      - id: solo
        name: Solo
        type: solo
        auto_renewal: choice
        prices: [{ currency: USD, cycle: month, unit_amount: 1900 }]
      - id: team
        name: Team
        type: team
        auto_renewal: choice
        grace_days: 3
        prices: [{ currency: USD, cycle: month, unit_amount: 3900 }]
`
const SOLO = { plan: 'solo', quantity: 4, cycle: 'month', auto_renew: false } as const

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ catalogue: CATALOGUE, startsAt: '2027-01-31T16:55:10Z' })
})
afterAll(async () => {
  await expectInvariants(center.system)
  await center.remove()
})

async function upgraded(name: string) {
  const buyer = center.as('studio', name)
  const id = await bought(center, buyer, SOLO)
  const before = await buyer.license(id)
  const quote = await buyer.price({ upgrades: [{ license_id: id, plan: 'team' }] })
  const order = await paid(center, buyer, quote)
  return { buyer, id, before, order }
}

const giveBack = async ({ id }: Order, kind: 'period' | 'amount', amount: number | null = null) => {
  if (!isId('ord', id)) throw new Error(id)
  const wish = { kind, lines: null, amount, reason: 'chose the wrong plan', scope: null }
  await refundOrder(center.system.deps, id, { ...wish, actor: 'operator:test' })
}

const planOf = async (buyer: Buyer, id: string) => {
  const { plan, type, total, expires_at } = await buyer.license(id)
  return { plan, type, total, expires_at }
}

describe('an upgrade', () => {
  it('changes the plan, and its receipt names both', async () => {
    const { buyer, id, before, order } = await upgraded('upgrades')
    expect(await planOf(buyer, id)).toMatchObject({
      plan: 'team',
      total: 4,
      expires_at: before.expires_at,
    })
    const { html, total, charged } = await receiptOf(order)
    expect([total, charged]).toEqual([order.total, [order.total]])
    expect(html).toContain('upgraded from Solo')
  })

  it('that is given back whole has its plan of before, for the same units and time', async () => {
    const { buyer, id, before, order } = await upgraded('reverts')
    await giveBack(order, 'period')
    expect(await buyer.follow(order.id)).toMatchObject({ state: 'refunded' })
    expect(await planOf(buyer, id)).toEqual({
      plan: 'solo',
      type: before.type,
      total: 4,
      expires_at: before.expires_at,
    })
    expect((await buyer.price({ upgrades: [{ license_id: id, plan: 'team' }] })).total).toBe(
      order.total,
    )
  })

  it('of which money alone is given back stays', async () => {
    const { buyer, id, order } = await upgraded('keeps')
    await giveBack(order, 'amount', 100)
    expect(await planOf(buyer, id)).toMatchObject({ plan: 'team' })
  })

  it('that is charged back reverts as well', async () => {
    const { buyer, id, order } = await upgraded('disputes')
    await center.system.stripe.control({ dispute: { order: order.id } })
    await center.told()
    await center.system.stripe.control({ close_dispute: { order: order.id, status: 'lost' } })
    await center.told()
    expect(await planOf(buyer, id)).toMatchObject({ plan: 'solo' })
  })
})
