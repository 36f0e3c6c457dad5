/** An operator ends a private renew link that they name by its id, or as it stands in a mail. */
import { readLinkId } from '../db/queries/renew-links.ts'
import type { Deps } from '../deps.ts'
import type { Id } from '../domain/ids.ts'
import { Refused } from '../domain/refusals.ts'
import { renewTokenHash } from './renew-link.ts'
import { revokeRenewLink } from './renew-session.ts'

/**
 * One that is revoked already changes nothing.
 *
 * @throws Refused `renew_link.not_found`
 */
export async function revokeRenewLinkOf(
  deps: Deps,
  named: { readonly id: Id<'rnl'> } | { readonly token: string },
  account: { readonly actor: string; readonly reason: string },
): Promise<Id<'rnl'>> {
  const by =
    'id' in named ? { id: named.id } : { tokenHash: await renewTokenHash(deps, named.token) }
  const id = await readLinkId(deps.db, by)
  if (id === null) throw new Refused('renew_link.not_found')
  await revokeRenewLink(deps, id, account)
  return id
}
