/** Units that were added until an end which is taken back have paid for time that is gone: it is refunded (R10). */
import { inArray } from 'drizzle-orm'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { TouchedLicense } from '../db/queries/aftermath.ts'
import { readOrderForSettlement } from '../db/queries/orders.ts'
import type { OrderRecord, RefundRow } from '../db/queries/orders.ts'
import { orderLines, refunds } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { parseInstant } from '../domain/calendar.ts'
import { paidUntilAfter, returnedShare } from '../domain/co-term-share.ts'
import type { LedgerRow } from '../domain/take-back.ts'
import { refundableAmount } from '../domain/refund.ts'
import { orderChange } from './order-change.ts'
import { refundableOrder } from './refund-facts.ts'
import type { LicenseChange, Taking } from './take-back-licenses.ts'

export interface Shares {
  readonly journal: readonly JournalEntry[]
  readonly statements: readonly Query[]
}

interface Owed {
  readonly before: TouchedLicense
  readonly after: LicenseChange['licenses'][number]['row']
  /** The time entries that are taken back. */
  readonly gone: readonly LedgerRow[]
  /** Of the line that added the units. */
  readonly lineId: string
}

const NONE: Shares = { journal: [], statements: [] }

/**
 * Refunds of the other orders, stored in the batch that takes the period back; the sweep has them
 * made, and each of them is told by its own mail.
 */
export async function coTermShares(
  deps: Deps,
  touched: readonly TouchedLicense[],
  taken: LicenseChange,
  lines: Taking['lines'],
): Promise<Shares> {
  const owed = touched.flatMap((before) => owedBy(before, taken, lines))
  if (owed.length === 0) return NONE
  const lineIds = owed.map(({ lineId }) => lineId)
  const { orm } = deps.db
  const found = await orm
    .select({ id: orderLines.id, orderId: orderLines.orderId })
    .from(orderLines)
    .where(inArray(orderLines.id, lineIds as (typeof orderLines.$inferSelect.id)[]))
  const orderIds = [...new Set(found.map(({ orderId }) => orderId))]
  const records = await Promise.all(orderIds.map((id) => readOrderForSettlement(deps.db, id)))
  const changes = records.flatMap((record) => (record === null ? [] : changeOf(deps, record, owed)))
  return {
    journal: changes.flatMap(({ journal }) => journal),
    statements: changes.flatMap(({ statements }) => statements),
  }
}

function owedBy(before: TouchedLicense, taken: LicenseChange, lines: Taking['lines']): Owed[] {
  const after = taken.licenses.find(({ row }) => row.id === before.license.id)?.row
  const whole = lines.filter(({ quantity }) => quantity === 'all').map(({ lineId }) => lineId)
  const isTaken = ({ orderLineId }: LedgerRow) => whole.includes(orderLineId ?? '')
  const gone = before.ledger.filter((row) => isTaken(row) && 'startsAt' in row.entry)
  const [first] = gone
  if (after === undefined || first === undefined) return []
  const reversed = new Set(
    before.ledger.flatMap(({ entry }) => (entry.kind === 'reversal' ? entry.reverses : [])),
  )
  return before.ledger
    .filter((row) => row.entry.kind === 'units_added' && row.sequence > first.sequence)
    .filter((row) => !isTaken(row) && !reversed.has(row.sequence))
    .flatMap(({ orderLineId }) =>
      orderLineId === null ? [] : [{ before, after, gone, lineId: orderLineId }],
    )
}

function changeOf(deps: Deps, record: OrderRecord, owed: readonly Owed[]): Shares[] {
  const facts = refundableOrder(record)
  let left = refundableAmount(facts)
  const rows: RefundRow[] = []
  for (const one of owed) {
    const row = refundOf(deps, record, one, left)
    if (row === null) continue
    rows.push(row)
    left -= row.amount
  }
  if (rows.length === 0) return []
  const { change } = orderChange(deps, record, {
    type: 'order.share_given_back',
    actor: 'refund',
    set: { sweepAt: deps.now() },
    data: { refunds: rows.map(({ id, amount }) => ({ id, amount })) },
    statements: rows.map((row) => deps.db.orm.insert(refunds).values(row)),
  })
  return [change]
}

function refundOf(
  deps: Deps,
  record: OrderRecord,
  { before, after, gone, lineId }: Owed,
  left: number,
): RefundRow | null {
  const { order, lines, priced, payments } = record
  const row = lines.find(({ id }) => id === lineId)
  const line = row && priced.lines[row.position]
  const intentId = payments.find(({ settledAt }) => settledAt !== null)?.intentId ?? null
  if (row === undefined || line === undefined || intentId === null) return null
  const { license } = before
  const anchor = { day: license.anchorDay, time: license.anchorTime, zone: license.zone }
  const months = gone.reduce((sum, { entry }) => sum + ('months' in entry ? entry.months : 0), 0)
  const paidUntil = parseInstant(line.endsAt)
  const ends = { endBefore: license.endsAt, endAfter: after.endsAt }
  const gross = row.amount + (order.total > order.subtotal ? row.tax : 0)
  const share = returnedShare(
    { gross, currency: order.currency, boughtAt: parseInstant(line.startsAt), paidUntil },
    paidUntilAfter(paidUntil, months, anchor, ends),
    anchor,
  )
  const amount = Math.min(share, left)
  if (amount === 0) return null
  return {
    id: deps.newId('ref'),
    orderId: order.id,
    key: `co-term ${lineId} ${gone.map(({ sequence }) => sequence).join(',')}`,
    intentId,
    providerRefund: null,
    kind: 'amount',
    lines: [],
    amount,
    currency: order.currency,
    state: 'pending',
    reason: 'A period that these units had paid for was taken back.',
    actor: 'refund',
    createdAt: deps.now(),
    appliedAt: null,
  }
}
