import { describe, expect, it } from 'vitest'
import { anOrder, startStripe } from '../../support/stripe.ts'

describe('P28: when the provider cannot be reached', () => {
  it.each(['500', '429', 'reset', '500_stored'] as const)(
    'an outage (%s) is an unknown outcome, and the repeat finds one session',
    async (outage) => {
      const world = await startStripe()
      const order = await anOrder(world)
      await world.standIn.control({ outage, calls: 3 })
      await expect(world.payments.openCheckout(order)).rejects.toMatchObject({
        code: 'payment.unavailable',
        detail: { retryAfterSeconds: expect.any(Number) },
      })
      await world.standIn.control({ outage: null })
      world.clock.advance('P1D')
      const next = { ...order, expiresAt: world.clock.now().add({ minutes: 35 }) }
      const found = await world.payments.findCheckoutsOfOrder(order.orderId, order.providerCustomer)
      expect(found).toHaveLength(outage === 'reset' ? 1 : 0)
      if (found.length === 0) await world.payments.openCheckout(next)
      const all = await world.payments.findCheckoutsOfOrder(order.orderId, order.providerCustomer)
      expect(all).toHaveLength(1)
    },
  )

  it('a call that is never answered ends in time, and its repeat gets the session it made', async () => {
    const world = await startStripe({ timeoutMs: 300 })
    const order = await anOrder(world)
    await world.standIn.control({ outage: 'timeout', calls: 3 })
    await expect(world.payments.openCheckout(order)).rejects.toMatchObject({
      code: 'payment.unavailable',
    })
    const [made] = await world.payments.findCheckoutsOfOrder(order.orderId, order.providerCustomer)
    expect((await world.payments.openCheckout(order)).id).toBe(made?.id)
  })

  it('one failed try is repeated by itself', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    await world.standIn.control({ outage: 'reset', calls: 1 })
    await world.payments.openCheckout(order)
    const all = await world.payments.findCheckoutsOfOrder(order.orderId, order.providerCustomer)
    expect(all).toHaveLength(1)
  })
})
