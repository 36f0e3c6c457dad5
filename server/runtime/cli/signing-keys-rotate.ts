/**
 * `signing-keys rotate`: the next key signs, the one that signed is retired, and another one is next.
 * Products cache the list of keys, so a key is published as the next one before it signs.
 */
import { readSigningKeys, type PrivateKey, type PublishedKey } from '../license-signer.ts'
import { NotReady, type CommandSpec } from './command.ts'
import { newSigningKey } from './signing-keys-create.ts'

export const rotateSigningKey: CommandSpec = {
  name: 'rotate',
  description:
    'Print the environment in which the next key signs and the present one is retired; without a next key, the environment that announces one',
  args: {},
  async run(_, shell) {
    const { current, next, published } = readSigningKeys({
      current: shell.env['LICENSE_SIGNING_KEY'],
      next: shell.env['LICENSE_SIGNING_KEY_NEXT'],
      published: shell.env['LICENSE_SIGNING_KEYS_PUBLISHED'],
    })
    if (current === null) {
      throw new NotReady('LICENSE_SIGNING_KEY is not set. Run: license-center signing-keys create')
    }
    const fresh = await newSigningKey()
    if (next === null) return environmentReport(current, fresh, published, ANNOUNCED)
    const retiredAt = shell.now().toString({ smallestUnit: 'second' })
    const { d: _secret, ...retired } = current
    const others = published.filter(({ kid }) => kid !== next.kid && kid !== current.kid)
    return environmentReport(
      next,
      fresh,
      [...others, { ...retired, retired_at: retiredAt }],
      ROTATED,
    )
  },
}

const ANNOUNCED =
  '# The next key is announced. Deploy this, and rotate again an hour later at the earliest.'
const ROTATED =
  '# Deploy this on all servers at once: what the retired key signs from now on is refused.'

export function environmentReport(
  current: PrivateKey,
  next: PrivateKey,
  published: readonly PublishedKey[],
  comment: string,
) {
  const lines = {
    LICENSE_SIGNING_KEY: JSON.stringify(current),
    LICENSE_SIGNING_KEY_NEXT: JSON.stringify(next),
    LICENSE_SIGNING_KEYS_PUBLISHED: JSON.stringify(published),
  }
  const text = Object.entries(lines).map(([name, value]) => `${name}='${value}'`)
  return { data: { current, next, published }, text: [comment, ...text].join('\n') }
}
