/** Everybody who may call: one who may, and all who may not, with the answer that each one gets. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { CryptoKey as JoseKey } from 'jose'
import { demoCustomer } from '../../demo/customers.ts'
import { signerOf } from '../../demo/setting.ts'
import { createProductKey, revokeProductKey } from '../../server/usecases/change-product-keys.ts'
import { SCOPES } from '../../server/http/host-token.ts'
import type { TestSystem } from '../support/system.ts'
import type { Answer, Operation, Row } from './rows.ts'

export interface Caller {
  readonly name: string
  readonly publishableKey: string
  /** Null sends none. */
  readonly token: (needed: Row['guard']) => Promise<string | null>
  readonly origin?: string
  /** The key names a product, whose pages may read the answer. */
  readonly namesProduct?: boolean
  readonly expected: (operation: Operation) => Answer
}

const REVOKED = { publishable: 'pk_revoked_recover', host: 'revoked-recover' }
const ACCOUNT = { actor: 'test', reason: 'T06' }
const SECONDS_UNTIL_REVOKED = 60

/** Revokes keys, so that the clock of the system moves a minute ahead. */
export async function callersOf(center: TestSystem): Promise<readonly Caller[]> {
  const privateKey = await revokedKeys(center)
  const { system } = center
  const own = center.publishableKey('recover')
  const tokenOf = (product: string, customer: string, scope?: string) =>
    center.as(product, customer, scope === undefined ? {} : { scope }).token()
  const acme = { publishableKey: own, token: () => tokenOf('recover', 'acme') }
  const refused = () => [401, 'token.invalid'] as const
  return [
    { name: 'the one who may', ...acme, expected: entitled },
    {
      name: 'nobody',
      publishableKey: own,
      token: async () => null,
      expected: (operation) =>
        needsToken(operation) ? [401, 'token.missing'] : stranger(operation),
    },
    {
      name: 'another customer',
      publishableKey: own,
      token: () => tokenOf('recover', 'huaxia'),
      expected: stranger,
    },
    {
      name: 'a customer of the same name of another product',
      publishableKey: center.publishableKey('shift'),
      token: () => tokenOf('shift', 'acme'),
      expected: foreign,
    },
    {
      name: 'a token of another product',
      publishableKey: own,
      token: () => tokenOf('shift', 'acme'),
      expected: refused,
    },
    {
      name: 'a token of every other scope',
      publishableKey: own,
      token: (needed) =>
        tokenOf('recover', 'acme', SCOPES.filter((scope) => scope !== needed).join(' ')),
      expected: (operation) =>
        needsToken(operation) ? [403, 'token.scope_missing'] : entitled(operation),
    },
    {
      name: 'a token that has expired',
      publishableKey: own,
      token: () => expiredToken(center),
      expected: refused,
    },
    {
      name: 'a token of a host key that was revoked',
      publishableKey: own,
      token: () => signed(center, privateKey),
      expected: refused,
    },
    {
      name: 'a publishable key that was revoked',
      publishableKey: REVOKED.publishable,
      namesProduct: false,
      token: acme.token,
      expected: () => [404, 'product.not_found'],
    },
    {
      name: 'a page of another origin',
      ...acme,
      origin: `${system.origin}.evil.example`,
      expected: () => [403, 'origin.not_allowed'],
    },
  ]
}

function needsToken({ guard }: Operation): boolean {
  return SCOPES.some((scope) => scope === guard)
}

function entitled({ answer }: Operation): Answer {
  return answer
}

function stranger({ object, strangerAnswer, answer }: Operation): Answer {
  return object === undefined ? (strangerAnswer ?? answer) : [404, `${object}.not_found`]
}

/** Their own product sells other things: what it answers to a selection is not the question here. */
function foreign(operation: Operation): Answer {
  return operation.path.endsWith('/quotes') ? [422, 'request.invalid'] : stranger(operation)
}

/** Keys that worked until they were revoked. @returns the private half of the host key */
async function revokedKeys(center: TestSystem): Promise<JoseKey> {
  const { system } = center
  const { deps, clock } = system
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = await exportJWK(publicKey)
  const key = { kid: REVOKED.host, alg: 'EdDSA' as const, jwk }
  await createProductKey(deps, 'recover', { kind: 'host', key }, ACCOUNT)
  const publishable = { kind: 'publishable' as const, key: REVOKED.publishable }
  await createProductKey(deps, 'recover', publishable, ACCOUNT)
  const used = await fetch(`${system.origin}/w/${REVOKED.publishable}/licenses`, {
    headers: { Authorization: `Bearer ${await signed(center, privateKey)}` },
  })
  if (!used.ok) throw new Error(`the keys never worked: ${used.status}`)
  for (const name of [REVOKED.host, REVOKED.publishable]) {
    await revokeProductKey(deps, { product: 'recover', key: name }, ACCOUNT)
  }
  clock.moveTo(clock.now().add({ seconds: SECONDS_UNTIL_REVOKED }))
  return privateKey
}

function signed({ system }: TestSystem, key: JoseKey): Promise<string> {
  const issuedAt = Math.floor(system.clock.now().epochMilliseconds / 1000)
  return new SignJWT({ email: 'it@acme.example', scope: SCOPES.join(' ') })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'license-host+jwt', kid: REVOKED.host })
    .setIssuer('recover')
    .setAudience(system.origin)
    .setSubject('acme')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 600)
    .sign(key)
}

/** Signed eleven minutes ago: more than its ten, and the seconds that clocks may differ. */
async function expiredToken({ system }: TestSystem): Promise<string> {
  const { stateFile, origin, clock } = system
  const now = () => clock.now().subtract({ minutes: 11 })
  const sign = signerOf(stateFile, origin, now)
  return sign('recover', demoCustomer('acme'))
}
