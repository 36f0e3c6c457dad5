/** Keys of the test vectors. They sign nothing else, so everybody may know them. */
import { importJWK } from 'jose'
import type { PublicKey } from '../../server/deps.ts'

/** Seeds and their public points; the first is test 1 of RFC 8032, 7.1, the others are hashes of their names. */
const KEYS = {
  current: {
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
  retired: {
    d: 'oVdyxY8g4YEPOOpHkVxvMFz0itwH7Wn65fE0HYd3ctA',
    x: 'gBm2gCTmoFdVmK_AqmYCkY2Mc5J_JDvNWxCDKCVqfWY',
  },
  revoked: {
    d: 'FscmnhsUBoHbx2baP5RhM_5Hou453le1HUbB5UExE8I',
    x: 'gIOV06LtkcvSXVDy9vaiFLC_jgRbfaL961Sx0DkOe6Y',
  },
  stranger: {
    d: 'ue05Qe5pQMmfUAqBT072cXzHeiHzvM1N9O1JYePn4-4',
    x: 'rvWPtNomPmtClqYNCWWpKapdFz96rNUQC_ZqX_-HSRc',
  },
} as const

export type KeyName = keyof typeof KEYS

export const RETIRED_AT = '2031-02-01T00:00:00Z'

export interface PublishedKey extends PublicKey {
  readonly status: 'current' | 'retired'
  readonly retired_at?: string
  readonly revoked?: boolean
}

/** As `/.well-known/license-jwks.json` would say. */
export const JWKS: { readonly keys: readonly PublishedKey[] } = {
  keys: [
    { ...published('current'), status: 'current' },
    { ...published('retired'), status: 'retired', retired_at: RETIRED_AT },
    { ...published('revoked'), status: 'retired', retired_at: RETIRED_AT, revoked: true },
  ],
}

function published(kid: KeyName): PublicKey {
  return { kty: 'OKP', crv: 'Ed25519', x: KEYS[kid].x, kid, use: 'sig', alg: 'EdDSA' }
}

export async function privateKey(name: KeyName): Promise<CryptoKey> {
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', ...KEYS[name], alg: 'EdDSA' }, 'EdDSA')
  if (!(key instanceof CryptoKey)) throw new Error(`no key: ${name}`)
  return key
}
