/** Verifies license tokens and license files: TypeScript, nothing but WebCrypto. */
export interface Expected {
  readonly issuer: string
  readonly product: string
  /** Of this machine; null for a license that is bound to none. */
  readonly fingerprint: string | null
  /** Seconds since 1970. */
  readonly now: number
  /** The highest one seen. */
  readonly seq: number
}
export type Key = JsonWebKey & { kid: string; retired_at?: string; revoked?: boolean }

/** VALID, OFFLINE (time to ask the center) and GRACE may run; everything else must not. */
export async function verify(
  keys: readonly Key[],
  token: string,
  expected: Expected,
): Promise<string> {
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  const header = read(head)
  if (header === null) return 'SIGNATURE_INVALID'
  const isOurs = header.alg === 'EdDSA' && header.typ === 'license+jwt'
  if (more.length > 0 || !isOurs) return 'TOKEN_INVALID'
  const key = keys.find(({ kid }) => kid === header.kid)
  if (key === undefined) return 'UNKNOWN_KEY'
  if (key.revoked) return 'RETIRED_KEY'
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.x ?? '' }
  const imported = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['verify'])
  const text = new TextEncoder().encode(`${head}.${body}`)
  const bytes = decoded(signature)
  const isSigned = bytes && (await crypto.subtle.verify('Ed25519', imported, bytes, text))
  if (!isSigned) return 'SIGNATURE_INVALID'
  const { iss, aud, iat, exp, seq, fingerprint, expires_at, check_after } = read(body)
  if (iss !== expected.issuer || typeof exp !== 'number') return 'TOKEN_INVALID'
  if (key.retired_at && iat >= seconds(key.retired_at)) return 'RETIRED_KEY'
  if (aud !== expected.product) return 'WRONG_PRODUCT'
  if (fingerprint !== expected.fingerprint) return 'FINGERPRINT_MISMATCH'
  if (seq < expected.seq) return 'TOKEN_OUTDATED'
  if (expected.now < iat - 300) return 'CLOCK_ROLLED_BACK'
  const hasExpired = expected.now >= seconds(expires_at)
  if (expected.now >= exp) return hasExpired ? 'EXPIRED' : 'OFFLINE_TOO_LONG'
  return hasExpired ? 'GRACE' : expected.now >= seconds(check_after) ? 'OFFLINE' : 'VALID'
}

const seconds = (instant: string) => Date.parse(instant) / 1000

/** Base64url has one spelling only. */
function decoded(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? new Uint8Array(bytes) : null
}

const read = (part: string) => {
  const bytes = decoded(part)
  return bytes === null || part === '' ? null : JSON.parse(new TextDecoder().decode(bytes))
}
