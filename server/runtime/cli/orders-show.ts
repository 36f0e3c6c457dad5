/** `orders show ID`: lines, payments, licenses, tasks, and everything that happened. */
import { readOrderHistory } from '../../db/queries/order-list.ts'
import { readOrderForSettlement } from '../../db/queries/orders.ts'
import { isId } from '../../domain/ids.ts'
import { Refused } from '../../domain/refusals.ts'
import type { CommandSpec } from './command.ts'
import { detailsText, orderDetails } from './order-text.ts'
import { withDatabase } from './workplace.ts'

export const showOrder: CommandSpec = {
  name: 'show',
  description: 'Show one order with its payments, licenses, tasks and journal',
  args: { id: { type: 'positional', description: 'ord_…' } },
  async run(given, shell) {
    const id = given.required('id')
    const details = await withDatabase(shell, async ({ db }) => {
      const record = isId('ord', id) ? await readOrderForSettlement(db, id) : null
      if (record === null) throw new Refused('order.not_found')
      return orderDetails(record, await readOrderHistory(db, id))
    })
    return { data: details, text: detailsText(details) }
  },
}
