/** Commands that an operator gives, on the command line. */
import { latestCatalogue } from '../../server/db/catalogue-store.ts'
import { applyCatalogue } from '../../server/usecases/apply-catalogue.ts'
import { createProductKey, revokeProductKey } from '../../server/usecases/change-product-keys.ts'
import { reviewOrder } from '../../server/usecases/review-order.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import { deliver, eventOf } from '../support/provider-events.ts'
import { bareSdk } from '../support/stripe.ts'
import type { TestSystem } from '../support/system.ts'
import type { Command } from './given.ts'

const ACT = { actor: 'operator:mia', reason: 'Checked' } as const

export const OPERATOR_COMMANDS: readonly Command[] = [
  {
    name: 'catalogue apply',
    covers: ['usecases/apply-catalogue.ts'],
    prepare: async (center, name) => {
      const [first, ...others] = (await inForce(center)).products
      if (first === undefined) throw new Error('nothing is sold')
      const document = { products: [{ ...first, name }, ...others] }
      return {
        give: async () => {
          const { deps } = center.system
          return (await applyCatalogue(deps, { document, ...ACT, keys: 'guarded' })).version
        },
        left: async () => (await inForce(center)).products[0]?.name === name,
      }
    },
  },
  ...(['publishable', 'revoked'] as const).map((kind): Command => ({
    name: `product keys, ${kind}`,
    covers: ['usecases/change-product-keys.ts'],
    repeated: kind === 'revoked' ? 'product_key.not_found' : 'product_key.taken',
    prepare: async (center, name) => {
      const key = `pk_${name.replace(/\W/g, '_')}`
      const { deps } = center.system
      const create = () => createProductKey(deps, 'recover', { kind: 'publishable', key }, ACT)
      if (kind === 'revoked') await create()
      const revoke = () => revokeProductKey(deps, { product: 'recover', key }, ACT)
      return {
        give: kind === 'revoked' ? revoke : create,
        left: async () => {
          const { products } = await inForce(center)
          const keys = products.flatMap(({ publishable_keys }) => publishable_keys)
          return keys.filter((other) => other === key).length
        },
      }
    },
  })),
  ...(['release', 'cancel'] as const).map((decision): Command => ({
    name: `orders review, ${decision}`,
    covers: ['usecases/review-order.ts'],
    repeated: 'order.not_in_review',
    prepare: async (center, name) => {
      const { buyer, order } = await orderInReview(center, name)
      const { deps } = center.system
      return {
        give: async () => {
          const { order: reviewed } = await reviewOrder(deps, order.id, { ...ACT, decision })
          return reviewed.state
        },
        left: async () => {
          const { state, licenses } = await buyer.follow(order.id)
          return { state, licenses: licenses.length }
        },
      }
    },
  })),
]

/** For more money than was asked for. */
async function orderInReview(center: TestSystem, name: string) {
  const { buyer, order } = await bought(center, name)
  const page = await bareSdk(center.system.stripe.origin).checkout.sessions.create({
    mode: 'payment',
    client_reference_id: order.id,
    metadata: { order_id: order.id },
    payment_intent_data: { metadata: { order_id: order.id } },
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'usd', unit_amount: 37_600, product_data: { name: 'x' } },
      },
    ],
    success_url: center.system.origin,
  })
  await center.pay({ payment_url: page.url })
  const event = await eventOf(center.system, order.id, 'checkout.session.completed')
  await deliver(center.system, event)
  return { buyer, order }
}

async function bought(center: TestSystem, name: string) {
  const buyer = center.as('recover', name)
  const order = await buyer.buy(DR_MONTHLY)
  return { buyer, order: { ...order, id: order.id as `ord_${string}` } }
}

async function inForce(center: TestSystem) {
  const latest = await latestCatalogue(center.system.deps.db)
  if (latest === null) throw new Error('no catalogue is in force')
  return latest.document
}
