/** `orders suggest-refund ID`: what a refund would be worth, before it is decided (R9). */
import { isId } from '../../domain/ids.ts'
import { Refused } from '../../domain/refusals.ts'
import { suggestRefund } from '../../usecases/suggest-refund.ts'
import type { CommandSpec } from './command.ts'
import { money } from './order-text.ts'
import { withDeps } from './workplace.ts'

export const suggestRefundCommand: CommandSpec = {
  name: 'suggest-refund',
  description:
    'What giving an order back would be worth: what was paid, less the list value of what came free and was used up. Changes nothing',
  args: { id: { type: 'positional', description: 'ord_…' } },
  async run(given, shell) {
    const id = given.required('id')
    if (!isId('ord', id)) throw new Refused('order.not_found')
    const { currency, refundable, suggested, lines } = await withDeps(shell, (deps) =>
      suggestRefund(deps, id),
    )
    const shown = (total: number) => money({ total, currency })
    const rows = lines.map(({ planId, units, paid, consumed, suggested: worth }) => {
      const used = consumed === 0 ? '' : `, less ${shown(consumed)} used up of what came free`
      return `  ${planId} × ${units}: paid ${shown(paid)}${used} → ${shown(worth)}`
    })
    const data = {
      id,
      currency,
      refundable,
      suggested,
      lines: lines.map(({ planId, ...line }) => ({ plan: planId, ...line })),
    }
    const first = `${id}: suggested refund ${shown(suggested)}, at most ${shown(refundable)}.`
    return { data, text: [first, ...rows].join('\n') }
  },
}
