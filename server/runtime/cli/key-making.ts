/** New keys of a product. What has to stay secret leaves this process once, and is stored nowhere. */
import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { stringify } from 'yaml'
import type { HostKey } from '../../domain/product-keys.ts'
import type { NewKey } from '../../usecases/change-product-keys.ts'
import { UsageError } from './command.ts'

export interface MadeKey {
  /** For the catalogue. */
  readonly key: NewKey
  /** For the host's backend; null for a publishable key. */
  readonly secret:
    | { readonly private_jwk: JWK }
    | { readonly env: string; readonly value: string }
    | null
}

export interface HostKeyWish {
  readonly alg: HostKey['alg']
  readonly kid: string | null
  /** Name of the environment variable of an HS256 secret. */
  readonly secretEnv: string | null
}

const SECRET_BYTES = 32
const SUFFIX_BYTES = 10

export function makePublishableKey(product: string): MadeKey {
  const key = `pk_${product.replaceAll('-', '_')}_${suffix()}`
  return { key: { kind: 'publishable', key }, secret: null }
}

/** @throws UsageError when an HS256 key comes without the name of its variable */
export async function makeHostKey(product: string, wish: HostKeyWish): Promise<MadeKey> {
  const { alg, secretEnv } = wish
  const kid = wish.kid ?? `${product}_${suffix().slice(0, 8)}`
  if (alg === 'HS256') {
    if (secretEnv === null) throw new UsageError('HS256 needs --secret-env NAME.')
    const value = randomBytes(SECRET_BYTES).toString('base64url')
    return {
      key: { kind: 'host', key: { kid, alg, secret_env: secretEnv } },
      secret: { env: secretEnv, value },
    }
  }
  const pair = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(pair.publicKey)) }
  return {
    key: { kind: 'host', key: { kid, alg, jwk } },
    secret: { private_jwk: { ...(await exportJWK(pair.privateKey)), kid, alg } },
  }
}

export function madeKeyData({ key, secret }: MadeKey, version: string) {
  return { version, kind: key.kind, key: key.key, secret }
}

/** What to do with it, in the order of doing. */
export function madeKeyText({ key, secret }: MadeKey, product: string): string {
  const lines = [
    `In force within 30 seconds, beside the keys in use. Add it to the catalogue file, too,`,
    `under ${key.kind === 'publishable' ? 'publishable_keys' : 'host_keys'} of ${product}; until then "catalogue apply" refuses the file:`,
    '',
    stringify([key.key]).trimEnd(),
  ]
  if (secret === null) return lines.join('\n')
  const told =
    'env' in secret
      ? [
          `The secret, for the environment of this server and of the host's backend:`,
          '',
          `${secret.env}=${secret.value}`,
        ]
      : [`The private key, for the host's backend:`, '', JSON.stringify(secret.private_jwk)]
  return [...lines, '', ...told, '', 'It is shown once and stored nowhere.'].join('\n')
}

/** Lower-case letters and digits, 50 bits. */
function suffix(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
  return [...randomBytes(SUFFIX_BYTES)].map((byte) => alphabet[byte % 32]).join('')
}
