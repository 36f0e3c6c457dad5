/** Commands about saved payment methods. */
import { eq } from 'drizzle-orm'
import { customers, methodSetups } from '../../server/db/schema.ts'
import { sweep } from '../../server/jobs/sweep.ts'
import { DR_AUTO, type Buyer } from '../support/buyer.ts'
import { deliver } from '../support/provider-events.ts'
import { saveCard } from '../support/saved-card.ts'
import { bareSdk, submit } from '../support/stripe.ts'
import type { TestSystem } from '../support/system.ts'
import { answered, entriesFromHere, later, once, purchased, type Command } from './given.ts'

/** One customer for all attempts, with a card that is charged by itself. */
const owner = once(async (center) => {
  const { buyer } = await purchased(center, 'owner', DR_AUTO)
  const [row] = (await center.system.deps.db.orm.select().from(customers)).filter(({ email }) =>
    email.startsWith('owner'),
  )
  if (!row?.providerCustomer) throw new Error('no customer at the provider')
  const stripe = bareSdk(center.system.stripe.origin)
  return { buyer, id: row.id, atProvider: row.providerCustomer, stripe }
})

export const METHOD_COMMANDS: readonly Command[] = [
  {
    name: 'POST payment-methods',
    covers: ['usecases/open-method-setup.ts'],
    prepare: async (center, name) => {
      const { buyer } = await purchased(center, name)
      const body = { return_url: (await buyer.catalogue()).product.home_url }
      return {
        give: () => answered(buyer.send('payment-methods', { body }), ['url']),
        left: async () => (await setupsOf(center, name)).map(({ state }) => state),
      }
    },
  },
  {
    name: 'POST payment-methods/{id}/default',
    covers: ['usecases/change-saved-method.ts'],
    prepare: async (center) => {
      const { buyer, atProvider, stripe, id } = await owner(center)
      const method = await saveCard({ stripe }, atProvider, 'mastercard')
      const entries = await entriesFromHere(center, `customer:${id}`)
      const path = `payment-methods/${method}/default`
      return {
        give: () => answered(buyer.send(path, { method: 'POST' }), []),
        left: async () => ({ default: await isDefault(buyer, method), entries: await entries() }),
      }
    },
  },
  {
    name: 'DELETE payment-methods/{id}',
    covers: ['usecases/change-saved-method.ts'],
    repeated: 'payment_method.not_found',
    prepare: async (center) => {
      const { buyer, method, entries } = await withDefault(center)
      return {
        give: () => answered(buyer.send(`payment-methods/${method}`, { method: 'DELETE' }), []),
        left: async () => ({ default: await isDefault(buyer, method), entries: await entries() }),
      }
    },
  },
  {
    name: 'POST webhooks, of a method that was removed at the provider',
    covers: ['usecases/change-saved-method.ts', 'usecases/provider-inbox.ts'],
    prepare: async (center) => {
      const { buyer, method, entries, stripe } = await withDefault(center)
      await stripe.paymentMethods.detach(method)
      const { data } = await stripe.events.list({ type: 'payment_method.detached', limit: 1 })
      const [event] = data
      if (event === undefined) throw new Error('nothing was detached')
      return {
        give: () => answered(deliver(center.system, event), []),
        left: async () => ({ default: await isDefault(buyer, method), entries: await entries() }),
      }
    },
  },
  {
    name: 'GET /pay/return of a page that saves a method',
    covers: ['usecases/settle-method-setup.ts'],
    prepare: savedOnItsPage((_, returnUrl) => answered(fetch(returnUrl), [])),
  },
]

/** It looks at the pages of everybody. */
export const SETUP_SWEEP: Command = {
  name: 'the sweep, of a page that saves a method',
  covers: ['usecases/settle-method-setup.ts'],
  prepare: savedOnItsPage((center) => later(center, { seconds: 61 }, sweep)),
}

function savedOnItsPage(
  give: (center: TestSystem, returnUrl: string) => Promise<unknown>,
): Command['prepare'] {
  return async (center) => {
    const { buyer, id } = await owner(center)
    const body = { return_url: (await buyer.catalogue()).product.home_url }
    const answer = await buyer.send('payment-methods', { body })
    const { url } = (await answer.json()) as { url: string }
    const entries = await entriesFromHere(center, `customer:${id}`)
    const paid = await submit(url)
    const returnUrl = paid.headers.get('Location') ?? ''
    return {
      give: () => give(center, returnUrl),
      left: async () => {
        const [setup] = (await setupsOf(center, 'owner')).slice(-1)
        return { state: setup?.state, entries: await entries() }
      },
    }
  }
}

/** The owner with a card more, which is the default now. */
async function withDefault(center: TestSystem) {
  const { buyer, atProvider, stripe, id } = await owner(center)
  const method = await saveCard({ stripe }, atProvider)
  await answered(buyer.send(`payment-methods/${method}/default`, { method: 'POST' }), [])
  return { buyer, method, stripe, entries: await entriesFromHere(center, `customer:${id}`) }
}

async function isDefault(buyer: Buyer, method: string): Promise<boolean> {
  const answer = await buyer.send('payment-methods')
  const { data } = (await answer.json()) as { data: { id: string; is_default: boolean }[] }
  return data.some(({ id, is_default }) => id === method && is_default)
}

async function setupsOf(center: TestSystem, name: string) {
  const rows = await center.system.deps.db.orm
    .select({ state: methodSetups.state, email: customers.email })
    .from(methodSetups)
    .innerJoin(customers, eq(customers.id, methodSetups.customerId))
    .orderBy(methodSetups.createdAt)
  return rows.filter(({ email }) => email.startsWith(`${name}@`))
}
