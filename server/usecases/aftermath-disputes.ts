/**
 * Disputes of an order (R16). A disputed order withholds what it added: a license is suspended only
 * once nothing else covers it. An inquiry or a dispute about a part is for an operator alone.
 */
import type { Temporal } from 'temporal-polyfill'
import type { Query } from '../db/commit.ts'
import type { AftermathRecord, TouchedLicense } from '../db/queries/aftermath.ts'
import type { DisputeRow, OrderRecord } from '../db/queries/orders.ts'
import { disputes, operatorTasks } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { coverageWithout } from '../domain/take-back.ts'
import type { FraudWarning, ProviderDispute } from '../payments/aftermath.ts'

export interface DisputeNews {
  readonly statements: readonly Query[]
  readonly rows: readonly DisputeRow[]
  readonly opened: readonly DisputeRow[]
  readonly won: readonly DisputeRow[]
  readonly lost: readonly DisputeRow[]
  /** Ids of licenses to suspend now. */
  readonly suspend: ReadonlySet<string>
  /** Ids of licenses that a dispute held, and none holds any more. */
  readonly reinstate: ReadonlySet<string>
  /** When the next license of a disputed order is covered by nothing else; null when none will be. */
  readonly lookAt: Temporal.Instant | null
  readonly isNews: boolean
}

export function disputeNews(
  deps: Deps,
  found: AftermathRecord,
  told: readonly ProviderDispute[],
): DisputeNews {
  const { record } = found
  const before = new Map(record.disputes.map((row) => [row.id, row]))
  const moved = told.map((dispute) => rowOf(deps, record, dispute, before.get(dispute.id)))
  const isHolding = moved.some((row) => row.state === 'open' && isWhole(record, row))
  const uncovered = isHolding ? uncoveredIn(deps, found) : { now: [], next: null }
  const held = new Set(moved.flatMap(({ suspended }) => suspended))
  const suspend = new Set(uncovered.now.filter((id) => !held.has(id)))
  const rows = moved.map((row) =>
    row.state === 'open' && isWhole(record, row) && suspend.size > 0
      ? { ...row, suspended: [...row.suspended, ...suspend] }
      : row,
  )
  const changed = rows.filter((row) => JSON.stringify(row) !== JSON.stringify(before.get(row.id)))
  const became = (state: DisputeRow['state']) =>
    changed.filter((row) => row.state === state && before.get(row.id)?.state !== state)
  return {
    rows,
    suspend,
    opened: became('open'),
    won: became('won'),
    lost: became('lost').filter((row) => isWhole(record, row)),
    reinstate: isHolding ? new Set() : held,
    lookAt: uncovered.next,
    isNews: changed.length > 0,
    statements: [
      ...changed.map((row) => stored(deps, row)),
      ...changed.flatMap((row) => taskOf(deps, record, row, before.get(row.id))),
    ],
  }
}

/** P21: once per warning, whoever tells of it. */
export function warningTasks(
  deps: Deps,
  { order }: OrderRecord,
  warnings: readonly FraudWarning[],
): Query[] {
  return warnings
    .filter(({ isActionable }) => isActionable)
    .map(({ id }) => task(deps, order, 'order.fraud_warning', id, {}))
}

function rowOf(
  deps: Deps,
  { order }: OrderRecord,
  dispute: ProviderDispute,
  before: DisputeRow | undefined,
): DisputeRow {
  const { id, intentId, state, amount, currency, reason, createdAt } = dispute
  const isOver = state !== 'open' && state !== 'inquiry'
  const closedAt = isOver ? (before?.closedAt ?? deps.now()) : null
  const suspended = before?.suspended ?? []
  return {
    id,
    orderId: order.id,
    intentId,
    state,
    amount,
    currency,
    reason,
    suspended,
    createdAt,
    closedAt,
  }
}

function isWhole({ order }: OrderRecord, { amount }: Pick<DisputeRow, 'amount'>): boolean {
  return amount >= order.total
}

/** Licenses that only this order covers now, and when the next one is. */
function uncoveredIn(
  deps: Deps,
  { record, touched }: AftermathRecord,
): { now: string[]; next: Temporal.Instant | null } {
  const at = deps.now()
  const free = touched.filter(({ license }) => isFree(license))
  const ends = free.map(({ license, ledger }) => {
    const without = coverageWithout(
      { ledger },
      record.lines.map(({ id }) => id),
      at,
    )
    const isOver = without === null || without.isOver
    return { id: license.id, until: isOver ? at : without.coverage.endsAt }
  })
  const isCovered = ({ until }: { until: Temporal.Instant }) =>
    until.epochMilliseconds > at.epochMilliseconds
  const [next] = ends
    .filter(isCovered)
    .map(({ until }) => until)
    .toSorted((one, other) => one.epochMilliseconds - other.epochMilliseconds)
  return { now: ends.filter((end) => !isCovered(end)).map(({ id }) => id), next: next ?? null }
}

/** What somebody else suspended is theirs to reinstate. */
function isFree({ suspendedAt, revokedAt }: TouchedLicense['license']): boolean {
  return suspendedAt === null && revokedAt === null
}

function stored(deps: Deps, row: DisputeRow): Query {
  const { id: _, ...facts } = row
  return deps.db.orm
    .insert(disputes)
    .values(row)
    .onConflictDoUpdate({ target: disputes.id, set: facts })
}

function taskOf(
  deps: Deps,
  record: OrderRecord,
  row: DisputeRow,
  before: DisputeRow | undefined,
): Query[] {
  if (row.state === before?.state) return []
  const about = { dispute: row.id, amount: row.amount, currency: row.currency, reason: row.reason }
  const kind = kindOf(record, row)
  return kind === null ? [] : [task(deps, record.order, kind, row.id, about)]
}

function kindOf(record: OrderRecord, row: DisputeRow): string | null {
  switch (row.state) {
    case 'inquiry':
      return 'order.dispute_inquiry'
    case 'open':
      return isWhole(record, row) ? 'order.disputed' : 'order.partly_disputed'
    case 'lost':
      return isWhole(record, row) ? null : 'order.partly_lost'
    case 'won':
    case 'inquiry_closed':
      return null
  }
}

function task(
  deps: Deps,
  order: OrderRecord['order'],
  kind: string,
  reference: string,
  data: Record<string, unknown>,
): Query {
  return deps.db.orm
    .insert(operatorTasks)
    .values({
      id: deps.newId('task'),
      productId: order.productId,
      kind,
      reference,
      data: { order: order.id, ...data },
      createdAt: deps.now(),
      closedAt: null,
    })
    .onConflictDoNothing()
}
