/**
 * The JWT by which a host's backend says who its customer is (design section 6). `typ` and `kid` are
 * required, the algorithm is the key's own, and the key is looked up inside the product that the
 * publishable key names: a token of another product finds no key here (T03, T04).
 */
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import type { CryptoKey as JoseKey, JWTPayload } from 'jose'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { Product } from '../domain/catalogue.ts'
import { Refused } from '../domain/refusals.ts'

export const SCOPES = ['read', 'buy', 'manage'] as const
export type Scope = (typeof SCOPES)[number]

const TOKEN_TYPE = 'license-host+jwt'
const MAX_LIFETIME_SECONDS = 600
const CLOCK_SKEW_SECONDS = 10

export interface HostIdentity {
  readonly subject: string
  readonly email: string
  readonly name: string | null
  readonly zone: string | null
  readonly locale: string | null
  readonly scopes: ReadonlySet<Scope>
}

const Claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(254),
  name: z.string().max(200).optional(),
  zoneinfo: z.string().max(64).optional(),
  locale: z.string().max(35).optional(),
  scope: z.string().max(200).default('read'),
  iat: z.number().int(),
  exp: z.number().int(),
})

/** @throws Refused `token.invalid`, whatever is wrong: the answer teaches a forger nothing */
export async function readHostToken(
  deps: Deps,
  product: Product,
  token: string,
): Promise<HostIdentity> {
  const payload = await verify(deps, product, token).catch(() => null)
  const claims = Claims.safeParse(payload)
  if (!claims.success) throw new Refused('token.invalid')
  const { sub, email, name, zoneinfo, locale, scope, iat, exp } = claims.data
  const nowSeconds = Math.floor(deps.now().epochMilliseconds / 1000)
  if (exp - iat > MAX_LIFETIME_SECONDS || iat > nowSeconds + CLOCK_SKEW_SECONDS) {
    throw new Refused('token.invalid')
  }
  return {
    subject: sub,
    email,
    name: name ?? null,
    zone: zoneinfo ?? null,
    locale: locale ?? null,
    scopes: new Set(SCOPES.filter((known) => scope.split(' ').includes(known))),
  }
}

async function verify(deps: Deps, product: Product, token: string): Promise<JWTPayload> {
  const { kid } = decodeProtectedHeader(token)
  const key = product.host_keys.find((candidate) => candidate.kid === kid)
  if (key === undefined) throw new Refused('token.invalid')
  const { payload } = await jwtVerify(token, await keyMaterial(deps, key), {
    algorithms: [key.alg],
    typ: TOKEN_TYPE,
    issuer: product.id,
    audience: deps.config.centerOrigin,
    currentDate: new Date(deps.now().epochMilliseconds),
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: ['sub', 'iat', 'exp'],
  })
  return payload
}

async function keyMaterial(
  deps: Deps,
  key: Product['host_keys'][number],
): Promise<JoseKey | Uint8Array> {
  if (key.jwk !== undefined && key.alg !== 'HS256') return importJWK(key.jwk, key.alg)
  const secret = key.secret_env === undefined ? null : deps.secrets.hostSecret(key.secret_env)
  if (secret === null) throw new Refused('token.invalid')
  return secret
}
