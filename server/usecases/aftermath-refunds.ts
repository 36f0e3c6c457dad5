/** The provider's refunds beside ours: what is news, what it takes back, whom to tell. */
import { eq } from 'drizzle-orm'
import type { Query } from '../db/commit.ts'
import type { OrderRecord, RefundRow } from '../db/queries/orders.ts'
import { operatorTasks, refunds } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { ProviderRefund } from '../payments/aftermath.ts'
import type { Taking } from './take-back-licenses.ts'

export interface RefundNews {
  readonly statements: readonly Query[]
  /** All refunds as they are now. */
  readonly rows: readonly RefundRow[]
  /** Those that order and licenses learn of now. */
  readonly applied: readonly RefundRow[]
  readonly isNews: boolean
}

/** @param refused  ids of ours that the provider refuses to make */
export function refundNews(
  deps: Deps,
  record: OrderRecord,
  made: readonly ProviderRefund[],
  refused: ReadonlySet<string>,
): RefundNews {
  const ours = record.refunds.map((row) => {
    const answer = made.find(({ id, key }) => id === row.providerRefund || key === row.id)
    if (answer === undefined) return refused.has(row.id) ? failed(deps, row) : row
    const isKnown = row.providerRefund === answer.id && row.state === answer.state
    if (isKnown && row.appliedAt !== null) return row
    return {
      ...row,
      providerRefund: answer.id,
      state: answer.state,
      appliedAt: row.appliedAt ?? deps.now(),
    }
  })
  const theirs = made
    .filter(({ id, key }) => !ours.some((row) => row.providerRefund === id || row.id === key))
    .map((refund) => foreignRow(deps, record, refund))
  const changed = ours.filter((row, index) => row !== record.refunds[index])
  const applied = [...changed, ...theirs].filter(
    ({ id, state }) => state !== 'failed' && !isApplied(record, id),
  )
  return {
    rows: [...ours, ...theirs],
    applied,
    isNews: changed.length + theirs.length > 0,
    statements: [
      ...changed.map((row) => updated(deps, row)),
      ...theirs.map((row) => deps.db.orm.insert(refunds).values(row)),
      ...theirs.map((row) => task(deps, record, row, 'order.refunded_elsewhere')),
      ...[...changed, ...theirs]
        .filter(({ state }) => state === 'failed')
        .map((row) => task(deps, record, row, 'order.refund_failed')),
    ],
  }
}

/** The order lines that refunds take back. Money alone takes nothing. */
export function takenLines({ lines }: OrderRecord, applied: readonly RefundRow[]): Taking['lines'] {
  return applied.flatMap((row) =>
    row.lines
      .map(({ lineId, quantity }) => ({
        lineId,
        quantity: row.kind === 'period' ? ('all' as const) : quantity,
      }))
      // The units of an upgrade were there before it: only its plan can be taken back.
      .filter(({ lineId, quantity }) => {
        const line = lines.find(({ id }) => id === lineId)
        return line?.upgradeFrom === null || quantity === 'all'
      }),
  )
}

function isApplied({ refunds: before }: OrderRecord, id: string): boolean {
  return before.some((row) => row.id === id && row.appliedAt !== null)
}

function failed(deps: Deps, row: RefundRow): RefundRow {
  return { ...row, state: 'failed', appliedAt: deps.now() }
}

/** Made in the provider's dashboard: money only, and somebody has to look at the licenses (R15). */
function foreignRow(deps: Deps, { order }: OrderRecord, refund: ProviderRefund): RefundRow {
  return {
    id: refund.id,
    orderId: order.id,
    key: `provider ${refund.id}`,
    intentId: refund.intentId,
    providerRefund: refund.id,
    kind: 'amount',
    lines: [],
    amount: refund.amount,
    currency: refund.currency,
    state: refund.state,
    reason: 'Refunded in the dashboard of the payment provider.',
    actor: 'provider',
    createdAt: refund.createdAt,
    appliedAt: deps.now(),
  }
}

function updated(deps: Deps, { id, providerRefund, state, appliedAt }: RefundRow): Query {
  return deps.db.orm
    .update(refunds)
    .set({ providerRefund, state, appliedAt })
    .where(eq(refunds.id, id))
}

function task(deps: Deps, { order }: OrderRecord, row: RefundRow, kind: string): Query {
  return deps.db.orm
    .insert(operatorTasks)
    .values({
      id: deps.newId('task'),
      productId: order.productId,
      kind,
      reference: row.id,
      data: { order: order.id, amount: row.amount, currency: row.currency },
      createdAt: deps.now(),
      closedAt: null,
    })
    .onConflictDoNothing()
}
