/** Requests that no form of ours would send: each a clear problem that names the field, nothing stored, no 5xx. */
import { count } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Quote } from '../../../server/contract/quotes.ts'
import { journal, orders, quotes } from '../../../server/db/schema.ts'
import { DR_MONTHLY, problemIn, refusalOf, type Buyer } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
let acme: Buyer
let quote: Quote
let before: unknown
beforeAll(async () => {
  center = await startTestSystem()
  acme = center.as('recover', 'acme')
  quote = await acme.quote(DR_MONTHLY)
})
afterAll(() => center.remove())
beforeEach(async () => {
  before = await stored()
})
afterEach(async () => {
  expect(await stored()).toEqual(before)
})

/** How much there is in the tables that a request could write to. */
async function stored() {
  const { orm } = center.system.deps.db
  const [inQuotes] = await orm.select({ rows: count() }).from(quotes)
  const [inOrders] = await orm.select({ rows: count() }).from(orders)
  const [inJournal] = await orm.select({ rows: count() }).from(journal)
  return { inQuotes, inOrders, inJournal }
}

const dr = (changes: object) => ({ items: [{ ...DR_MONTHLY, ...changes }] })

describe('a forged selection', () => {
  it.each([
    { why: 'quantity 0', body: dr({ quantity: 0 }), pointer: '/items/0/quantity' },
    { why: 'quantity −1', body: dr({ quantity: -1 }), pointer: '/items/0/quantity' },
    { why: 'quantity 1.5', body: dr({ quantity: 1.5 }), pointer: '/items/0/quantity' },
    { why: 'quantity 10^12', body: dr({ quantity: 1e12 }), pointer: '/items/0/quantity' },
    { why: 'quantity 2^53 + 2', body: dr({ quantity: 2 ** 53 + 2 }), pointer: '/items/0/quantity' },
    { why: 'quantity over the plan', body: dr({ quantity: 10_001 }), pointer: '/items/0/quantity' },
    { why: 'quantity as text', body: dr({ quantity: '5' }), pointer: '/items/0/quantity' },
    {
      why: 'no auto-renewal chosen',
      body: dr({ auto_renew: null }),
      pointer: '/items/0/auto_renew',
    },
    { why: 'no cycle chosen', body: dr({ cycle: null }), pointer: '/items/0/cycle' },
    { why: 'an unknown cycle', body: dr({ cycle: 'day' }), pointer: '/items/0/cycle' },
    { why: 'another product’s plan', body: dr({ plan: 'migration' }), pointer: '/items/0/plan' },
    { why: 'a price', body: dr({ unit_amount: 1 }), pointer: '/items/0/unit_amount' },
    { why: 'a total', body: { ...dr({}), total: 1 }, pointer: '/total' },
    { why: 'nothing', body: { items: [] }, pointer: '/items' },
    { why: 'a foreign currency', body: { ...dr({}), currency: 'EUR' }, pointer: '/currency' },
    { why: 'no currency at all', body: { ...dr({}), currency: 'usd' }, pointer: '/currency' },
    { why: 'an unknown code', body: { ...dr({}), promo_code: 'FREE' }, pointer: '/promo_code' },
    { why: 'a bad zone', body: { ...dr({}), time_zone: 'Mars/Base' }, pointer: '/time_zone' },
    {
      why: 'a cycle for a plan without',
      body: { items: [{ plan: 'failback', quantity: 1, cycle: 'month' }] },
      pointer: '/items/0/cycle',
    },
    {
      why: 'auto-renewal of a one-time plan',
      body: { items: [{ plan: 'failback', quantity: 1, auto_renew: true }] },
      pointer: '/items/0/auto_renew',
    },
  ])('with $why is refused at $pointer', async ({ body, pointer }) => {
    const buyer = pointer === '/time_zone' ? await zoneless() : acme.send
    const problem = await problemIn(await buyer('quotes', { body }))
    expect([problem.status, problem.code]).toEqual([422, 'request.invalid'])
    expect(problem.errors?.map((error) => error.pointer)).toContain(pointer)
    expect(problem.errors?.every(({ detail }) => detail.length > 0)).toBe(true)
  })

  it('S5: of Migration with auto-renewal is refused at its field', async () => {
    const shift = center.as('shift', 'acme')
    const item = { plan: 'migration', quantity: 1, auto_renew: true }
    const refusal = await refusalOf(shift.quote(item))
    expect(refusal.pointers).toEqual(['/items/0/auto_renew'])
  })

  it('S7: names every bad field at once', async () => {
    const items = [
      { ...DR_MONTHLY, quantity: 0 },
      { ...DR_MONTHLY, plan: '' },
    ]
    const refusal = await refusalOf(acme.quote(items))
    expect(refusal.pointers).toEqual(expect.arrayContaining(['/items/0/quantity', '/items/1/plan']))
  })

  /** A token without a zone, so that the request's own counts. */
  async function zoneless(): Promise<Buyer['send']> {
    const token = await center.system.token('recover', { id: 'z', email: 'z@z.example', name: 'Z' })
    return (path, request) =>
      acme.send(path, { ...request, headers: { Authorization: `Bearer ${token}` } })
  }
})

describe('a forged order', () => {
  const order = (changes: object) =>
    acme.send('orders', {
      body: { quote_id: quote.id, notices_version: quote.notices.version, ...changes },
    })

  it.each(['amount', 'total', 'currency', 'discount', 'unit_amount', 'email'])(
    'P13: with the field %s is refused there',
    async (field) => {
      const problem = await problemIn(await order({ [field]: 1 }))
      expect(problem).toMatchObject({ status: 422, errors: [{ pointer: `/${field}` }] })
    },
  )

  it('P13: of an unknown, another customer’s or another product’s quote is 404, all alike', async () => {
    const other = center.as('recover', 'huaxia')
    const body = { quote_id: quote.id, notices_version: quote.notices.version }
    const answers = [
      await order({ quote_id: 'quo_01h455vb4pex5vsknk084sn02q' }),
      await order({ quote_id: 'nonsense' }),
      await other.send('orders', { body }),
      await center.as('shift', 'acme').send('orders', { body }),
    ]
    const problems = await Promise.all(answers.map(problemIn))
    for (const problem of problems) {
      expect({ ...problem, requestId: '' }).toEqual({ ...problems[0], requestId: '' })
    }
    expect(problems[0]).toMatchObject({ status: 404, code: 'quote.not_found' })
  })

  it('with notes that were not shown is refused, S12', async () => {
    const problem = await problemIn(await order({ notices_version: 'another' }))
    expect([problem.status, problem.code]).toEqual([409, 'notices.changed'])
  })

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https:\\\\evil.example',
    'http://localhost@evil.example/',
    'http://localhost:1/',
    'http://localhost.evil.example/',
    'http://LOCALHOST\u3002evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    '/demo/recover/',
    ' http://localhost/',
    'http://localhost/\nx',
    'ftp://localhost/',
    '',
  ])('N06: with return_url %j is refused there', async (url) => {
    const problem = await problemIn(await order({ return_url: url }))
    expect(problem).toMatchObject({ status: 422, errors: [{ pointer: '/return_url' }] })
    const portal = await acme.send('billing-portal', { body: { return_url: url } })
    expect((await problemIn(portal)).errors).toMatchObject([{ pointer: '/return_url' }])
  })

  it('N06: to the console itself is no forgery', async () => {
    const home = (await acme.catalogue()).product.home_url
    const portal = await acme.send('billing-portal', { body: { return_url: home } })
    expect((await problemIn(portal)).code).toBe('billing.no_payment_yet')
  })

  it('P12: on a quote that is 30 minutes old is gone', async () => {
    const { clock } = center.system
    clock.moveTo(clock.now().add({ minutes: 31 }))
    const problem = await problemIn(await order({}))
    expect([problem.status, problem.code]).toEqual([410, 'quote.expired'])
  })
})
