import { describe, expect, it } from 'vitest'
import { aCharge } from '../../support/saved-card.ts'
import { startStripe, type StripeWorld } from '../../support/stripe.ts'

/** Fails the call of that number once and for all retries of the SDK. */
async function skipCalls(
  { standIn, payments }: StripeWorld,
  number: number,
  outage: '500' | '500_stored' | '429' | 'reset',
  request: Parameters<StripeWorld['payments']['chargeSaved']>[0],
) {
  await standIn.control({ outage, calls: 3, after: number - 1 })
  await payments.chargeSaved(request).then(
    () => {},
    (error: unknown) => expect(error).toMatchObject({ code: 'payment.unavailable' }),
  )
  await standIn.control({ outage: null })
}

describe('chargeSaved() while Stripe fails', () => {
  it('P28: whatever call the outage hits, the repeat ends in one payment', async () => {
    const world = await startStripe()
    for (const outage of ['500', '500_stored', '429', 'reset'] as const) {
      for (const attempt of [1, 2, 3, 4, 5, 6]) {
        const orderId = `ord_${outage}_${attempt}`
        const request = await aCharge(world, 'visa', { orderId })
        await skipCalls(world, attempt, outage, request)
        world.clock.advance('P1D')
        expect(await world.payments.chargeSaved(request)).toMatchObject({ payment: 'paid' })
        const found = await world.payments.findCheckoutsOfOrder(orderId, request.providerCustomer)
        expect(found.filter(({ payment }) => payment === 'paid')).toHaveLength(1)
      }
    }
  })
})
