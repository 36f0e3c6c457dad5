/** Stripe is away for minutes (P28). */
import type { Actor } from './scene.ts'

export const stripeOutage: Actor = {
  name: 'stripe-outage',
  weight: 1,
  act: async ({ world, chance, sleep }) => {
    await sleep(chance.below(90_000))
    world.isStripeAway = true
    world.note(() => 'Stripe is away')
    await sleep(10_000 + chance.below(200_000))
    world.isStripeAway = false
    world.note(() => 'Stripe is back')
  },
}
