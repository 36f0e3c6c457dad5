/** `rebind list|approve|deny`: the operator's queue of rebinds (S82). */
import type { RebindRow } from '../../db/queries/installations.ts'
import { waitingRebinds } from '../../db/queries/rebinds.ts'
import { formatInstant } from '../../domain/calendar.ts'
import { decideRebind } from '../../usecases/decide-rebind.ts'
import type { CommandSpec } from './command.ts'
import { soldProduct } from './license-grant.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

export const listRebindsCommand: CommandSpec = {
  name: 'list',
  description: 'Wishes that wait for a decision, heaviest first',
  args: {},
  async run(_, shell) {
    const rows = await withDeps(shell, ({ db }) => waitingRebinds(db))
    const text = rows.length === 0 ? 'Nothing waits.' : rows.map(lineOf).join('\n')
    return { data: rows.map(summaryOf), text }
  },
}

const DECISIONS = {
  approve: { decision: 'approved', description: 'Let the new installation take the unit, at once' },
  deny: {
    decision: 'denied',
    description: 'Leave everything as it is; the reason goes to the customer',
  },
} as const

export function rebindCommand(name: keyof typeof DECISIONS): CommandSpec {
  const { decision, description } = DECISIONS[name]
  return {
    name,
    description,
    args: { id: { type: 'positional', description: 'reb_…' }, ...ACCOUNTABLE },
    async run(given, shell) {
      const command = { rebindId: given.required('id'), decision, owner: null, ...accountOf(given) }
      const row = await withDeps(shell, (deps) =>
        decideRebind(deps, (product) => soldProduct(deps, product), command),
      )
      return {
        data: summaryOf(row),
        text: `${row.id} is ${row.state}. Both ends are told by mail.`,
      }
    },
  }
}

function summaryOf(row: RebindRow) {
  const { id, state, score, reasons, name, fingerprint, note } = row
  return {
    id,
    state,
    license: row.licenseId,
    activation: row.activationId,
    fingerprint,
    name,
    score,
    reasons,
    note,
    requested_at: formatInstant(row.requestedAt),
  }
}

function lineOf({ id, licenseId, score, reasons, requestedAt, fingerprint }: RebindRow): string {
  const since = formatInstant(requestedAt)
  return `${id}  ${licenseId}  to ${fingerprint}  score ${score} (${reasons.join(', ')})  since ${since}`
}
