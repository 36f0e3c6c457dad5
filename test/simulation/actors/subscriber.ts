/**
 * Has a license renewed by itself, for a month or two, while its bank may refuse for some days; in
 * between it switches modes, renews by hand, or buys once more with another card.
 */
import { order, type Purchase } from './buyer.ts'
import { bought } from './renewer.ts'
import { attempt, type Actor, type Scene } from './scene.ts'
import type { Buyer } from '../../support/buyer.ts'

const DAY_MS = 86_400_000
const REFUSALS = ['insufficient_funds', 'lost_card', 'authentication_required'] as const

export const subscriber: Actor = {
  name: 'subscriber',
  weight: 3,
  act: async (scene) => {
    const { chance } = scene
    const extra = { currency: chance.pick(['USD', 'JPY']) }
    const acme = await bought(scene, subscription(1 + chance.below(3), extra))
    if (acme === null) return
    await scene.sleep((18 + chance.below(6)) * DAY_MS)
    if (chance.is(0.5)) refuse(scene)
    for (let moment = 0; moment < 3; moment++) {
      await scene.sleep(chance.below(12) * DAY_MS + chance.below(DAY_MS))
      await meddle(scene, acme)
    }
    scene.world.stripe.world.switches.decline = null
    await scene.sleep(chance.below(20) * DAY_MS)
  },
}

function subscription(quantity: number, extra: Purchase['extra']): Purchase {
  const items = [{ plan: 'dr', quantity, cycle: 'month' as const, auto_renew: true }]
  return { product: 'recover', subject: 'subscribed', items, extra }
}

/** From now on, for charges that nobody waits for. */
function refuse({ chance, world }: Scene): void {
  const word = chance.pick(REFUSALS)
  world.stripe.world.switches.decline = word
  world.note(() => `banks answer ${word} to saved cards`)
}

async function meddle(scene: Scene, acme: Buyer): Promise<void> {
  const { chance, world } = scene
  const what = chance.pick(['nothing', 'mode', 'renew', 'card', 'mend'])
  if (what === 'mend') world.stripe.world.switches.decline = null
  if (what === 'card') await newCard(scene)
  if (what !== 'mode' && what !== 'renew') return
  const list = await attempt(() => acme.licenses())
  const ids = (list?.data ?? [])
    .filter(({ complimentary_of }) => complimentary_of === null)
    .map(({ id }) => id)
  if (ids.length === 0) return
  if (what === 'mode') {
    const mode = chance.pick(['manual', 'canceled', 'auto'])
    await attempt(() =>
      acme.send('renewals/mode', {
        body: { license_ids: ids, mode, consent: { notices_version: 'as shown' } },
      }),
    )
    return
  }
  const quote = await attempt(() =>
    acme.price({ renewals: ids.map((id) => ({ license_id: id })), duration: { months: 1 } }),
  )
  const placed = quote === null ? null : await attempt(() => acme.order(quote))
  if (placed !== null && chance.is(0.8)) await scene.pay(placed)
}

/** A purchase with it saves it. */
async function newCard(scene: Scene): Promise<void> {
  const placed = await order(scene, subscription(1, {}))
  if (placed !== null) await scene.pay(placed.order)
}
