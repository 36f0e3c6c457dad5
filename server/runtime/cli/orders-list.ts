/** `orders list`: newest first. */
import { listOrders } from '../../db/queries/order-list.ts'
import { ORDER_STATES } from '../../domain/order.ts'
import { nearestWord } from '../../domain/suggest.ts'
import { UsageError, type CommandSpec } from './command.ts'
import { orderSummary, summaryText } from './order-text.ts'
import { withDatabase } from './workplace.ts'

const LIMIT = 50

export const listOrdersCommand: CommandSpec = {
  name: 'list',
  description: 'List orders, newest first; --state review is the queue of an operator',
  args: {
    state: { type: 'string', description: ORDER_STATES.join(', ') },
    product: { type: 'string', description: 'Product id' },
    limit: { type: 'string', description: 'How many at most', default: String(LIMIT) },
  },
  async run(given, shell) {
    const filter = {
      state: stateOf(given.text('state')),
      productId: given.text('product'),
      limit: limitOf(given.text('limit')),
    }
    const found = await withDatabase(shell, ({ db }) => listOrders(db, filter))
    const orders = found.map(orderSummary)
    return {
      data: { orders },
      text: orders.length === 0 ? 'No orders.' : orders.map(summaryText).join('\n'),
    }
  },
}

function stateOf(text: string | null) {
  if (text === null) return null
  const state = ORDER_STATES.find((known) => known === text)
  if (state !== undefined) return state
  const meant = nearestWord(text, ORDER_STATES)
  throw new UsageError(`There is no state "${text}".${meant ? ` Did you mean "${meant}"?` : ''}`)
}

function limitOf(text: string | null): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new UsageError('--limit is a whole number from 1 to 1000.')
  }
  return limit
}
