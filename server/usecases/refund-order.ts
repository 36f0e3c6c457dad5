/**
 * Gives money of an order back (R15). The refund is stored before the provider is asked, and applied
 * to order and licenses once it has answered, so that a crash in between loses neither: the sweep and
 * the provider's own notification go on with it.
 */
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import { productAt } from '../db/catalogue-store.ts'
import { aftermathOfOrder, aftermathOfTheirs } from '../db/queries/aftermath.ts'
import type { AftermathRecord } from '../db/queries/aftermath.ts'
import type { OrderRecord, RefundRow } from '../db/queries/orders.ts'
import { refunds } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Id } from '../domain/ids.ts'
import { isUndoable, refundableAmount, unitsLeft, worthOf } from '../domain/refund.ts'
import type { RefundKind, RefundLine, RefundableOrder } from '../domain/refund.ts'
import { Refused, invalidField } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { followOrderAftermath } from './follow-aftermath.ts'
import { orderChange } from './order-change.ts'
import { consumedValues, refundableOrder } from './refund-facts.ts'

export interface RefundCommand {
  readonly kind: RefundKind
  /** Of these licenses; all of the order when null. `quantity` for `units`. */
  readonly lines: readonly { readonly licenseId: string; readonly quantity: number | null }[] | null
  /** Needed for `amount`; for the other kinds an operator's word against the computed one. */
  readonly amount: number | null
  readonly reason: string
  readonly actor: string
  /** Whose order it must be; null for an operator, who may give back what customers may not. */
  readonly scope: CustomerScope | null
}

/**
 * Safe to repeat: the same wish with the same reason is one refund.
 *
 * @throws Refused `order.not_found`, `refund.operator_only`, `refund.not_possible`, `request.invalid`,
 *   `payment.refused` (noted as failed; nothing was given back), `payment.unavailable` (it is tried again)
 */
export async function refundOrder(
  deps: Deps,
  orderId: Id<'ord'>,
  command: RefundCommand,
): Promise<OrderRecord> {
  const asked = await decideAndCommit(deps, {}, () => ask(deps, orderId, command))
  return asked.appliedAt === null || asked.state === 'pending'
    ? followOrderAftermath(deps, orderId, { actor: command.actor, isAsked: true })
    : recordOf(await read(deps, orderId, command.scope))
}

async function ask(
  deps: Deps,
  orderId: Id<'ord'>,
  command: RefundCommand,
): Promise<Decision<RefundRow>> {
  const found = await read(deps, orderId, command.scope)
  const { record } = found
  const { order } = record
  const product = await productAt(deps.db, order.catalogueVersion, order.productId)
  const facts = refundableOrder(record, consumedValues(found, product))
  const lines = linesOf(found, facts, command)
  const key = keyOf(record, command, lines)
  const earlier = record.refunds.find((row) => row.key === key)
  if (earlier !== undefined) return { change: null, result: earlier }
  if (command.scope !== null) checkCustomer(deps, record, facts, command)
  const intentId = record.payments.find(({ settledAt }) => settledAt !== null)?.intentId ?? null
  if (intentId === null) throw new Refused('refund.not_possible', { detail: NOTHING_PAID })
  checkUnits(facts, lines, command)
  const amount = amountOf(facts, lines, command)
  const row: RefundRow = {
    id: deps.newId('ref'),
    orderId,
    key,
    intentId,
    providerRefund: null,
    kind: command.kind,
    lines,
    amount,
    currency: order.currency,
    state: 'pending',
    reason: command.reason,
    actor: command.actor,
    createdAt: deps.now(),
    appliedAt: null,
  }
  const { change } = orderChange(deps, record, {
    type: 'order.refund_asked',
    actor: command.actor,
    // Should this process die now, the sweep goes on.
    set: { sweepAt: deps.now().add(RETRY_AFTER) },
    data: { refund: row.id, kind: row.kind, amount, reason: command.reason },
    statements: [deps.db.orm.insert(refunds).values(row)],
  })
  return { change, result: row }
}

const RETRY_AFTER = { seconds: 60 }
const NOTHING_PAID = 'No payment of this order is known.'

async function read(
  deps: Deps,
  orderId: Id<'ord'>,
  scope: CustomerScope | null,
): Promise<AftermathRecord> {
  const found =
    scope === null
      ? await aftermathOfOrder(deps.db, orderId)
      : await aftermathOfTheirs(deps.db, scope, orderId)
  if (found === null) throw new Refused('order.not_found')
  return found
}

function recordOf({ record }: AftermathRecord): OrderRecord {
  return record
}

/** A customer undoes by themselves only what has not begun, and whole (section 4). */
function checkCustomer(
  deps: Deps,
  { disputes }: OrderRecord,
  facts: RefundableOrder,
  { kind, lines, amount }: RefundCommand,
): void {
  const isWhole = kind === 'period' && lines === null && amount === null
  const isDisputed = disputes.some(({ state }) => state === 'open' || state === 'lost')
  if (isWhole && !isDisputed && isUndoable(facts, formatInstant(deps.now()))) return
  throw new Refused('refund.operator_only')
}

/** The order lines that the wish is about, each with its units. */
function linesOf(
  { record, touched }: AftermathRecord,
  facts: RefundableOrder,
  { kind, lines }: RefundCommand,
): readonly RefundLine[] {
  if (kind === 'amount') return []
  const wanted =
    lines === null
      ? record.lines.map(({ id }) => ({ lineId: id, quantity: null }))
      : lines.map(({ licenseId, quantity }, index) => {
          const lineId = lineOf(record, touched, licenseId)
          if (lineId === null) {
            throw invalidField(`/lines/${index}/license_id`, 'No license of this order.')
          }
          return { lineId, quantity }
        })
  return wanted.flatMap(({ lineId, quantity }, index) => {
    const line = facts.lines.find(({ id }) => id === lineId)
    if (line === undefined) return []
    const left = unitsLeft(facts, line)
    if (kind === 'units' && quantity === null) {
      throw invalidField(`/lines/${index}/quantity`, 'How many units go back?')
    }
    return [{ lineId, quantity: kind === 'period' ? Math.max(left, 1) : (quantity ?? 0) }]
  })
}

/** All the units that are left are a period: their time goes as well. */
function checkUnits(
  facts: RefundableOrder,
  lines: readonly RefundLine[],
  { kind }: RefundCommand,
): void {
  if (kind !== 'units') return
  for (const [index, { lineId, quantity }] of lines.entries()) {
    const line = facts.lines.find(({ id }) => id === lineId)
    const left = line === undefined ? 0 : unitsLeft(facts, line)
    if (quantity < left) continue
    throw invalidField(`/lines/${index}/quantity`, `Fewer than ${left}; all of it is a period.`)
  }
}

function lineOf(
  { lines }: OrderRecord,
  touched: AftermathRecord['touched'],
  licenseId: string,
): string | null {
  const own = touched.find(({ license }) => license.id === licenseId)
  const found = own?.ledger.find((row) => lines.some(({ id }) => id === row.orderLineId))
  return found?.orderLineId ?? null
}

function amountOf(
  facts: RefundableOrder,
  lines: readonly RefundLine[],
  { kind, amount }: RefundCommand,
): number {
  const left = refundableAmount(facts)
  if (left === 0) {
    throw new Refused('refund.not_possible', { detail: 'Everything was given back already.' })
  }
  if (kind === 'amount' && amount === null) throw invalidField('/amount', 'How much goes back?')
  const isGone = lines.some(({ lineId }) => {
    const line = facts.lines.find(({ id }) => id === lineId)
    return line !== undefined && unitsLeft(facts, line) === 0
  })
  if (isGone) throw new Refused('refund.not_possible', { detail: 'It was taken back already.' })
  const wanted = amount ?? worthOf(facts, lines)
  if (wanted > left) throw invalidField('/amount', `At most ${left} can still go back.`)
  if (wanted === 0) throw new Refused('refund.not_possible', { detail: 'It is worth nothing now.' })
  return wanted
}

/** What is wished for, in the same words. After a failure the same may be asked for again. */
function keyOf(
  { order, refunds: earlier }: OrderRecord,
  { kind, amount, reason }: RefundCommand,
  lines: readonly RefundLine[],
): string {
  const what = lines.map(
    ({ lineId, quantity }) => `${lineId}×${kind === 'period' ? 'all' : quantity}`,
  )
  const why = kind === 'period' ? '' : reason
  const words = [order.id, kind, amount ?? '', ...what, why].join(' ')
  const failures = earlier.filter(
    ({ key, state }) => state === 'failed' && (key === words || key.startsWith(`${words} #`)),
  )
  return failures.length === 0 ? words : `${words} #${failures.length + 1}`
}
