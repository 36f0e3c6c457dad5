/** `license rotate-key` and `license send-key`: an operator replaces a key, or sends it again. */
import { readOwned } from '../../db/queries/license-keys.ts'
import type { Deps } from '../../deps.ts'
import { formatInstant } from '../../domain/calendar.ts'
import { Refused } from '../../domain/refusals.ts'
import { rotateKey, sendKey } from '../../usecases/change-key.ts'
import type { CommandSpec } from './command.ts'
import { soldProduct, wholeNumber } from './license-grant.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

const id = { type: 'positional', description: 'lic_…' } as const

export const rotateKeyCommand: CommandSpec = {
  name: 'rotate-key',
  description:
    'Replace the key of a license; what is activated stays activated, and the customer gets the new key by mail',
  args: {
    id,
    last4: { type: 'string', description: 'Ending of the key that is replaced', required: true },
    'overlap-hours': { type: 'string', description: 'The old key works so long; 0 when absent' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const licenseId = given.required('id')
    const { license, previousUntil } = await withDeps(shell, async (deps) =>
      rotateKey(deps, await productOf(deps, licenseId), {
        licenseId,
        scope: null,
        ...accountOf(given),
        keyLast4: given.required('last4'),
        overlapHours: wholeNumber(given, 'overlap-hours') ?? 0,
      }),
    )
    const until = formatInstant(previousUntil)
    return {
      data: { id: license.id, key_last4: license.keyLast4, previous_until: until },
      text: `The key of ${license.id} ends in ${license.keyLast4} now. The one before it stops at ${until}.`,
    }
  },
}

export const sendKeyCommand: CommandSpec = {
  name: 'send-key',
  description: 'Send the key to the customer by mail, at most once in each hour',
  args: { id, ...ACCOUNTABLE },
  async run(given, shell) {
    const licenseId = given.required('id')
    const command = { licenseId, scope: null, ...accountOf(given) }
    const sentTo = await withDeps(shell, async (deps) =>
      sendKey(deps, await productOf(deps, licenseId), command),
    )
    return { data: { id: licenseId, sent_to: sentTo }, text: `It goes to ${sentTo}.` }
  },
}

async function productOf(deps: Deps, licenseId: string) {
  const owned = await readOwned(deps.db, null, licenseId)
  if (owned === null) throw new Refused('license.not_found')
  return soldProduct(deps, owned.license.productId)
}
