/** Quotes and list pages per second, against bare Hono handlers over the same database in the same run. */
import { createClient } from '@libsql/client'
import { Hono } from 'hono'
import { afterAll, beforeAll, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { seed, SEED_PAST_MS } from '../../demo/seed.ts'
import { demoCustomer } from '../../demo/customers.ts'
import { startTestSystem } from '../support/system.ts'
import type { TestSystem } from '../support/system.ts'
import { compare, report } from './ratio.ts'

const LOAD = { calls: 600, concurrency: 4 }
const PAYMENTS = 40

let test: TestSystem
let headers: Record<string, string>

beforeAll(async () => {
  test = await startTestSystem({ clockOffsetMs: -SEED_PAST_MS })
  await seed(test.system)
  const token = await test.system.token('recover', demoCustomer('acme'))
  headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
})
afterAll(() => test.remove())

it('quotes against an INSERT, and list pages against their SELECT, in bare handlers', async () => {
  const client = createClient({ url: `file:${test.directory}/license-center.db`, timeout: 5000 })
  await client.execute('CREATE TABLE IF NOT EXISTS bench_rows (id INTEGER PRIMARY KEY, body TEXT)')
  const bare = new Hono()
    .post('/quotes', async (c) => {
      const body = JSON.stringify(await c.req.json())
      await client.batch(
        [{ sql: 'INSERT INTO bench_rows (body) VALUES (?)', args: [body] }],
        'write',
      )
      return c.json({ stored: true }, 201)
    })
    .get('/licenses', async (c) => {
      const sql = 'SELECT * FROM licenses ORDER BY ends_at, id LIMIT 20'
      const [rows] = await client.batch([sql, 'SELECT count(*) FROM licenses'], 'read')
      return c.json({ data: rows?.rows })
    })
  const app = createApp(test.system.deps)
  const base = `${test.system.origin}/w/pk_demo_recover`
  const body = JSON.stringify({
    items: [{ plan: 'dr', quantity: 5, cycle: 'month', auto_renew: false }],
  })
  const post = { method: 'POST', headers, body }
  await compare(
    'POST quotes',
    () => okay(app.request(`${base}/quotes`, post)),
    () => okay(bare.request('/quotes', post)),
    LOAD,
  )
  await compare(
    'GET licenses (one page)',
    () => okay(app.request(`${base}/licenses?limit=20`, { headers })),
    () => okay(bare.request('/licenses')),
    LOAD,
  )
  client.close()
}, 300_000)

it('payment to license visible through the long poll, by webhook', async () => {
  const buyer = await test.as('recover', 'bench')
  const tookMs: number[] = []
  for (let payment = 0; payment < PAYMENTS; payment++) {
    const quote = await buyer.quote([
      { plan: 'dr', quantity: 1, cycle: 'month', auto_renew: false },
    ])
    const order = await buyer.order(quote)
    const visible = buyer.follow(order.id, 25)
    const paidAt = performance.now()
    await test.pay(order)
    const after = await visible
    if (after.state !== 'fulfilled') throw new Error(`order ${order.id} is ${after.state}`)
    tookMs.push(performance.now() - paidAt)
  }
  tookMs.sort((a, b) => a - b)
  report('payment → visible license', [
    ['median', `${tookMs[PAYMENTS / 2]?.toFixed(0)} ms`],
    ['worst of 40', `${tookMs.at(-1)?.toFixed(0)} ms`],
    ['budget p99', '2000 ms'],
  ])
}, 300_000)

async function okay(answer: Response | Promise<Response>): Promise<void> {
  const response = await answer
  if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`)
  await response.arrayBuffer()
}
