/**
 * The licenses of the demo: twelve purchases through the same pipeline as everything else, while the
 * clock walks from fourteen months ago to today, and what uses them. So their orders, payments, ledgers
 * and logs are real.
 */
import { Temporal } from 'temporal-polyfill'
import type { Catalogue } from '../server/contract/catalogue.ts'
import type { Order } from '../server/contract/orders.ts'
import type { Quote } from '../server/contract/quotes.ts'
import { demoCustomer } from './customers.ts'
import { SEED_PURCHASES } from './seed-purchases.ts'
import type { SeedPurchase } from './seed-purchases.ts'
import { moveInstallations, useLicenses } from './seed-usage.ts'
import type { Console } from './seed-usage.ts'
import type { System } from './system.ts'

/** How far back the clock of a new demo starts. */
export const SEED_PAST_MS = 426 * 86_400_000

const TEST_CARD = { card_number: '4242424242424242', exp: '12/34', cvc: '123', action: 'pay' }

/** Does nothing when the demo was seeded before, and the rest when it was seeded in part. */
export async function seed(system: System): Promise<void> {
  const { stateFile, clock } = system
  if (stateFile.state.isSeeded) return
  console.log('Buying the licenses of the demo …')
  const today = Temporal.Now.instant()
  const due = SEED_PURCHASES.map((purchase) => ({ purchase, at: purchase.at(today) }))
  due.sort((a, b) => Temporal.Instant.compare(a.at, b.at))
  for (const { purchase, at } of due.slice(stateFile.state.seededPurchases)) {
    clock.moveTo(at)
    await buy(system, purchase)
    const seededPurchases = stateFile.state.seededPurchases + 1
    stateFile.save({ seededPurchases, clockOffsetMs: clock.offsetMs() })
  }
  clock.moveTo(Temporal.Now.instant())
  await moveInstallations(await consoleOf(system, 'recover', 'acme'))
  stateFile.save({ isSeeded: true, clockOffsetMs: clock.offsetMs() })
}

async function buy(system: System, purchase: SeedPurchase): Promise<void> {
  const { product, customer, item, mode, usage } = purchase
  const console = await consoleOf(system, product, customer)
  const quote = await console.send<Quote>('quotes', { items: [item] })
  const order = await console.send<Order>('orders', {
    quote_id: quote.id,
    notices_version: quote.notices.version,
  })
  if (order.payment_url === null) throw new Error(`order ${order.id} has no payment page`)
  const paid = await fetch(order.payment_url, {
    method: 'POST',
    body: new URLSearchParams(TEST_CARD),
    redirect: 'manual',
  })
  if (paid.status !== 303) throw new Error(`the payment page answered ${paid.status}`)
  await fetch(paid.headers.get('Location') ?? '')
  const { licenses } = await console.read<Order>(`orders/${order.id}`)
  await useLicenses(console, licenses, usage)
  if (mode === undefined) return
  const { notices } = await console.read<Catalogue>('catalogue')
  await console.send('renewals/mode', {
    license_ids: licenses.slice(0, 1),
    mode,
    consent: { notices_version: notices[item.plan]?.version },
  })
}

async function consoleOf(system: System, product: string, customer: string): Promise<Console> {
  const { origin, catalogue } = system
  const token = await system.token(product, demoCustomer(customer))
  const sold = catalogue.products.find(({ id }) => id === product)
  const base = `${origin}/w/${sold?.publishable_keys[0]}`
  return {
    product,
    origin,
    read: (path) => call(`${base}/${path}`, token),
    send: (path, body) => call(`${base}/${path}`, token, body),
  }
}

async function call<T>(url: string, token: string, body?: object): Promise<T> {
  const response = await fetch(url, {
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}
