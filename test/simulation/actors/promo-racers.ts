/** Several customers want the last use of a promo code, and some let it go again. */
import { order } from './buyer.ts'
import { attempt, type Actor } from './scene.ts'

export const promoRacers: Actor = {
  name: 'promo-racers',
  weight: 2,
  act: async (scene) => {
    const { chance } = scene
    const promo_code = chance.pick(['ONCE', 'TWICE', 'GIFT'])
    const items = [{ plan: 'solo', quantity: 1, cycle: 'month' as const, auto_renew: false }]
    const race = (subject: string) => async () => {
      const wish = { product: 'studio' as const, subject, items, extra: { promo_code } }
      const placed = await order(scene, wish)
      if (placed === null) return
      if (chance.is(0.3)) await attempt(() => placed.acme.cancel(placed.order.id))
      else await scene.pay(placed.order)
    }
    await scene.together(race('a'), race('bo'), race('a'))
  },
}
