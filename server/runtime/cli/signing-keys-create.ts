/** `signing-keys create`: a new Ed25519 key for license tokens, as lines for the environment. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { CommandSpec } from './command.ts'

const KID_LENGTH = 12

export const createSigningKey: CommandSpec = {
  name: 'create',
  description:
    'Make a key that signs license tokens. Publish it first, let it sign an hour later: products cache the list of keys',
  args: {},
  async run() {
    const pair = await generateKeyPair('EdDSA', { extractable: true })
    const jwk = await exportJWK(pair.privateKey)
    const kid = (await calculateJwkThumbprint(jwk)).slice(0, KID_LENGTH)
    const { kty, crv, x, d } = jwk
    const published = { kty, crv, x, kid }
    return {
      data: { current: { ...published, d }, published },
      text: [
        '# Secret: it signs. `published` is what everybody may see.',
        `LICENSE_SIGNING_KEY='${JSON.stringify({ ...published, d })}'`,
        '# While another key signs: the next one, and retired ones as long as tokens of theirs are about.',
        `LICENSE_SIGNING_KEYS_PUBLISHED='${JSON.stringify([published])}'`,
      ].join('\n'),
    }
  },
}
