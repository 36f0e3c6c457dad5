/**
 * What becomes of an order once it was paid: refunds, disputes and warnings, read again from the
 * provider and applied in one batch. Called by the provider's notifications, by whoever asked for a
 * refund, and by the sweep; the same facts always lead to the same end (P03, P18–P21).
 */
import { productAt } from '../db/catalogue-store.ts'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import { aftermathOfOrder } from '../db/queries/aftermath.ts'
import type { AftermathRecord } from '../db/queries/aftermath.ts'
import type { OrderRecord, RefundRow } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { Id } from '../domain/ids.ts'
import { canMove } from '../domain/order.ts'
import type { OrderRow } from '../db/queries/orders.ts'
import { Refused } from '../domain/refusals.ts'
import type { Aftermath, ProviderRefund } from '../payments/aftermath.ts'
import { coTermShares } from './co-term-shares.ts'
import { disputeNews, warningTasks } from './aftermath-disputes.ts'
import type { DisputeNews } from './aftermath-disputes.ts'
import { aftermathMails } from './aftermath-mails.ts'
import { refundNews, takenLines } from './aftermath-refunds.ts'
import { withholdingChanges } from './withhold-licenses.ts'
import { orderChange } from './order-change.ts'
import { joined } from './settle-order.ts'
import type { Alongside } from './settle-order.ts'
import { revertedUpgrades } from './reverted-upgrades.ts'
import { takeBackLicenses } from './take-back-licenses.ts'

export interface AftermathCause {
  readonly actor: string
  /** As it was read just now; only the first attempt uses it. */
  readonly known?: AftermathRecord
  readonly alongside?: () => Promise<Alongside | null>
  /** True when somebody waits for a refund: a refusal of the provider is theirs to know. */
  readonly isAsked?: boolean
}

/**
 * @param orderId  of an order that was settled
 * @throws Refused `order.not_found`; `payment.unavailable`: nothing is changed then; `payment.refused`
 *   once the failure is noted, for who asked
 */
export async function followOrderAftermath(
  deps: Deps,
  orderId: Id<'ord'>,
  cause: AftermathCause,
): Promise<OrderRecord> {
  let known = cause.known ?? null
  const refusals: Refused[] = []
  const record = await decideAndCommit(deps, {}, async (): Promise<Decision<OrderRecord>> => {
    const found = known ?? (await aftermathOfOrder(deps.db, orderId))
    known = null
    if (found === null) throw new Refused('order.not_found')
    const mark = (await cause.alongside?.()) ?? null
    const answers = await askProvider(deps, found.record, refusals)
    const { change, result } = await decide(deps, found, answers, cause.actor)
    const warnings = warningTasks(deps, found.record, answers.warnings)
    const first = change ?? mark
    if (first === null) return { change: null, result }
    const all = change === null ? first : joined(change, mark)
    return { change: all && { ...all, statements: [...all.statements, ...warnings] }, result }
  })
  const [refusal] = refusals
  if (cause.isAsked && refusal !== undefined) throw refusal
  return record
}

interface Answers extends Aftermath {
  /** Refunds of ours that the provider will not make. */
  readonly refused: ReadonlySet<string>
}

/** Makes what we owe, then asks what there is: all of it safe to repeat. */
async function askProvider(
  deps: Deps,
  { payments, refunds }: OrderRecord,
  refusals: Refused[],
): Promise<Answers> {
  refusals.length = 0
  const made: ProviderRefund[] = []
  const refused = new Set<string>()
  for (const row of refunds.filter((it) => it.appliedAt === null)) {
    const answer = await make(deps, row)
    if (answer instanceof Refused) {
      refusals.push(answer)
      refused.add(row.id)
    } else {
      made.push(answer)
    }
  }
  const intents = payments.filter(({ settledAt }) => settledAt !== null)
  const told = await Promise.all(
    intents.map(({ intentId }) =>
      intentId === null ? EMPTY : deps.payments.readAftermath(intentId),
    ),
  )
  const listed = told.flatMap((it) => it.refunds)
  return {
    refused,
    // The list may lag behind an answer.
    refunds: [...listed, ...made.filter(({ id }) => !listed.some((it) => it.id === id))],
    disputes: told.flatMap((it) => it.disputes),
    warnings: told.flatMap((it) => it.warnings),
  }
}

const EMPTY: Aftermath = { refunds: [], disputes: [], warnings: [] }

async function make(deps: Deps, row: RefundRow): Promise<ProviderRefund | Refused> {
  const { id: key, orderId, intentId, amount, currency } = row
  try {
    return await deps.payments.refund({ orderId, key, intentId, amount, currency })
  } catch (error) {
    if (error instanceof Refused && error.code === 'payment.refused') return error
    throw error
  }
}

async function decide(
  deps: Deps,
  found: AftermathRecord,
  answers: Answers,
  actor: string,
): Promise<Decision<OrderRecord>> {
  const { record } = found
  const refunded = refundNews(deps, record, answers.refunds, answers.refused)
  const disputed = disputeNews(deps, found, answers.disputes)
  const set = orderAfter(record, refunded.rows, disputed)
  const isWatched = record.order.sweepAt !== null || disputed.lookAt !== null
  if (!refunded.isNews && !disputed.isNews && !isWatched) return { change: null, result: record }
  const product = await productAt(deps.db, record.order.catalogueVersion, record.order.productId)
  const lines = [...takenLines(record, refunded.applied), ...lostLines(record, disputed)]
  const taken = takeBackLicenses(deps, found.touched, {
    lines,
    reverts: revertedUpgrades(found, product, lines),
    type: disputed.lost.length > 0 ? 'license.charged_back' : 'license.refunded',
    actor,
    data: { order: record.order.id },
    reinstate: disputed.reinstate,
  })
  const shares = await coTermShares(deps, found.touched, taken, lines)
  const holds = withholdingChanges(deps, found.touched, taken, disputed, record.order.id)
  const next = orderChange(deps, record, {
    type: typeOf(disputed, refunded.applied.length > 0),
    actor,
    set,
    data: {
      refunds: refunded.applied.map(({ id, kind, amount }) => ({ id, kind, amount })),
      disputes: disputed.rows.map(({ id, state }) => ({ id, state })),
      licenses: taken.licenses.map(({ row }) => row.id),
    },
    journal: [...taken.journal, ...holds.journal, ...shares.journal],
    statements: [
      ...refunded.statements,
      ...disputed.statements,
      ...taken.statements,
      ...holds.statements,
      ...shares.statements,
      ...aftermathMails(deps, found, product, { applied: refunded.applied, disputed, taken }),
    ],
  })
  const result = { ...record, order: next.order, refunds: refunded.rows, disputes: disputed.rows }
  return { change: next.change, result }
}

function lostLines({ lines }: OrderRecord, { lost }: DisputeNews) {
  if (lost.length === 0) return []
  return lines.map(({ id }) => ({ lineId: id, quantity: 'all' as const }))
}

function orderAfter(
  { order }: OrderRecord,
  refunds: readonly RefundRow[],
  { rows, lookAt }: DisputeNews,
): Partial<OrderRow> {
  const back = refunds
    .filter(({ state, appliedAt }) => state !== 'failed' && appliedAt !== null)
    .reduce((sum, { amount }) => sum + amount, 0)
  const lost = rows.reduce((sum, { state, amount }) => sum + (state === 'lost' ? amount : 0), 0)
  const event = back + lost >= order.total ? 'refund' : 'refund_part'
  const isMoved = back + lost > 0 && canMove(order.state, event)
  const state = event === 'refund' ? ('refunded' as const) : ('partially_refunded' as const)
  return {
    ...(isMoved ? { state } : {}),
    disputed: rows.some((row) => row.state === 'open' || row.state === 'lost'),
    sweepAt: lookAt,
  }
}

function typeOf({ opened, won, lost, isNews }: DisputeNews, isRefunded: boolean): string {
  if (lost.length > 0) return 'order.dispute_lost'
  if (opened.length > 0) return 'order.disputed'
  if (won.length > 0) return 'order.dispute_won'
  if (isRefunded) return 'order.refunded'
  return isNews ? 'order.dispute_noted' : 'order.watched'
}
