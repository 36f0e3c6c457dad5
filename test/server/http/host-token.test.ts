/** T03, T04: who a host says its customer is, and everything that is not said so. */
import { createHmac } from 'node:crypto'
import { exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { JWTHeaderParameters } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemIn } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

interface Forgery {
  /** What is undefined is left out of the token. */
  readonly payload?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  /** Product whose backend signs. */
  readonly signer?: string
}

const nowSeconds = () => Math.floor(center.system.clock.now().epochMilliseconds / 1000)

/** A good token of `recover`, but for what is given. */
async function forged({ payload, header, signer = 'recover' }: Forgery): Promise<string> {
  const jwk = center.system.stateFile.state.hostKeys[signer]?.private ?? {}
  const claims = {
    iss: 'recover',
    aud: center.system.origin,
    sub: 'acme',
    email: 'it@acme.example',
    scope: 'read buy manage',
    iat: nowSeconds(),
    exp: nowSeconds() + 600,
    ...payload,
  }
  return new SignJWT(defined(claims))
    .setProtectedHeader(headerOf({ kid: 'demo-recover', ...header }))
    .sign(await importJWK(jwk, 'EdDSA'))
}

function headerOf(header: Forgery['header'] = {}): JWTHeaderParameters {
  return { alg: 'EdDSA', ...defined({ typ: 'license-host+jwt', ...header }) }
}

function defined<T extends object>(fields: T): T {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.assign(Object.create(Object.prototype), Object.fromEntries(given))
}

/** Parts of a token put together by hand, with a signature that need not be one. */
function assembled(header: object, payload: object, signature: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part(header)}.${part(payload)}.${signature}`
}

function ask(authorization: string, product = 'recover'): Promise<Response> {
  const url = `${center.system.origin}/w/${center.publishableKey(product)}/licenses`
  return fetch(url, { headers: { Authorization: authorization } })
}

async function expectRefused(authorization: string, product?: string): Promise<void> {
  const response = await ask(authorization, product)
  expect(response.headers.get('WWW-Authenticate')).toBe('Bearer')
  const { status, code, detail } = await problemIn(response)
  expect([status, code]).toEqual([401, 'token.invalid'])
  expect(detail).toBe('Ask the host for a new token; it must be signed by a key of this product.')
}

describe('a token', () => {
  it('that the host signed is accepted', async () => {
    expect((await ask(`Bearer ${await forged({})}`)).status).toBe(200)
    expect((await ask(`bearer ${await forged({})}`)).status).toBe(200)
  })

  it.each<{ why: string; forgery: Forgery }>([
    { why: 'another audience', forgery: { payload: { aud: 'https://elsewhere.example' } } },
    { why: 'no audience', forgery: { payload: { aud: undefined } } },
    { why: 'another issuer', forgery: { payload: { iss: 'studio' } } },
    { why: 'no issuer', forgery: { payload: { iss: undefined } } },
    { why: 'another type', forgery: { header: { typ: 'JWT' } } },
    { why: 'no type', forgery: { header: { typ: undefined } } },
    { why: 'no kid', forgery: { header: { kid: undefined } } },
    { why: 'an unknown kid', forgery: { header: { kid: 'other' } } },
    { why: 'no subject', forgery: { payload: { sub: undefined } } },
    { why: 'an empty subject', forgery: { payload: { sub: '' } } },
    { why: 'no e-mail', forgery: { payload: { email: undefined } } },
    {
      why: 'an e-mail with a line break',
      forgery: { payload: { email: 'a@b.com\r\nBcc: c@d.com' } },
    },
    { why: 'no expiry', forgery: { payload: { exp: undefined } } },
    { why: 'no time of issue', forgery: { payload: { iat: undefined } } },
    { why: 'the key of another product', forgery: { signer: 'shift' } },
  ])('T03: with $why is refused', async ({ forgery }) => {
    await expectRefused(`Bearer ${await forged(forgery)}`)
  })

  it.each([
    { why: 'that expired 11 s ago', iat: -300, exp: -11 },
    { why: 'of 11 s in the future', iat: 12, exp: 300 },
    { why: 'that lives 601 s', iat: 0, exp: 601 },
    { why: 'that ends before it begins', iat: 5, exp: -30 },
  ])('T03: $why is refused', async ({ iat, exp }) => {
    const payload = { iat: nowSeconds() + iat, exp: nowSeconds() + exp }
    await expectRefused(`Bearer ${await forged({ payload })}`)
  })

  it('C13: may be ten seconds off our clock, either way', async () => {
    for (const [iat, exp] of [
      [-200, -8],
      [8, 300],
    ] as const) {
      const payload = { iat: nowSeconds() + iat, exp: nowSeconds() + exp }
      expect((await ask(`Bearer ${await forged({ payload })}`)).status).toBe(200)
    }
  })

  it('T03: without a signature, or signed with our public key as a secret, is refused', async () => {
    const good = await forged({})
    const [head = '', body = ''] = good.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    const kid = 'demo-recover'
    const typ = 'license-host+jwt'
    await expectRefused(`Bearer ${assembled({ alg: 'none', typ, kid }, claims, '')}`)
    const pair = await generateKeyPair('EdDSA')
    const hs256 = assembled({ alg: 'HS256', typ, kid }, claims, '')
    const secret = await exportSPKI(pair.publicKey)
    const mac = createHmac('sha256', secret).update(hs256.slice(0, -1)).digest('base64url')
    await expectRefused(`Bearer ${hs256}${mac}`)
    await expectRefused(`Bearer ${head}.${body}.`)
    await expectRefused(`Bearer ${good.slice(0, -3)}AAA`)
  })

  it.each(['Bearer', 'Bearer ', 'Basic YTpi', 'Bearer x.y', 'Bearer null', 'Token abc'])(
    'T03: that reads %j is refused',
    (authorization) => expectRefused(authorization),
  )

  it('T04: of one product is refused by another, also when it names that one', async () => {
    await expectRefused(`Bearer ${await forged({})}`, 'shift')
    const named = await forged({ payload: { iss: 'shift' }, header: { kid: 'demo-shift' } })
    await expectRefused(`Bearer ${named}`, 'shift')
    await expectRefused(`Bearer ${await forged({ header: { kid: 'demo-shift' } })}`, 'shift')
  })

  it('permits what its scope says, and no more', async () => {
    const reader = center.as('recover', 'reader', { scope: 'read' })
    expect((await reader.licenses()).count).toBe(0)
    const body = { quote_id: 'quo_x', notices_version: 'x' }
    const problem = await problemIn(await reader.send('orders', { body }))
    expect([problem.status, problem.code]).toEqual([403, 'token.scope_missing'])
    const nothing = center.as('recover', 'nothing', { scope: 'admin' })
    expect((await nothing.send('licenses')).status).toBe(403)
  })
})

describe('T14: customers', () => {
  it('are who the host says, never who has the same e-mail', async () => {
    const quote = { plan: 'failback', quantity: 1 }
    const one = center.as('recover', 'one', { email: 'A@x.example' })
    const other = center.as('recover', 'other', { email: 'a@X.example' })
    const tagged = center.as('recover', 'tagged', { email: 'a+tag@x.example' })
    const orders = [await one.buy(quote), await other.buy(quote), await tagged.buy(quote)]
    expect(orders.map(({ email }) => email)).toEqual([
      'A@x.example',
      'a@X.example',
      'a+tag@x.example',
    ])
    expect((await other.send(`orders/${orders[0]?.id}`)).status).toBe(404)
  })
})
