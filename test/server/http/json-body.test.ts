/** N02, N17: too much of a body, or one sent by tricks. N01 is in `test/fuzz`, for every route. */
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

/** The body as bytes, so that nothing is mended on the way. */
async function send(path: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  const headers = { Authorization: `Bearer ${await acme.token()}` }
  const url = `${center.system.origin}/w/pk_demo_recover/${path}`
  const type = { 'Content-Type': 'application/json' }
  return fetch(url, { method: 'POST', headers: { ...headers, ...type }, body })
}

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
