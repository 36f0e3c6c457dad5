/** `renew-links revoke LINK`: ends a private renew link and its sessions (N09). */
import { isId } from '../../domain/ids.ts'
import { revokeRenewLinkOf } from '../../usecases/revoke-renew-link.ts'
import type { CommandSpec } from './command.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

export const revokeRenewLinkCommand: CommandSpec = {
  name: 'revoke',
  description: 'End a private renew link, for instance one that was sent on by mistake',
  args: {
    link: { type: 'positional', description: 'The whole link, or its rnl_… id' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const link = given.required('link')
    const account = accountOf(given)
    const named = isId('rnl', link) ? { id: link } : { token: tokenOf(link) }
    const id = await withDeps(shell, (deps) => revokeRenewLinkOf(deps, named, account))
    return { data: { id, revoked: true }, text: `${id} opens nothing any more.` }
  },
}

/** The last part of its path, or the text itself. */
function tokenOf(link: string): string {
  return (
    link
      .split(/[?#]/)[0]
      ?.split('/')
      .findLast((part) => part !== '') ?? link
  )
}
