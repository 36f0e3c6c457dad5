/**
 * `signing-keys revoke`: a key leaked, so nothing that it signed is good any more. Where it was the one that
 * signs, the next key takes over at once: installations that call get a new token, license files have to be
 * made anew.
 */
import { readSigningKeys, type PublishedKey } from '../license-signer.ts'
import { NotReady, UsageError, type CommandSpec } from './command.ts'
import { newSigningKey } from './signing-keys-create.ts'
import { environmentReport } from './signing-keys-rotate.ts'

export const revokeSigningKey: CommandSpec = {
  name: 'revoke',
  description:
    'Print the environment in which nothing that a leaked key signed is good, not even what it signed before',
  args: { kid: { type: 'positional', description: 'As the JWKS shows it' } },
  async run(given, shell) {
    const kid = given.required('kid')
    const { current, next, published } = readSigningKeys({
      current: shell.env['LICENSE_SIGNING_KEY'],
      next: shell.env['LICENSE_SIGNING_KEY_NEXT'],
      published: shell.env['LICENSE_SIGNING_KEYS_PUBLISHED'],
    })
    if (current === null) throw new NotReady('LICENSE_SIGNING_KEY is not set: nothing signs.')
    const known = [current, ...(next === null ? [] : [next]), ...published]
    const leaked = known.find((key) => key.kid === kid)
    if (leaked === undefined) {
      throw new UsageError(
        `The key is one of ${[...new Set(known.map((key) => key.kid))].join(', ')}.`,
      )
    }
    const others = published.filter((key) => key.kid !== kid)
    const signs = current.kid === kid ? (next ?? (await newSigningKey())) : current
    const isNextFree = next !== null && next.kid !== kid && next.kid !== signs.kid
    const follows = isNextFree ? next : await newSigningKey()
    const revoked = revokedOf(leaked, shell.now().toString({ smallestUnit: 'second' }))
    return environmentReport(signs, follows, [...others, revoked], COMMENT)
  },
}

const COMMENT =
  '# Deploy this on all servers at once: what the revoked key signed is refused at the next look at the JWKS.'

/** Without its private half, which a current or next key has beside it. */
function revokedOf(
  { kty, crv, x, kid, retired_at: retiredAt }: PublishedKey,
  now: string,
): PublishedKey {
  return { kty, crv, x, kid, retired_at: retiredAt ?? now, revoked: true }
}
