/** Renewals in large numbers: a batch of a hundred, ten thousand licenses, a hundred thousand charges. */
import { createClient, type Client } from '@libsql/client'
import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { databaseOf } from '../../server/db/open.ts'
import { autoCharges, customers } from '../../server/db/schema.ts'
import type { Deps } from '../../server/deps.ts'
import { autoRenew } from '../../server/jobs/auto-renew.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import { bareSdk } from '../support/stripe.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { plantCustomers, plantLicenses } from './many-licenses.ts'
import { compare, report } from './ratio.ts'

const MANY = 10_000
const DUE = 100_000
/** Customers whose card is charged, with five licenses each. */
const PAYING = 200

let test: TestSystem
let client: Client
beforeAll(async () => {
  test = await startTestSystem({ startsAt: '2027-01-31T16:55:10Z' })
  client = createClient({ url: `file:${test.directory}/license-center.db`, timeout: 5000 })
})
afterAll(async () => {
  client.close()
  await test.remove()
})

it('a batch of a hundred, and pages of ten thousand licenses of one customer', async () => {
  const buyer = test.as('recover', 'bench-many')
  const order = await buyer.buy(DR_MONTHLY)
  await test.pay(order)
  await test.told()
  const { deps } = test.system
  const [row] = await deps.db.orm.select().from(customers)
  const customer = row?.id ?? ''
  const endsAt = Temporal.Instant.from('2027-02-28T16:55:10Z')
  const first = 1_000_000
  await plantLicenses(client, { from: first, to: first + MANY, customer, endsAt, chargeAt: null })

  await client.execute('CREATE TABLE IF NOT EXISTS bench_rows (id INTEGER PRIMARY KEY, body TEXT)')
  const ids = Array.from(
    { length: 100 },
    (_, index) => `lic_${String(first + index).padStart(26, '0')}`,
  )
  const marks = ids.map(() => '?').join(',')
  const mine = {
    sql: `SELECT * FROM licenses WHERE customer_id = ? ORDER BY ends_at, id LIMIT 50`,
    args: [customer],
  }
  const counted = { sql: 'SELECT count(*) FROM licenses WHERE customer_id = ?', args: [customer] }
  const bare = new Hono()
    .post('/quotes', async (c) => {
      const body = JSON.stringify(await c.req.json())
      const read = await client.batch(
        [{ sql: `SELECT * FROM licenses WHERE id IN (${marks})`, args: ids }],
        'read',
      )
      const store = { sql: 'INSERT INTO bench_rows (body) VALUES (?)', args: [body] }
      await client.batch([store], 'write')
      return c.json({ stored: read[0]?.rows.length }, 201)
    })
    .get('/licenses', async (c) => {
      const [rows] = await client.batch([mine, counted], 'read')
      return c.json({ data: rows?.rows })
    })
    .get('/ids', async (c) => {
      const found = await client.batch(
        [{ sql: 'SELECT id FROM licenses WHERE customer_id = ? LIMIT 1000', args: [customer] }],
        'read',
      )
      return c.json(found[0]?.rows)
    })
  const app = createApp(deps)
  const base = `${test.system.origin}/w/pk_demo_recover`
  const headers = {
    Authorization: `Bearer ${await buyer.token()}`,
    'Content-Type': 'application/json',
  }
  const body = JSON.stringify({
    renewals: ids.map((id) => ({ license_id: id })),
    duration: { months: 1 },
    align: true,
  })
  const post = { method: 'POST', headers, body }
  const load = { calls: 40, concurrency: 2, warmUp: 5 }
  await compare(
    'POST quotes, 100 renewals',
    () => okay(app.request(`${base}/quotes`, post)),
    () => okay(bare.request('/quotes', post)),
    load,
  )
  const list = (path: string, plain: string) =>
    compare(
      `GET ${path.split('?')[0]} of 10,000${path.includes('q=') ? ', searched' : ''}`,
      () => okay(app.request(`${base}/${path}`, { headers })),
      () => okay(bare.request(plain)),
      load,
    )
  await list('licenses?limit=50&sort=expires_at', '/licenses')
  await list('licenses?limit=50&q=00999&renewal_mode=manual', '/licenses')
  await list('licenses/ids?renewable=true', '/ids')
}, 600_000)

it('automatic renewals with 1,000 and with 100,000 licenses due', async () => {
  const { clock, stripe, deps } = test.system
  const endsAt = Temporal.Instant.from('2027-02-20T09:00:00Z')
  const chargeAt = endsAt.subtract({ hours: 7 * 24 })
  const customer = { each: 5 }
  await plantCustomers(client, 1, PAYING)
  await plantLicenses(client, { from: 1, to: PAYING * 5, customer, endsAt, chargeAt })
  await saveCards(stripe.origin, deps)
  clock.moveTo(chargeAt.add({ hours: 1 }))
  const few = await twoRuns()
  await plantCustomers(client, PAYING + 1, DUE / 5)
  await plantLicenses(client, { from: PAYING * 5 + 1, to: DUE, customer, endsAt, chargeAt })
  const many = await twoRuns()
  report('auto-renewal, 1,000 due', factsOf(few))
  report('auto-renewal, 100,000 due', factsOf(many))
  report('auto-renewal, 100,000 / 1,000', [['ratio', (many.perSecond / few.perSecond).toFixed(2)]])
}, 900_000)

interface Run {
  readonly charged: number
  readonly perSecond: number
  /** Database round trips per license that was charged. */
  readonly trips: number
  readonly heapMb: number
}

/** As many licenses as two runs of the job take: whole customers, 200 at most in each. */
async function twoRuns(): Promise<Run> {
  const { deps } = test.system
  let trips = 0
  const counting = new Proxy(deps.db.client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      if (typeof value !== 'function') return value
      if (property === 'batch' || property === 'execute') trips += 1
      return value.bind(target)
    },
  })
  const own: Deps = { ...deps, db: databaseOf(counting, deps.db.place) }
  const charged = () => deps.db.orm.$count(autoCharges, sql`state = 'charged'`)
  const before = await charged()
  const startedAt = performance.now()
  for (let run = 0; run < 2; run++) await autoRenew(own)
  const seconds = (performance.now() - startedAt) / 1000
  const done = (await charged()) - before
  return {
    charged: done,
    perSecond: done / seconds,
    trips: trips / done,
    heapMb: process.memoryUsage().heapUsed / 1_048_576,
  }
}

function factsOf({
  charged,
  perSecond,
  trips,
  heapMb,
}: Run): readonly (readonly [string, string])[] {
  return [
    ['licenses charged', String(charged)],
    ['rate', `${perSecond.toFixed(0)}/s`],
    ['database round trips each', trips.toFixed(2)],
    ['heap', `${heapMb.toFixed(0)} MB`],
  ]
}

/** A customer of the provider for each of the first ones, with a card that is charged later. */
async function saveCards(origin: string, { db, payments }: Deps): Promise<void> {
  const sdk = bareSdk(origin)
  const paying = await db.orm
    .select()
    .from(customers)
    .where(sql`id LIKE 'cus_00000000%'`)
  for (const { id, productId, email, name, locale } of paying) {
    const facts = { productId, customerId: id, email, name, locale }
    const providerCustomer = await payments.ensureCustomer(facts)
    const { id: methodId } = await sdk.paymentMethods.attach('pm_card_visa', {
      customer: providerCustomer,
    })
    const savedMethod = {
      id: methodId,
      kind: 'card',
      brand: 'visa',
      last4: '4242',
      expires: '2034-12',
    }
    const update = db.orm
      .update(customers)
      .set({ providerCustomer, savedMethod })
      .where(eq(customers.id, id))
      .toSQL()
    await client.batch([{ sql: update.sql, args: update.params as string[] }], 'write')
  }
}

async function okay(answer: Response | Promise<Response>): Promise<void> {
  const response = await answer
  if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`)
  await response.arrayBuffer()
}
