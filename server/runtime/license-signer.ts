/** The signing keys of license tokens, from what an operator puts into the environment. */
import { importJWK } from 'jose'
import { z } from 'zod'
import type { LicenseSigner, PublicKey } from '../deps.ts'

const base64url = z.string().regex(/^[\w-]{43}$/)
const kid = z.string().min(1).max(64)
const Published = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: base64url,
  kid,
})
const Private = Published.extend({ d: base64url })

export interface SigningTexts {
  /** Private JWK of Ed25519 with `kid`, as JSON. */
  readonly current: string | undefined
  /** JSON array of public JWKs: the next one, and retired ones while tokens of theirs are about. */
  readonly published: string | undefined
}

/** @returns null without a key. @throws Error that names the variable at fault and shows no value */
export async function importSigner(texts: SigningTexts): Promise<LicenseSigner | null> {
  if (blank(texts.current)) return null
  const current = read('LICENSE_SIGNING_KEY', Private, texts.current)
  const others = blank(texts.published)
    ? []
    : read('LICENSE_SIGNING_KEYS_PUBLISHED', z.array(Published), texts.published)
  const key = await importJWK({ ...current, alg: 'EdDSA' }, 'EdDSA')
  if (!(key instanceof CryptoKey)) throw new Error('LICENSE_SIGNING_KEY is not an Ed25519 key.')
  return {
    kid: current.kid,
    privateKey: key,
    publicKeys: [current, ...others.filter((other) => other.kid !== current.kid)].map(published),
  }
}

function published({ x, kid: name }: z.infer<typeof Published>): PublicKey {
  return { kty: 'OKP', crv: 'Ed25519', x, kid: name, use: 'sig', alg: 'EdDSA' }
}

function read<S extends z.ZodType>(name: string, schema: S, text = ''): z.infer<S> {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new Error(`${name} is not what \`license-center signing-keys create\` prints.`)
  }
}

function blank(text: string | undefined): boolean {
  return text === undefined || text.trim() === ''
}
