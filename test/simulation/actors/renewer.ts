/**
 * Comes back days or months after a purchase: renews, adds units, from one tab or from two, for one
 * license or for all of them on one day; pays, cancels, or leaves the page open.
 */
import type { License } from '../../../server/contract/licenses.ts'
import type { QuoteRequest } from '../../../server/contract/quotes.ts'
import type { Buyer } from '../../support/buyer.ts'
import { order, type Purchase } from './buyer.ts'
import { attempt, insist, type Actor, type Scene } from './scene.ts'

const DAY_MS = 86_400_000
const DAYS = [1, 1, 1, 15, 28, 'last'] as const

export const renewer: Actor = {
  name: 'renewer',
  weight: 4,
  act: async (scene) => {
    const { chance } = scene
    const acme = await bought(scene)
    if (acme === null) return
    for (let visit = 0; visit < 1 + chance.below(2); visit++) {
      await scene.sleep(chance.below(chance.pick([2, 30, 50])) * DAY_MS + chance.below(DAY_MS))
      const licenses = await extendable(acme)
      const [first] = licenses
      if (first === undefined) continue
      const ask = () => askFor(scene, first, licenses)
      const tabs = chance.is(0.4) ? [ask(), ask()] : [ask()]
      await scene.together(...tabs.map((asked) => () => extend(scene, acme, asked)))
    }
  },
}

/** Pays what it ordered; its window may not come back. */
export async function bought(
  scene: Scene,
  chosen: Parameters<typeof order>[1] = {},
): Promise<Buyer | null> {
  const times = 1 + scene.chance.below(2)
  let buyer: Buyer | null = null
  const what = { ...monthly(scene), subject: 'renewing', ...chosen }
  for (let time = 0; time < times; time++) {
    const placed = await order(scene, what)
    if (placed === null) continue
    buyer = placed.acme
    const location = await scene.pay(placed.order)
    if (location !== null && scene.chance.is(0.6)) await scene.visit(location)
  }
  return buyer
}

/** A plan whose renewals count from their end, or one that skips the time between. */
function monthly({ chance }: Scene): Omit<Purchase, 'subject'> {
  const isStudio = chance.is(0.25)
  const plan = isStudio ? 'solo' : 'dr'
  const items = [
    { plan, quantity: 1 + chance.below(3), cycle: 'month' as const, auto_renew: false },
  ]
  return { product: isStudio ? 'studio' : 'recover', items, extra: { currency: 'USD' } }
}

async function extendable(acme: Buyer): Promise<License[]> {
  const list = await attempt(() => acme.licenses())
  return (list?.data ?? []).filter((it) => it.complimentary_of === null && !it.one_time)
}

function askFor({ chance }: Scene, first: License, all: readonly License[]): QuoteRequest {
  if (chance.is(0.2)) return { add_units: [{ license_id: first.id, quantity: 1 }] }
  const chosen = chance.is(0.5) ? all : [first]
  const months = all.some(({ cycle }) => cycle === 'year') ? 12 : 1 + chance.below(3)
  return {
    renewals: chosen.map(({ id }) => ({ license_id: id })),
    duration: { months },
    ...(chance.is(0.5) ? { align: chance.pick(DAYS) } : {}),
  }
}

async function extend(scene: Scene, acme: Buyer, asked: QuoteRequest): Promise<void> {
  const { chance } = scene
  const quote = await insist(scene, () => acme.price(asked))
  if (quote === null) return
  const key = chance.is(0.5) ? { 'Idempotency-Key': `key ${quote.id}` } : {}
  const send = () => acme.order(quote, {}, key)
  const placed = await insist(scene, send)
  if (placed === null) return
  scene.world.requests.push(async () => void (await attempt(send)))
  if (chance.is(0.15)) {
    await attempt(() => acme.cancel(placed.id))
    return
  }
  await scene.sleep(chance.below(60_000))
  const location = await scene.pay(
    placed,
    chance.pick(['good', 'good', 'good', 'bank', 'declined']),
  )
  if (location !== null && chance.is(0.6)) await scene.visit(location)
  await attempt(() => acme.follow(placed.id))
}
