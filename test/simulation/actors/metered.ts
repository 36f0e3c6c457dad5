/**
 * Pays by the day once its license has ended: over the turn of a month, until it switches back or for
 * ever; its bank may refuse for some days.
 */
import type { Buyer } from '../../support/buyer.ts'
import { openPost } from '../world/post.ts'
import { bought } from './renewer.ts'
import { attempt, insist, type Actor, type Scene } from './scene.ts'

const DAY_MS = 86_400_000

export const metered: Actor = {
  name: 'metered',
  weight: 2,
  act: async (scene) => {
    const { chance, world } = scene
    openPost(world, true)
    const item = { plan: 'metered', cycle: 'month' as const, auto_renew: true }
    const items = [{ ...item, quantity: 1 + chance.below(3) }]
    const chosen = {
      product: 'recover',
      subject: 'used',
      items,
      extra: { currency: 'USD' },
    } as const
    const acme = await bought(scene, chosen)
    if (acme === null) return
    await scene.sleep(chance.below(15) * DAY_MS)
    await moved(scene, acme, 'pay_per_use')
    await scene.sleep((10 + chance.below(30)) * DAY_MS + chance.below(DAY_MS))
    if (chance.is(0.3)) world.stripe.world.switches.decline = 'insufficient_funds'
    await scene.sleep(chance.below(20) * DAY_MS + chance.below(DAY_MS))
    world.stripe.world.switches.decline = null
    if (chance.is(0.6)) await moved(scene, acme, 'manual')
    await scene.sleep(chance.below(12) * DAY_MS + chance.below(DAY_MS))
  },
}

async function moved(scene: Scene, acme: Buyer, mode: 'pay_per_use' | 'manual'): Promise<void> {
  const list = await attempt(() => acme.licenses())
  const catalogue = await attempt(() => acme.catalogue())
  const ids = (list?.data ?? []).filter(({ plan }) => plan === 'metered').map(({ id }) => id)
  const version = catalogue?.notices['metered']?.version
  if (ids.length === 0 || version === undefined) return
  const body = { license_ids: ids, mode, consent: { notices_version: version } }
  const move = async () => {
    const { status } = await acme.send('renewals/mode', { body })
    if (status >= 500) throw new TypeError('no answer')
  }
  await insist(scene, move)
}
