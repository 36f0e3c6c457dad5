/**
 * Test vectors for whoever verifies license tokens and license files in another language. Made by the
 * function that signs real ones; Ed25519 has no chance in it, so they are the same each time.
 */
import { SignJWT } from 'jose'
import { Temporal } from 'temporal-polyfill'
import type { LicenseCode } from '../../server/client/codes.ts'
import { signedToken, type Tokened, type TokenUse } from '../../server/usecases/license-token.ts'
import { damaged, malleable, renamed } from './damage.ts'
import { JWKS, privateKey, type KeyName } from './signing-keys.ts'

export interface Expectation {
  readonly issuer: string
  readonly product: string
  readonly fingerprint: string | null
  /** Seconds since 1970. */
  readonly now: number
  /** The highest sequence seen so far. */
  readonly seq: number
}

export interface Vector {
  readonly name: string
  readonly token: string
  readonly expected: Expectation
  /** What a verifier answers. */
  readonly code: LicenseCode
}

export interface Vectors {
  readonly about: string
  readonly jwks: typeof JWKS
  readonly vectors: readonly Vector[]
}

const ISSUER = 'https://licenses.example.com'
const SIGNED_AT = Temporal.Instant.from('2031-01-10T09:00:00Z')
const CHECK_AFTER = SIGNED_AT.add({ hours: 24 })
const EXPIRES_AT = Temporal.Instant.from('2031-02-10T09:00:00Z')
const LATE = Temporal.Instant.from('2031-02-05T09:00:00Z')
const SEQ = 7
const ODD_NAME = 'C:\\Ünïcode "主机",\\"exp\\":9999999999'

interface Signed {
  readonly by?: KeyName
  readonly as?: string
  readonly at?: Temporal.Instant
  readonly until?: Temporal.Instant
  readonly fingerprint?: string | null
  readonly use?: TokenUse
}

/** A token as the center makes it: five seats of `recover` for `host-a`. */
async function signed(options: Signed = {}): Promise<string> {
  const { by = 'current', as = by, at = SIGNED_AT, fingerprint = 'host-a' } = options
  const until = options.until ?? at.add({ hours: 8 * 24 })
  const facts: Tokened = {
    license: {
      id: 'lic_01jh8e2v5wf3tr7x4m9k6q0zbc',
      productId: 'recover',
      planId: 'dr',
      type: 'dr',
      total: 5,
      nextTotal: null,
      nextTotalAt: null,
      reserved: 1,
      consumed: 0,
      endsAt: EXPIRES_AT,
      version: SEQ,
    },
    plan: { entitlements: ['export', 'sso'] },
    activation: { id: 'act_01jh8e2v5wf3tr7x4m9k6q0zbd' },
    times: { checkAfter: at.add({ hours: 24 }), graceUntil: until },
    at,
  }
  const licenseSigner = { kid: as, privateKey: await privateKey(by), publicKeys: JWKS.keys }
  const signing = { secrets: { licenseSigner }, config: { centerOrigin: ISSUER } }
  return (await signedToken(signing, facts, fingerprint, options.use ?? 'token')) ?? ''
}

/** Signed by the right key, and still not a license token. */
async function foreign(typ: string, claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: 'current' })
    .sign(await privateKey('current'))
}

const expectation = (change: Partial<Expectation> & { at?: Temporal.Instant } = {}) => {
  const { at = SIGNED_AT.add({ minutes: 1 }), ...others } = change
  const now = at.epochMilliseconds / 1000
  return { issuer: ISSUER, product: 'recover', fingerprint: 'host-a', now, seq: SEQ, ...others }
}

export async function makeVectors(): Promise<Vectors> {
  const good = await signed()
  const upToGrace = await signed({ at: LATE, until: EXPIRES_AT.add({ hours: 72 }) })
  const exp = SIGNED_AT.add({ hours: 8 * 24 })
  const list: [string, LicenseCode, string, ReturnType<typeof expectation>][] = [
    ['a token', 'VALID', good, expectation()],
    ['a file', 'VALID', await signed({ use: 'file' }), expectation()],
    [
      'bound to nothing',
      'VALID',
      await signed({ fingerprint: null }),
      expectation({ fingerprint: null }),
    ],
    [
      'an odd fingerprint',
      'VALID',
      await signed({ fingerprint: ODD_NAME }),
      expectation({ fingerprint: ODD_NAME }),
    ],
    ['a higher sequence than seen', 'VALID', good, expectation({ seq: SEQ - 1 })],
    [
      'the second before the check',
      'VALID',
      good,
      expectation({ at: CHECK_AFTER.subtract({ seconds: 1 }) }),
    ],
    ['from the check on', 'OFFLINE', good, expectation({ at: CHECK_AFTER })],
    ['the last second', 'OFFLINE', good, expectation({ at: exp.subtract({ seconds: 1 }) })],
    ['without the center for too long', 'OFFLINE_TOO_LONG', good, expectation({ at: exp })],
    [
      'the second before the expiry',
      'OFFLINE',
      upToGrace,
      expectation({ at: EXPIRES_AT.subtract({ seconds: 1 }) }),
    ],
    ['from the expiry on', 'GRACE', upToGrace, expectation({ at: EXPIRES_AT })],
    ['after the grace', 'EXPIRED', upToGrace, expectation({ at: EXPIRES_AT.add({ hours: 72 }) })],
    [
      'a clock five minutes slow',
      'VALID',
      good,
      expectation({ at: SIGNED_AT.subtract({ seconds: 300 }) }),
    ],
    [
      'a clock that was turned back',
      'CLOCK_ROLLED_BACK',
      good,
      expectation({ at: SIGNED_AT.subtract({ seconds: 301 }) }),
    ],
    ['an older one', 'TOKEN_OUTDATED', good, expectation({ seq: SEQ + 1 })],
    ['another machine', 'FINGERPRINT_MISMATCH', good, expectation({ fingerprint: 'host-b' })],
    [
      'a machine where none was bound',
      'FINGERPRINT_MISMATCH',
      await signed({ fingerprint: null }),
      expectation(),
    ],
    ['another product', 'WRONG_PRODUCT', good, expectation({ product: 'shift' })],
    ['another center', 'TOKEN_INVALID', good, expectation({ issuer: 'https://other.example.com' })],
    ['one bit of the claims', 'SIGNATURE_INVALID', damaged(good, 1), expectation()],
    ['one bit of the signature', 'SIGNATURE_INVALID', damaged(good, 2), expectation()],
    ['half a signature', 'SIGNATURE_INVALID', good.slice(0, -43), expectation()],
    ['no signature', 'SIGNATURE_INVALID', good.replace(/[^.]+$/, ''), expectation()],
    ['another spelling of the signature', 'SIGNATURE_INVALID', renamed(good), expectation()],
    ['a second signature made from the first', 'SIGNATURE_INVALID', malleable(good), expectation()],
    [
      'another key under the same name',
      'SIGNATURE_INVALID',
      await signed({ by: 'stranger', as: 'current' }),
      expectation(),
    ],
    ['nothing', 'SIGNATURE_INVALID', '', expectation()],
    ['a key of nobody', 'UNKNOWN_KEY', await signed({ by: 'stranger' }), expectation()],
    ['before the key was retired', 'VALID', await signed({ by: 'retired' }), expectation()],
    [
      'after the key was retired',
      'RETIRED_KEY',
      await signed({ by: 'retired', at: LATE }),
      expectation({ at: LATE }),
    ],
    ['a revoked key', 'RETIRED_KEY', await signed({ by: 'revoked' }), expectation()],
    ['four parts', 'TOKEN_INVALID', `${good}.`, expectation()],
    ['no algorithm', 'TOKEN_INVALID', unsigned({ alg: 'none' }, good), expectation()],
    [
      'a shared secret',
      'TOKEN_INVALID',
      unsigned({ alg: 'HS256', kid: 'current' }, good),
      expectation(),
    ],
    [
      'a token for another purpose',
      'TOKEN_INVALID',
      await foreign('license-host+jwt', {}),
      expectation(),
    ],
    [
      'no license in it',
      'TOKEN_INVALID',
      await foreign('license+jwt', { iss: ISSUER }),
      expectation(),
    ],
  ]
  return {
    about: 'License tokens and files: what a verifier answers when it expects the license to fit.',
    jwks: JWKS,
    vectors: list.map(([name, code, token, expected]) => ({ name, code, expected, token })),
  }
}

function unsigned(header: Record<string, string>, token: string): string {
  const head = Buffer.from(JSON.stringify({ typ: 'license+jwt', ...header })).toString('base64url')
  return token.replace(/^[^.]+/, head)
}
