/**
 * License tokens: JWS in compact form, signed with Ed25519 (RFC 8037), `typ: license+jwt`. Verified by
 * WebCrypto alone, which Node, Deno, Bun, Workers and Electron have.
 */
import type { LicenseCode } from './codes.ts'

/** A public key as `/.well-known/license-jwks.json` lists it. */
export interface LicenseKey {
  readonly kid: string
  /** Base64url of 32 bytes. */
  readonly x: string
  /** RFC 3339: what it signed from then on is not the center's. */
  readonly retired_at?: string
  /** Nothing that it ever signed is good. */
  readonly revoked?: boolean
}

export interface TokenClaims {
  /** Origin of the center. */
  readonly iss: string
  /** Id of the license. */
  readonly sub: string
  /** Id of the product. */
  readonly aud: string
  /** Seconds since 1970, as all times of a token. */
  readonly iat: number
  readonly exp: number
  readonly fingerprint: string | null
  readonly plan: string
  readonly type: string
  readonly total: number
  readonly entitlements: readonly string[]
  readonly expires_at: string
  readonly check_after: string
  readonly grace_until: string
  readonly seq: number
}

type Refusal = Extract<
  LicenseCode,
  'SIGNATURE_INVALID' | 'RETIRED_KEY' | 'UNKNOWN_KEY' | 'TOKEN_INVALID'
>

export interface KeyRing {
  readonly keys: readonly LicenseKey[]
  /** Names of keys that were published once and no longer are. */
  readonly withdrawn: readonly string[]
}

/** Who signed it is proven before anything that it says is believed. */
export async function verifyToken(
  token: string,
  { keys, withdrawn }: KeyRing,
): Promise<TokenClaims | Refusal> {
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  const header = json(head)
  if (header === null) return 'SIGNATURE_INVALID'
  const { alg, typ, kid } = header
  const isOurKind = alg === 'EdDSA' && typ === 'license+jwt' && typeof kid === 'string'
  if (!isOurKind || more.length > 0) return 'TOKEN_INVALID'
  const key = keys.find((one) => one.kid === kid)
  if (withdrawn.includes(kid) || key?.revoked === true) return 'RETIRED_KEY'
  if (key === undefined) return 'UNKNOWN_KEY'
  if (!(await isSignedBy(key, `${head}.${body}`, signature))) return 'SIGNATURE_INVALID'
  const claims = json(body)
  if (!isClaims(claims)) return 'TOKEN_INVALID'
  return isSignedTooLate(key, claims) ? 'RETIRED_KEY' : claims
}

/** Tokens from before the retirement run out by themselves. */
function isSignedTooLate({ retired_at: retiredAt }: LicenseKey, { iat }: TokenClaims): boolean {
  return retiredAt !== undefined && iat * 1000 >= Date.parse(retiredAt)
}

async function isSignedBy(key: LicenseKey, text: string, signature: string): Promise<boolean> {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.x }
    const imported = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['verify'])
    const data = new TextEncoder().encode(text)
    return await crypto.subtle.verify('Ed25519', imported, bytes(signature), data)
  } catch {
    return false
  }
}

/** @throws for what is not base64url in its one canonical form */
function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(base64url)) throw new TypeError('not base64url')
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  const canonical = btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  if (canonical !== base64url) throw new TypeError('not canonical')
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function json(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes(part)))
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const TEXTS = ['iss', 'sub', 'aud', 'plan', 'type', 'expires_at', 'check_after', 'grace_until']
const NUMBERS = ['iat', 'exp', 'total', 'seq']

function isClaims(value: unknown): value is TokenClaims {
  return (
    isRecord(value) &&
    TEXTS.every((name) => typeof value[name] === 'string') &&
    NUMBERS.every((name) => typeof value[name] === 'number') &&
    Array.isArray(value.entitlements) &&
    (value.fingerprint === null || typeof value.fingerprint === 'string')
  )
}
