/** `license suspend|reinstate|flag|clear|revoke ID`: an operator's word on one license. */
import { isId } from '../../domain/ids.ts'
import { statusAt } from '../../domain/license.ts'
import { Refused } from '../../domain/refusals.ts'
import { holdLicense, type Hold } from '../../usecases/hold-license.ts'
import type { CommandSpec } from './command.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

const DESCRIPTIONS: Readonly<Record<Hold, string>> = {
  suspend: 'Stop a license until it is reinstated; its time runs on',
  reinstate: 'Take a suspension back: the state is computed from its dates again',
  flag: 'Put a license under review: it stops until it is cleared',
  clear: 'End the review',
  revoke: 'End a license for ever; refunds are another matter',
}

export function holdCommand(hold: Hold): CommandSpec {
  return {
    name: hold,
    description: DESCRIPTIONS[hold],
    args: { id: { type: 'positional', description: 'lic_…' }, ...ACCOUNTABLE },
    async run(given, shell) {
      const id = given.required('id')
      const account = accountOf(given)
      if (!isId('lic', id)) throw new Refused('license.not_found')
      const license = await withDeps(shell, (deps) => holdLicense(deps, id, { hold, ...account }))
      const status = statusAt(license, shell.now())
      return { data: { id, status }, text: `${id} is ${status.replace('_', ' ')}.` }
    },
  }
}
