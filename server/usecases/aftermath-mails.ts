/** Customers are told of each refund and of each turn of a dispute, once. The mail names the charge. */
import type { Query } from '../db/commit.ts'
import type { AftermathRecord } from '../db/queries/aftermath.ts'
import type { DisputeRow, RefundRow } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { DisputeNews } from './aftermath-disputes.ts'
import { orderMail, orderMailFacts } from './mail-intents.ts'
import type { LicenseChange } from './take-back-licenses.ts'

export interface AftermathNews {
  readonly applied: readonly RefundRow[]
  readonly disputed: DisputeNews
  readonly taken: LicenseChange
}

export function aftermathMails(
  deps: Deps,
  { record, touched }: AftermathRecord,
  product: Product,
  { applied, disputed, taken }: AftermathNews,
): Query[] {
  const facts = { ...orderMailFacts(record, product), zone: record.customer.zone }
  const changed = taken.licenses.map(({ row, isOver }) => named(row, isOver))
  const held = touched
    .filter(({ license }) => disputed.suspend.has(license.id) || disputed.reinstate.has(license.id))
    .map(({ license }) => named(license, false))
  const undelivered = new Set<string>(
    record.lines.filter(({ failure }) => failure !== null).map(({ id }) => id),
  )
  const refunds = applied.map((row) => {
    const refundedAt = formatInstant(wholeSecond(row.createdAt))
    const licenses = row.kind === 'amount' ? [] : changed
    const isUndelivered =
      row.lines.length > 0 && row.lines.every(({ lineId }) => undelivered.has(lineId))
    const refundKind = isUndelivered ? ('undelivered' as const) : row.kind
    const data = { ...facts, amount: row.amount, refundedAt, refundKind, licenses }
    return orderMail(deps, record, { kind: 'order.refunded', data }, row.id)
  })
  const { order } = record
  const chargedAt = formatInstant(wholeSecond(order.paidAt ?? order.createdAt))
  const letter = (row: DisputeRow, phase: 'opened' | 'won' | 'lost') => {
    const licenses = phase === 'lost' ? changed : held
    const data = { ...facts, phase, amount: row.amount, chargedAt, licenses }
    return orderMail(deps, record, { kind: 'order.disputed', data }, `${row.id} ${phase}`)
  }
  return [
    ...refunds,
    ...disputed.opened.map((row) => letter(row, 'opened')),
    ...disputed.won.map((row) => letter(row, 'won')),
    ...disputed.lost.map((row) => letter(row, 'lost')),
  ]
}

function named({ planName, total, keyLast4, endsAt }: LicenseRow, isOver: boolean) {
  return {
    planName,
    quantity: total,
    keyLast4,
    endsAt: isOver ? null : formatInstant(endsAt),
  }
}
