/** `orders review ID --release | --cancel`: an operator's word on money in review. */
import { isId } from '../../domain/ids.ts'
import { Refused } from '../../domain/refusals.ts'
import type { OrderRecord } from '../../db/queries/orders.ts'
import { reviewOrder } from '../../usecases/review-order.ts'
import { UsageError, type CommandSpec, type Given } from './command.ts'
import { money, orderSummary } from './order-text.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

export const reviewOrderCommand: CommandSpec = {
  name: 'review',
  description: 'Decide on an order in review: --release issues its licenses, --cancel ends it',
  args: {
    id: { type: 'positional', description: 'ord_…' },
    release: { type: 'boolean', description: 'The money is right: issue the licenses from now on' },
    cancel: { type: 'boolean', description: 'End the order; the money has to be refunded' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const id = given.required('id')
    const decision = decisionOf(given)
    const account = accountOf(given)
    if (!isId('ord', id)) throw new Refused('order.not_found')
    const record = await withDeps(shell, (deps) => reviewOrder(deps, id, { decision, ...account }))
    return { data: dataOf(record), text: textOf(record) }
  },
}

function decisionOf(given: Given): 'release' | 'cancel' {
  const isRelease = given.flag('release')
  if (isRelease === given.flag('cancel')) throw new UsageError('Give either --release or --cancel.')
  return isRelease ? 'release' : 'cancel'
}

function dataOf(record: OrderRecord) {
  return { ...orderSummary(record.order), licenses: record.licenseIds, refund: refundOf(record) }
}

function textOf(record: OrderRecord): string {
  const { order, licenseIds } = record
  if (order.state === 'fulfilled') {
    return `${order.id} is fulfilled: ${licenseIds.join(', ')}. The customer is told by mail.`
  }
  const refund = refundOf(record)
  if (refund === null) return `${order.id} is canceled. No payment of it is known.`
  const amount = money({ total: refund.amount, currency: refund.currency })
  return `${order.id} is canceled. Refund ${amount} in Stripe now: ${refund.intent}. A task stays open until then.`
}

function refundOf({ order, payments }: OrderRecord) {
  const payment = payments.find(({ settledAt }) => settledAt !== null)
  if (order.state !== 'canceled' || payment === undefined) return null
  return { intent: payment.intentId, amount: payment.amount, currency: payment.currency }
}
