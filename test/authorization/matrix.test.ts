/**
 * T01, T03, T04, T06, T08, T09: every route of the application × everybody who may call it. The rows
 * are in `rows.ts`, the columns in `callers.ts`; the router itself says which rows there must be.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { DR_MONTHLY, problemIn } from '../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { callersOf, type Caller } from './callers.ts'
import { ask, comparable } from './asking.ts'
import { isOfProduct, OPERATIONS, ROWS, UNKNOWN, type Answer, type OwnObjects } from './rows.ts'
import { ownObjects } from './own-objects.ts'

let center: TestSystem
let own: OwnObjects
let callers: readonly Caller[]
beforeAll(async () => {
  center = await startTestSystem()
  callers = await callersOf(center)
  own = await ownObjects(center)
})
afterAll(() => center.remove())

it('T01: every route of the router has a row here, and every row is a route', () => {
  const routes = createApp(center.system.deps)
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  expect([...new Set(routes)].toSorted()).toEqual(Object.keys(ROWS).toSorted())
})

describe('T01, T03, T04, T06, T08', () => {
  it.each(OPERATIONS.filter(isOfProduct))('$name answers each caller as it must', async (row) => {
    for (const caller of callers) {
      const response = await ask(center, caller, row, own)
      expect(await answerIn(response), caller.name).toEqual(caller.expected(row))
      expectUncached(caller, response)
    }
  })

  it.each(OPERATIONS.filter((row) => !isOfProduct(row)))(
    '$name answers everybody alike, whatever they bring',
    async (row) => {
      for (const caller of callers) {
        const { status } = await ask(center, caller, row, own)
        expect(status, caller.name).toBe(row.answer[0])
      }
    },
  )

  async function answerIn(response: Response): Promise<Answer> {
    if (response.ok) return [response.status]
    const { status, code } = await problemIn(response)
    return [status, code]
  }

  /** T09. */
  function expectUncached({ name, origin, namesProduct = true }: Caller, { headers }: Response) {
    expect(headers.get('Cache-Control'), name).toBe('no-store')
    if (namesProduct) expect(headers.get('Vary'), name).toContain('Origin')
    if (origin !== undefined) expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
  }
})

describe('T01: an object of another', () => {
  const withObject = OPERATIONS.flatMap((row) =>
    row.object === undefined ? [] : [{ ...row, object: row.object }],
  )
  const strangers = ['another customer', 'a customer of the same name of another product']

  it.each(withObject)('$name answers exactly as an unknown one', async (row) => {
    for (const caller of callers.filter(({ name }) => strangers.includes(name))) {
      const [first, ...others] = await Promise.all(
        [own[row.object], UNKNOWN[row.object], 'nonsense'].map(async (id) =>
          comparable(await ask(center, caller, row, { ...own, [row.object]: id })),
        ),
      )
      expect(first).toMatchObject({ body: { status: 404 } })
      for (const other of others) expect(other, caller.name).toEqual(first)
    }
  })
})

describe('T01: a list', () => {
  it.each(['licenses', 'licenses.csv'])('of %s shows nothing of others', async (path) => {
    const acme = center.as('recover', 'acme')
    expect(await (await acme.send(path)).text()).toContain(own.license)
    for (const stranger of [center.as('recover', 'huaxia'), center.as('shift', 'acme')]) {
      const text = await (await stranger.send(`${path}?q=${own.license.slice(4)}`)).text()
      expect(text).not.toContain(own.license)
    }
  })
})

describe('T01: a quote of an anonymous visitor', () => {
  it('can be ordered by a customer, once, and is then no other’s', async () => {
    const url = `${center.system.origin}/w/pk_demo_recover/quotes`
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ items: [DR_MONTHLY] })
    const quote = await (await fetch(url, { method: 'POST', headers, body })).json()
    const order = await center.as('recover', 'acme').order(quote)
    const huaxia = center.as('recover', 'huaxia')
    const repeat = { quote_id: quote.id, notices_version: quote.notices.version }
    const problem = await problemIn(await huaxia.send('orders', { body: repeat }))
    expect(problem.code).toBe('quote.not_found')
    expect((await huaxia.send(`orders/${order.id}`)).status).toBe(404)
  })
})
