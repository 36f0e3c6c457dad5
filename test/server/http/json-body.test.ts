/** N01, N02, N17: what is no JSON object, too much of it, or sent by tricks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DR_MONTHLY, problemIn, type Buyer } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
let acme: Buyer
beforeAll(async () => {
  center = await startTestSystem()
  acme = center.as('recover', 'acme')
})
afterAll(() => center.remove())

const ROUTES = ['quotes', 'orders', 'billing-portal']
const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`

const MALFORMED: readonly [string, string | Uint8Array<ArrayBuffer>][] = [
  ['nothing', ''],
  ['half an object', '{"items":['],
  ['an array', '[]'],
  ['null', 'null'],
  ['a number', '1'],
  ['a byte order mark', '\u{feff}{}'],
  ['__proto__', '{"__proto__":{"isAdmin":true}}'],
  ['__proto__ inside', '{"items":[{"__proto__":{}}]}'],
  ['a depth of 10,000', deep],
  ['a lone surrogate', '{"items":"\\ud800"}'],
  ['NUL', '{"items":"\\u0000"}'],
  ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
]

/** The body as bytes, so that nothing is mended on the way. */
async function send(path: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  const headers = { Authorization: `Bearer ${await acme.token()}` }
  const url = `${center.system.origin}/w/pk_demo_recover/${path}`
  const type = { 'Content-Type': 'application/json' }
  return fetch(url, { method: 'POST', headers: { ...headers, ...type }, body })
}

describe.each(ROUTES)('N01: POST %s', (route) => {
  it.each(MALFORMED)('answers %s with 400', async (_, body) => {
    const problem = await problemIn(await send(route, body))
    expect([problem.status, problem.code]).toEqual([400, 'request.malformed'])
    expect(JSON.stringify(problem)).not.toMatch(/\bat .*\.ts|node_modules|SyntaxError/)
  })

  it.each(['{}', '{"items":1e400}', '{"items":9007199254740993}', '{"constructor":{}}'])(
    'answers %s with 422 or what the route says to it',
    async (body) => {
      const response = await send(route, body)
      expect([409, 422]).toContain((await problemIn(response)).status)
    },
  )
})

describe('N02: a body', () => {
  const padded = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`

  it('of 64 kB is read, of one byte more refused', async () => {
    expect((await send('quotes', padded(64 * 1024))).status).toBe(422)
    const problem = await problemIn(await send('quotes', padded(64 * 1024 + 1)))
    expect([problem.status, problem.code]).toEqual([413, 'request.too_large'])
  })

  it('in chunks without a length is refused as well, and no crash is logged', async () => {
    const chunk = new TextEncoder().encode(' '.repeat(16 * 1024))
    let sent = 0
    const body = new ReadableStream({
      pull: (controller) => (sent++ < 8 ? controller.enqueue(chunk) : controller.close()),
    })
    const headers = {
      Authorization: `Bearer ${await acme.token()}`,
      'Content-Type': 'application/json',
    }
    const url = `${center.system.origin}/w/pk_demo_recover/quotes`
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
    expect((await problemIn(await fetch(url, init))).status).toBe(413)
    expect(center.logs.map(({ event }) => event)).not.toContain('request.crashed')
  })
})

describe('N17: a detour', () => {
  it.each([
    ['DELETE', 'orders/ord_01h455vb4pex5vsknk084sn02q'],
    ['HEAD', 'orders'],
    ['PUT', 'quotes'],
    ['PATCH', 'licenses/lic_01h455vb4pex5vsknk084sn02q'],
    ['POST', 'quotes/'],
    ['POST', 'quotes%2F'],
    ['POST', '../pk_demo_shift/quotes%00'],
    ['GET', 'licenses%252e'],
  ])('%s %s is no way in', async (method, path) => {
    const response = await acme.send(path, { method })
    expect([401, 404, 405]).toContain(response.status)
  })

  it('by method override stays a GET', async () => {
    const headers = { 'X-HTTP-Method-Override': 'POST', 'X-Method-Override': 'DELETE' }
    const response = await acme.send('quotes', { method: 'GET', headers })
    expect(response.status).toBe(404)
  })

  it('of prototype pollution changes no later request', async () => {
    await send('quotes', '{"constructor":{"prototype":{"total":1}},"items":[]}')
    expect((await acme.quote(DR_MONTHLY)).total).toBe(37_500)
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})
