/**
 * Reads its mail: buys for a month and forgets, so that it is reminded again and again; its provider of
 * mail is away for hours, knows our ids or does not. Now and then it renews, and is spoken to anew.
 */
import { openPost } from '../world/post.ts'
import { bought } from './renewer.ts'
import { attempt, insist, type Actor, type Scene } from './scene.ts'
import type { Buyer } from '../../support/buyer.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export const reader: Actor = {
  name: 'reader',
  weight: 3,
  act: async (scene) => {
    const { chance, world } = scene
    const post = openPost(world, chance.is(0.4))
    post.mood = chance.pick(['takes', 'takes', 'defers', 'silent'])
    const items = [{ plan: 'dr', quantity: 1, cycle: 'month' as const, auto_renew: chance.is(0.2) }]
    const acme = await bought(scene, { product: 'recover', subject: 'read', items, extra: {} })
    await scene.sleep(chance.below(chance.pick([1, 40])) * HOUR_MS)
    post.mood = 'takes'
    if (acme === null) return
    await scene.sleep((14 + chance.below(18)) * DAY_MS)
    if (chance.is(0.3)) await renewed(scene, acme)
    if (chance.is(0.3)) await keySent(scene, acme)
    await scene.sleep(chance.below(chance.pick([8, 24])) * DAY_MS + chance.below(DAY_MS))
  },
}

async function renewed(scene: Scene, acme: Buyer): Promise<void> {
  const list = await attempt(() => acme.licenses())
  const license = list?.data.find(({ complimentary_of }) => complimentary_of === null)
  if (license === undefined) return
  const renewals = [{ license_id: license.id }]
  const quote = await insist(scene, () => acme.price({ renewals, duration: { months: 1 } }))
  const placed = quote === null ? null : await attempt(() => acme.order(quote))
  if (placed !== null) await scene.pay(placed)
}

async function keySent(scene: Scene, acme: Buyer): Promise<void> {
  const list = await attempt(() => acme.licenses())
  for (const { id } of list?.data.slice(0, 1) ?? []) {
    const send = () => attempt(() => acme.send(`licenses/${id}/send-key`, { method: 'POST' }))
    await scene.together(send, send)
  }
}
