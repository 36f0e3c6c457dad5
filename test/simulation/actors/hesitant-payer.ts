/** A declined card, a question of the bank, then another card; or none. */
import { failChallenge } from '../../../demo/stripe/payments.ts'
import { passChallenge } from '../../../demo/stripe/form-submission.ts'
import { order } from './buyer.ts'
import { attempt, type Actor } from './scene.ts'

export const hesitantPayer: Actor = {
  name: 'hesitant-payer',
  weight: 2,
  act: async (scene) => {
    const { chance, world } = scene
    const placed = await order(scene)
    if (placed === null) return
    const { acme, order: open } = placed
    await scene.pay(open, chance.pick(['declined', 'noFunds']))
    await attempt(() => acme.follow(open.id))
    if (chance.is(0.5))
      await scene.visit(`http://center.example/pay/return?order=${open.id}&how=left`)
    if (chance.is(0.5)) {
      await scene.pay(open, 'threeDSecure')
      const page = world.stripe.page(open.payment_url ?? '')
      await scene.sleep(chance.below(20_000))
      if (page?.status === 'open') {
        if (chance.is(0.6)) passChallenge(world.stripe.world, page)
        else if (page.mode === 'payment') failChallenge(world.stripe.world, page)
      }
    }
    if (chance.is(0.7)) await scene.pay(open)
    if (chance.is(0.5)) await attempt(() => acme.follow(open.id))
  },
}
