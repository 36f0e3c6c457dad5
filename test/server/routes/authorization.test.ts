/** T01: every route of the widget API, as its own description lists them, for everybody who must not have it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DR_MONTHLY, problemIn, type Buyer } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
let acme: Buyer
let ids: { quote: string; order: string; license: string }
beforeAll(async () => {
  center = await startTestSystem()
  acme = center.as('recover', 'acme')
  const quote = await acme.quote(DR_MONTHLY)
  const order = await acme.order(quote)
  await center.pay(order)
  const { licenses } = await acme.follow(order.id, 10)
  ids = { quote: quote.id, order: order.id, license: licenses[0] ?? '' }
})
afterAll(() => center.remove())

interface Row {
  readonly scope: 'none' | 'read' | 'buy'
  /** Names an object of `acme`. */
  readonly id?: 'quote' | 'order' | 'license'
  readonly unknownId?: string
  readonly body?: object
}

/** One row for each operation; a route without a row fails below. */
const ROWS: Readonly<Record<string, Row>> = {
  'GET catalogue': { scope: 'none' },
  'POST quotes': { scope: 'none', body: { items: [DR_MONTHLY] } },
  'GET quotes/{id}': { scope: 'none', id: 'quote', unknownId: 'quo_01h455vb4pex5vsknk084sn02q' },
  'POST orders': { scope: 'buy', body: { quote_id: 'quo_x', notices_version: 'x' } },
  'GET orders/{id}': { scope: 'read', id: 'order', unknownId: 'ord_01h455vb4pex5vsknk084sn02q' },
  'POST orders/{id}/cancel': {
    scope: 'buy',
    id: 'order',
    unknownId: 'ord_01h455vb4pex5vsknk084sn02q',
  },
  'GET licenses': { scope: 'read' },
  'GET licenses.csv': { scope: 'read' },
  'GET licenses/{id}': {
    scope: 'read',
    id: 'license',
    unknownId: 'lic_01h455vb4pex5vsknk084sn02q',
  },
  'POST billing-portal': { scope: 'buy', body: {} },
}

const operations = Object.entries(ROWS).map(([name, row]) => {
  const [method = '', path = ''] = name.split(' ')
  return { name, method, path, ...row }
})

function send(buyer: Buyer, { method, path, body }: (typeof operations)[number], id: string) {
  return buyer.send(path.replace('{id}', id), { method, ...(body ? { body } : {}) })
}

it('T01: every operation of the widget API has a row here', async () => {
  const response = await fetch(`${center.system.origin}/openapi.json`)
  const { paths } = await response.json()
  const prefix = '/w/{publishableKey}/'
  const listed = Object.entries<object>(paths)
    .filter(([path]) => path.startsWith(prefix))
    .flatMap(([path, item]) =>
      Object.keys(item)
        .filter((key) => ['get', 'post', 'put', 'patch', 'delete'].includes(key))
        .map((method) => `${method.toUpperCase()} ${path.slice(prefix.length)}`),
    )
  expect(listed.toSorted()).toEqual(Object.keys(ROWS).toSorted())
})

describe('T01: an object of another', () => {
  const withId = operations.filter(({ id }) => id !== undefined)

  it.each(withId)('$name answers exactly as an unknown one', async (operation) => {
    const strangers = [center.as('recover', 'huaxia'), center.as('shift', 'acme')]
    const own = await send(acme, operation, ids[operation.id ?? 'order'])
    expect(own.status).not.toBe(404)
    for (const stranger of strangers) {
      const answers = [
        await send(stranger, operation, ids[operation.id ?? 'order']),
        await send(stranger, operation, operation.unknownId ?? ''),
        await send(stranger, operation, 'nonsense'),
      ]
      const [first, ...others] = await Promise.all(answers.map(comparable))
      expect(first).toMatchObject({ problem: { status: 404 } })
      for (const other of others) expect(other).toEqual(first)
    }
  })

  /** Without what differs between any two answers. */
  async function comparable(response: Response) {
    const headers = Object.fromEntries(response.headers)
    delete headers['x-request-id']
    delete headers['date']
    return { headers, problem: { ...(await problemIn(response)), requestId: '' } }
  }
})

describe('T01: a list', () => {
  it.each(['licenses', 'licenses.csv'])('of %s shows nothing of others', async (path) => {
    expect(await (await acme.send(path)).text()).toContain(ids.license)
    for (const stranger of [center.as('recover', 'huaxia'), center.as('shift', 'acme')]) {
      const text = await (await stranger.send(`${path}?q=${ids.license.slice(4)}`)).text()
      expect(text).not.toContain(ids.license)
    }
  })
})

describe('T01: without the right credentials', () => {
  const guarded = operations.filter(({ scope }) => scope !== 'none')

  it.each(guarded)('$name answers 401 to a visitor', async (operation) => {
    const path = operation.path.replace('{id}', ids[operation.id ?? 'order'])
    const response = await fetch(`${center.system.origin}/w/pk_demo_recover/${path}`, {
      method: operation.method,
      headers: { 'Content-Type': 'application/json' },
      ...(operation.body ? { body: JSON.stringify(operation.body) } : {}),
    })
    const problem = await problemIn(response)
    expect([problem.status, problem.code]).toEqual([401, 'token.missing'])
  })

  it.each(guarded)('$name answers 403 to a token of another scope', async (operation) => {
    const scope = operation.scope === 'buy' ? 'read manage' : 'buy manage'
    const buyer = center.as('recover', 'acme', { scope })
    const response = await send(buyer, operation, ids[operation.id ?? 'order'])
    const problem = await problemIn(response)
    expect([problem.status, problem.code]).toEqual([403, 'token.scope_missing'])
  })

  it.each(operations)('$name answers 404 for a product that is not there', async (operation) => {
    const path = operation.path.replace('{id}', 'x')
    const response = await fetch(`${center.system.origin}/w/pk_demo_unknown/${path}`, {
      method: operation.method,
    })
    expect((await problemIn(response)).code).toBe('product.not_found')
  })
})

describe('T01: a quote of an anonymous visitor', () => {
  it('can be ordered by a customer, once, and is then no other’s', async () => {
    const url = `${center.system.origin}/w/pk_demo_recover/quotes`
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ items: [DR_MONTHLY] })
    const quote = await (await fetch(url, { method: 'POST', headers, body })).json()
    const order = await acme.order(quote)
    const huaxia = center.as('recover', 'huaxia')
    const repeat = { quote_id: quote.id, notices_version: quote.notices.version }
    const problem = await problemIn(await huaxia.send('orders', { body: repeat }))
    expect(problem.code).toBe('quote.not_found')
    expect((await huaxia.send(`orders/${order.id}`)).status).toBe(404)
  })
})
