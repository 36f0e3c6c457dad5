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
  /** What it signed from then on is refused; what it signed before runs out by itself. */
  retired_at: z.iso.datetime().optional(),
  /** It leaked: nothing that it signed is good any more. */
  revoked: z.literal(true).optional(),
})
export type PublishedKey = z.infer<typeof Published>
const Private = Published.extend({ d: base64url })
export type PrivateKey = z.infer<typeof Private>

export interface SigningTexts {
  /** Private JWK of Ed25519 with `kid`, as JSON. */
  readonly current: string | undefined
  /** The same of the key that signs after it; it is published beforehand. */
  readonly next?: string | undefined
  /** JSON array of public JWKs: retired ones while tokens of theirs are about. */
  readonly published: string | undefined
}

/** @returns null without a key. @throws Error that names the variable at fault and shows no value */
export async function importSigner(texts: SigningTexts): Promise<LicenseSigner | null> {
  const { current, next, published: others } = readSigningKeys(texts)
  if (current === null) return null
  const key = await importJWK({ ...current, alg: 'EdDSA' }, 'EdDSA')
  if (!(key instanceof CryptoKey)) throw new Error('LICENSE_SIGNING_KEY is not an Ed25519 key.')
  const isOther = ({ kid: name }: PublishedKey) => name !== current.kid && name !== next?.kid
  return {
    kid: current.kid,
    privateKey: key,
    publicKeys: [
      published(current, 'current'),
      ...(next === null || next.kid === current.kid ? [] : [published(next, 'next')]),
      ...others
        .filter(isOther)
        .map((other) => published(other, other.retired_at === undefined ? 'next' : 'retired')),
    ],
  }
}

/** @throws Error that names the variable at fault and shows no value */
export function readSigningKeys(texts: SigningTexts) {
  return {
    current: blank(texts.current) ? null : read('LICENSE_SIGNING_KEY', Private, texts.current),
    next: blank(texts.next) ? null : read('LICENSE_SIGNING_KEY_NEXT', Private, texts.next),
    published: blank(texts.published)
      ? []
      : read('LICENSE_SIGNING_KEYS_PUBLISHED', z.array(Published), texts.published),
  }
}

/** @throws Error for anything but a private key of Ed25519 (a bug) */
export function asPrivateKey(jwk: unknown): PrivateKey {
  return Private.parse(jwk)
}

function published(
  { x, kid: name, retired_at: retiredAt, revoked }: PublishedKey,
  status: 'current' | 'next' | 'retired',
): PublicKey {
  return {
    kty: 'OKP',
    crv: 'Ed25519',
    x,
    kid: name,
    use: 'sig',
    alg: 'EdDSA',
    status,
    ...(retiredAt === undefined ? {} : { retired_at: retiredAt }),
    ...(revoked === undefined ? {} : { revoked }),
  }
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
