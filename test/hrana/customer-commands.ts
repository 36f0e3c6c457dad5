/** Commands about purchases, from the quote to the license, as whoever gives them would give them again. */
import { eq } from 'drizzle-orm'
import type Stripe from 'stripe'
import { orders, tickets } from '../../server/db/schema.ts'
import { reconcile } from '../../server/jobs/reconcile.ts'
import { sweep } from '../../server/jobs/sweep.ts'
import type { Order } from '../../server/contract/orders.ts'
import { DR_MONTHLY, type Buyer } from '../support/buyer.ts'
import { deliver, eventOf } from '../support/provider-events.ts'
import { bareSdk } from '../support/stripe.ts'
import type { TestSystem } from '../support/system.ts'
import { answered, later, purchased, returned, type Command, type Given } from './given.ts'

const PLACING = ['usecases/place-order.ts', 'usecases/open-payment.ts']

export const CUSTOMER_COMMANDS: readonly Command[] = [
  {
    name: 'POST quotes',
    covers: ['usecases/store-quote.ts'],
    prepare: async (center, name) => {
      const buyer = center.as('recover', name)
      return {
        give: () => answered(buyer.send('quotes', { body: { items: [DR_MONTHLY] } }), ['total']),
        left: async () => [],
      }
    },
  },
  {
    name: 'POST orders',
    covers: PLACING,
    prepare: async (center, name) => {
      const buyer = center.as('recover', name)
      const { id, notices } = await buyer.quote(DR_MONTHLY)
      const body = { quote_id: id, notices_version: notices.version }
      return {
        give: () => answered(buyer.send('orders', { body }), ['id', 'payment_url']),
        left: async () => {
          const { orm } = center.system.deps.db
          const placed = (await orm.select().from(orders)).filter(({ quoteId }) => quoteId === id)
          const pages = await Promise.all(placed.map((order) => pagesOf(center, order.id)))
          return { orders: placed.length, pages }
        },
      }
    },
  },
  {
    name: 'POST orders/{id}/cancel',
    covers: ['usecases/cancel-order.ts'],
    prepare: async (center, name) => {
      const buyer = center.as('recover', name)
      const order = await buyer.buy(DR_MONTHLY)
      const path = `orders/${order.id}/cancel`
      return {
        give: () => answered(buyer.send(path, { method: 'POST' }), ['id', 'state']),
        left: async () => (await buyer.follow(order.id)).state,
      }
    },
  },
  {
    name: 'POST webhooks',
    covers: ['usecases/provider-inbox.ts', 'usecases/settle-order.ts'],
    prepare: paidOrder(async ({ center, order }) => {
      const event = await eventOf(center.system, order.id, 'checkout.session.completed')
      return () => answered(deliver(center.system, event), [])
    }),
  },
  {
    name: 'GET /pay/return',
    covers: ['usecases/settle-order.ts'],
    prepare: paidOrder(async ({ center, order }) => () => {
      return answered(returned(center, order.id), [])
    }),
  },
  {
    name: 'POST /contact',
    covers: ['usecases/open-ticket.ts'],
    prepare: async (center, name) => {
      const email = `${name}@customer.example`
      const nonce = Buffer.from(name).toString('hex').padEnd(32, '0').slice(-32)
      const fields = { topic: 'purchase', email, order: '', message: 'Where is it?', nonce }
      const form = () => ({ method: 'POST', body: new URLSearchParams(fields) })
      return {
        give: async () => {
          const response = await fetch(`${center.system.origin}/contact`, form())
          const text = await response.text()
          if (!response.ok) throw new Error(text)
          return /#\d+/.exec(text)?.[0]
        },
        left: async () => {
          const { orm } = center.system.deps.db
          return (await orm.select().from(tickets).where(eq(tickets.email, email))).length
        },
      }
    },
  },
  {
    name: 'PUT renewal-day',
    covers: ['usecases/set-renewal-day.ts'],
    prepare: async (center, name) => {
      const buyer = center.as('recover', name)
      await buyer.buy(DR_MONTHLY)
      const put = { method: 'PUT', body: { day: 15 } }
      return {
        give: () => answered(buyer.send('renewal-day', put), ['day']),
        left: () => answered(buyer.send('renewal-day'), ['day']),
      }
    },
  },
  {
    name: 'POST licenses/{id}/reveal',
    covers: ['usecases/reveal-key.ts'],
    prepare: async (center, name) => {
      const { buyer, licenseId } = await purchased(center, name)
      const path = `licenses/${licenseId}/reveal`
      return {
        give: () => answered(buyer.send(path, { method: 'POST' }), ['key']),
        left: async () => [],
      }
    },
  },
]

/** They look at the orders of everybody. */
export const ORDER_JOBS: readonly Command[] = [
  {
    name: 'the sweep',
    covers: ['jobs/sweep.ts', 'usecases/settle-order.ts'],
    prepare: paidOrder(
      async ({ center }) =>
        () =>
          later(center, { seconds: 61 }, sweep),
    ),
  },
  {
    name: 'the reconciliation',
    covers: ['jobs/reconcile.ts', 'usecases/provider-inbox.ts'],
    prepare: async (center, name) => {
      for (let run = 0; run < RUNS_TO_TODAY; run++) await reconcile(center.system.deps)
      const prepare = paidOrder(async () => () => later(center, { seconds: 61 }, reconcile))
      return prepare(center, name)
    },
  },
]

/** Reconciliation starts three days ago, and covers one day in each run. */
const RUNS_TO_TODAY = 4

interface Paid {
  readonly center: TestSystem
  readonly buyer: Buyer
  readonly order: Order
}

/** What has to become of a paid order, whoever sees to it. */
function paidOrder(given: (paid: Paid) => Promise<Given['give']>): Command['prepare'] {
  return async (center, name) => {
    const buyer = center.as('recover', name)
    const order = await buyer.buy(DR_MONTHLY)
    await center.pay(order)
    return {
      give: await given({ center, buyer, order }),
      left: async () => {
        const { state, licenses } = await buyer.follow(order.id)
        return { state, licenses: licenses.length }
      },
    }
  }
}

async function pagesOf(center: TestSystem, orderId: string): Promise<number> {
  const sdk: Stripe = bareSdk(center.system.stripe.origin)
  const { data } = await sdk.checkout.sessions.list({ limit: 100 })
  return data.filter((page) => page.client_reference_id === orderId).length
}
