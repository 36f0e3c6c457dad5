/** Leaves the payment page open: pays in its last second, after it, or comes back and orders again. */
import { order } from './buyer.ts'
import { attempt, type Actor } from './scene.ts'

const MINUTE_MS = 60_000

export const latecomer: Actor = {
  name: 'latecomer',
  weight: 2,
  act: async (scene) => {
    const { chance, world } = scene
    const placed = await order(scene)
    if (placed === null) return
    const { acme, order: open } = placed
    const page = world.stripe.page(open.payment_url ?? '')
    const leftMs = (page?.expires_at ?? 0) * 1000 - world.nowMs
    const lateMs = chance.pick([-5000, -1000, 0, 1000, 5 * MINUTE_MS])
    await scene.sleep(Math.max(0, leftMs + lateMs))
    const location = await scene.pay(open, chance.pick(['good', 'bank']))
    if (location !== null && chance.is(0.5)) await scene.visit(location)
    await attempt(() => acme.follow(open.id))
    if (location === null && chance.is(0.5)) {
      const again = await order(scene)
      if (again !== null) await scene.pay(again.order)
    }
  },
}
