/** `signing-keys create`: a new Ed25519 key for license tokens, as lines for the environment. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { asPrivateKey, type PrivateKey } from '../license-signer.ts'
import type { CommandSpec } from './command.ts'

const KID_LENGTH = 12

export const createSigningKey: CommandSpec = {
  name: 'create',
  description:
    'Make the first key that signs license tokens; `signing-keys rotate` changes it later',
  args: {},
  async run() {
    const { d, ...published } = await newSigningKey()
    return {
      data: { current: { ...published, d }, published },
      text: [
        '# Secret: it signs. `published` is what everybody may see.',
        `LICENSE_SIGNING_KEY='${JSON.stringify({ ...published, d })}'`,
        '# While another key signs: retired ones, as long as tokens of theirs are about.',
        `LICENSE_SIGNING_KEYS_PUBLISHED='${JSON.stringify([published])}'`,
      ].join('\n'),
    }
  },
}

/** Its `kid` never begins with a hyphen: a command line would take that for an option. */
export async function newSigningKey(): Promise<PrivateKey> {
  const pair = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = await exportJWK(pair.privateKey)
  const kid = (await calculateJwkThumbprint(jwk)).slice(0, KID_LENGTH)
  if (kid.startsWith('-')) return newSigningKey()
  return asPrivateKey({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, d: jwk.d, kid })
}
