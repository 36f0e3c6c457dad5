/** Pays by bank debit: handed in now, money or a refusal later, and back at the return page twice. */
import { order } from './buyer.ts'
import { attempt, type Actor } from './scene.ts'

export const bankPayer: Actor = {
  name: 'bank-payer',
  weight: 3,
  act: async (scene) => {
    const { chance } = scene
    const placed = await order(scene, { product: 'recover' })
    if (placed === null) return
    const { acme, order: open } = placed
    const location = await scene.pay(open, chance.pick(['bank', 'bank', 'poorBank']))
    const look = () => (location === null ? Promise.resolve(null) : scene.visit(location))
    if (chance.is(0.5)) await scene.together(look, look)
    else await look()
    await scene.sleep(chance.pick([1000, 29_000, 60_000]))
    if (chance.is(0.3)) await attempt(() => acme.cancel(open.id))
    await look()
    await attempt(() => acme.follow(open.id))
  },
}
