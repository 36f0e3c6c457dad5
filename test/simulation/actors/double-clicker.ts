/** Clicks Subscribe twice, or in two tabs: the same quote at once, with the same key, another, or none. */
import { attempt, type Actor } from './scene.ts'
import { purchaseOf } from './buyer.ts'

export const doubleClicker: Actor = {
  name: 'double-clicker',
  weight: 3,
  act: async (scene) => {
    const { chance } = scene
    const { product, subject, items, extra } = purchaseOf(scene)
    const acme = scene.customer(product, subject)
    const quote = await attempt(() => acme.quote(items, extra))
    if (quote === null) return
    const ids = new Set<string>()
    const click = (key: string | null) => async () => {
      const headers = key === null ? {} : { 'Idempotency-Key': key }
      const order = await attempt(() => acme.order(quote, {}, headers))
      if (order === null) return
      ids.add(order.id)
      if (chance.is(0.6)) await scene.pay(order)
      await attempt(() => acme.follow(order.id))
    }
    const keys = chance.pick([
      ['one', 'one'],
      ['one', 'two'],
      [null, null],
      [null, 'one'],
    ])
    await scene.together(click(keys[0] ?? null), click(keys[1] ?? null))
    if (ids.size > 1)
      scene.world.violate({ invariant: 'P09 one quote, one order', says: [...ids].join() })
  },
}
