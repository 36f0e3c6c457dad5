/** Changes their mind: cancels before, while or after paying; and pays the old page all the same. */
import { order } from './buyer.ts'
import { attempt, type Actor } from './scene.ts'

export const canceller: Actor = {
  name: 'canceller',
  weight: 3,
  act: async (scene) => {
    const { chance } = scene
    const placed = await order(scene)
    if (placed === null) return
    const { acme, order: open } = placed
    const cancel = () => attempt(() => acme.cancel(open.id))
    const pay = () => scene.pay(open, chance.pick(['good', 'good', 'bank', 'declined']))
    const way = chance.below(4)
    if (way === 0) await scene.together(cancel, pay)
    if (way === 1) await scene.together(cancel, cancel, pay)
    if (way === 2) {
      await cancel()
      await pay()
    }
    if (way === 3) {
      await pay()
      await cancel()
    }
    if (chance.is(0.4)) await cancel()
    await attempt(() => acme.follow(open.id))
  },
}
