/** T07–T09: which pages may read the answers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemIn, type Buyer } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
let acme: Buyer
beforeAll(async () => {
  center = await startTestSystem()
  acme = center.as('recover', 'acme')
})
afterAll(() => center.remove())

const from = (origin: string, method = 'GET') =>
  acme.send('catalogue', { method, headers: { Origin: origin } })

describe('an answer', () => {
  it('T08: without an Origin has no CORS headers', async () => {
    const response = await acme.send('catalogue')
    expect(response.status).toBe(200)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
  })

  it('T09: for a listed origin names exactly it, varies by it and is stored nowhere', async () => {
    const { origin } = center.system
    for (const listed of [origin, origin.replace('localhost', '127.0.0.1')]) {
      const { status, headers } = await from(listed)
      expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([200, listed])
      expect(headers.get('Vary')).toContain('Origin')
      expect(headers.get('Cache-Control')).toBe('no-store')
      expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
      expect(headers.get('Access-Control-Expose-Headers')).toBe(
        'Retry-After, X-Request-Id, Idempotent-Replayed',
      )
    }
  })

  it.each([
    ['null', () => 'null'],
    ['in capitals', (origin: string) => origin.toUpperCase()],
    ['with a suffix', (origin: string) => `${origin}.evil.example`],
    ['with another port', () => 'http://localhost:1'],
    ['with a trailing dot', (origin: string) => origin.replace('localhost', 'localhost.')],
    ['with a path', (origin: string) => `${origin}/`],
    ['in punycode', () => 'http://xn--lcalhost-54a'],
    ['of https', (origin: string) => origin.replace('http:', 'https:')],
    ['twice', (origin: string) => `${origin}, ${origin}`],
  ])('T08: for an origin %s is a refusal that no page can read', async (_, forge) => {
    const response = await from(forge(center.system.origin))
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(response.headers.get('Vary')).toContain('Origin')
    const problem = await problemIn(response)
    expect([problem.status, problem.code]).toEqual([403, 'origin.not_allowed'])
  })

  it('T09: to a listed origin can be read also when it is a problem', async () => {
    const { origin } = center.system
    const response = await acme.send('orders/unknown', { headers: { Origin: origin } })
    expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([
      404,
      origin,
    ])
    expect(response.headers.get('Vary')).toContain('Origin')
  })
})

describe('a preflight', () => {
  it('is decided per product', async () => {
    const { origin } = center.system
    const allowed = await from(origin, 'OPTIONS')
    expect(allowed.status).toBe(204)
    expect(allowed.headers.get('Access-Control-Allow-Methods')).toBe('GET, POST, PUT')
    const headers = allowed.headers.get('Access-Control-Allow-Headers')?.toLowerCase()
    for (const name of ['authorization', 'content-type', 'idempotency-key', 'accept-language']) {
      expect(headers).toContain(name)
    }
    expect((await from('https://evil.example', 'OPTIONS')).status).toBe(403)
    const unknown = await fetch(`${origin}/w/pk_demo_unknown/catalogue`, {
      method: 'OPTIONS',
      headers: { Origin: origin },
    })
    expect([unknown.status, unknown.headers.get('Access-Control-Allow-Origin')]).toEqual([
      404,
      null,
    ])
  })
})
