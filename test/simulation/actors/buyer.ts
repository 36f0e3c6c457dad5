/** Buys as the elements do: quote, order, payment page, return page, and a look at the order. */
import type { Order } from '../../../server/contract/orders.ts'
import type { Buyer, Item } from '../../support/buyer.ts'
import { attempt, insist, type Actor, type Product, type Scene } from './scene.ts'

export const buyer: Actor = {
  name: 'buyer',
  weight: 4,
  act: async (scene) => {
    const { chance } = scene
    const placed = await order(scene)
    if (placed === null) return
    const { acme, order: open } = placed
    await scene.sleep(chance.below(90_000))
    const location = await scene.pay(open)
    if (location !== null && chance.is(0.7)) await scene.visit(location)
    if (chance.is(0.3)) await scene.visit(location ?? '')
    await attempt(() => acme.follow(open.id))
    if (chance.is(0.3)) await attempt(() => acme.licenses())
  },
}

export interface Placed {
  readonly acme: Buyer
  readonly order: Order
}

/** Quote and order of a customer, repeated while no answer arrives. */
export async function order(scene: Scene, chosen: Partial<Purchase> = {}): Promise<Placed | null> {
  const purchase = { ...purchaseOf(scene), ...chosen }
  const acme = scene.customer(purchase.product, purchase.subject)
  const quote = await insist(scene, () => acme.quote(purchase.items, purchase.extra))
  if (quote === null) return null
  const key = scene.chance.is(0.5) ? { 'Idempotency-Key': `key ${quote.id}` } : {}
  const send = () => acme.order(quote, {}, key)
  const placed = await insist(scene, send)
  if (placed !== null) scene.world.requests.push(async () => void (await attempt(send)))
  if (placed?.state === 'pending' && placed.payment_url === null) {
    scene.world.violate({ invariant: 'S13 order has its page', says: `${placed.id} has none` })
  }
  if (placed?.state === 'payable') {
    scene.world.violate({ invariant: 'S13 nothing to pay', says: `${placed.id} waits` })
  }
  return placed === null ? null : { acme, order: placed }
}

export interface Purchase {
  readonly product: Product
  readonly subject: string
  readonly items: readonly Item[]
  readonly extra: { currency?: string; promo_code?: string }
}

const CURRENCIES = ['USD', 'USD', 'JPY', 'KWD'] as const
const PROMOS = ['ONCE', 'TWICE', 'GIFT'] as const

/** Few customers, so that they meet themselves. */
export function purchaseOf({ chance }: Scene): Purchase {
  const subject = chance.pick(['a', 'bo', 'cyd'])
  const quantity = 1 + chance.below(3)
  const auto_renew = chance.is(0.4)
  if (chance.is(0.35)) {
    const extra = chance.is(0.7) ? { promo_code: chance.pick(PROMOS) } : {}
    const items = [{ plan: 'solo', quantity, cycle: 'month' as const, auto_renew }]
    return { product: 'studio', subject, items, extra }
  }
  const currency = chance.pick(CURRENCIES)
  const cycle = currency === 'USD' && chance.is(0.2) ? ('year' as const) : ('month' as const)
  const items: Item[] = [{ plan: 'dr', quantity, cycle, auto_renew }]
  if (currency === 'USD' && chance.is(0.2)) items.push({ plan: 'failback', quantity: 1 })
  return { product: 'recover', subject, items, extra: { currency } }
}
