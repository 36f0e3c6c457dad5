/** `orders refund ID --kind --amount --reason`: an operator gives money back (R15). */
import type { OrderRecord } from '../../db/queries/orders.ts'
import { isId } from '../../domain/ids.ts'
import { REFUND_KINDS, type RefundKind } from '../../domain/refund.ts'
import { Refused } from '../../domain/refusals.ts'
import { refundOrder } from '../../usecases/refund-order.ts'
import { UsageError, type CommandSpec, type Given } from './command.ts'
import { money, orderSummary } from './order-text.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

export const refundOrderCommand: CommandSpec = {
  name: 'refund',
  description:
    'Give money of an order back: a period or units with what they bought, or an amount alone. The same again, with the same reason, is the same refund',
  args: {
    id: { type: 'positional', description: 'ord_…' },
    kind: {
      type: 'string',
      description: 'period (all it bought), units (some of them) or amount (money alone)',
      required: true,
    },
    amount: {
      type: 'string',
      description: 'Minor units; computed for period and units when absent',
    },
    license: { type: 'string', description: 'Only this license of the order' },
    quantity: { type: 'string', description: 'Units, for --kind units' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const id = given.required('id')
    const account = accountOf(given)
    const wish = wishOf(given)
    if (!isId('ord', id)) throw new Refused('order.not_found')
    const record = await withDeps(shell, (deps) =>
      refundOrder(deps, id, { ...wish, ...account, scope: null }),
    )
    return { data: dataOf(record), text: textOf(record) }
  },
}

function wishOf(given: Given) {
  const kind = kindOf(given.required('kind'))
  const amount = numberOf(given, 'amount')
  const quantity = numberOf(given, 'quantity')
  const licenseId = given.text('license')
  if (kind === 'units' && (licenseId === null || quantity === null)) {
    throw new UsageError('--kind units needs --license and --quantity.')
  }
  if (kind === 'amount' && amount === null) throw new UsageError('--kind amount needs --amount.')
  return { kind, amount, lines: licenseId === null ? null : [{ licenseId, quantity }] }
}

function kindOf(word: string): RefundKind {
  const kind = REFUND_KINDS.find((known) => known === word)
  if (kind === undefined) throw new UsageError(`--kind is one of ${REFUND_KINDS.join(', ')}.`)
  return kind
}

function numberOf(given: Given, name: string): number | null {
  const text = given.text(name)
  if (text === null) return null
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`--${name} is a whole number from 1.`)
  return Number(text)
}

function dataOf(record: OrderRecord) {
  const refunds = record.refunds.map(({ id, kind, amount, currency, state, reason }) => {
    return { id, kind, amount, currency, state, reason }
  })
  return { ...orderSummary(record.order), refunds }
}

function textOf({ order, refunds }: OrderRecord): string {
  const last = refunds.at(-1)
  if (last === undefined) return `${order.id} has no refund.`
  const amount = money({ total: last.amount, currency: last.currency })
  return `${order.id} is ${order.state}: ${amount} go back (${last.id}, ${last.state}). The customer is told by mail.`
}
