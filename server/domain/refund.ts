/**
 * Refunds (R15): what one is about, what it is worth, and who may have it. Pure; amounts in minor
 * units of the order's currency.
 */
import { fraction, roundToMinor } from './fraction.ts'

/** `amount` changes no license; `units` and `period` take back what the order added. */
export const REFUND_KINDS = ['period', 'units', 'amount'] as const
export type RefundKind = (typeof REFUND_KINDS)[number]

export const REFUND_STATES = ['pending', 'succeeded', 'failed'] as const
export type RefundState = (typeof REFUND_STATES)[number]

/** One order line that is taken back, whole or some units of it. Stored as JSON. */
export interface RefundLine {
  readonly lineId: string
  /** ≥ 1; all that are left for `period`. */
  readonly quantity: number
}

export interface RefundableLine {
  readonly id: string
  readonly kind: 'purchase' | 'renewal' | 'add_units' | 'pay_per_use'
  /** Units that the line paid for. */
  readonly quantity: number
  /** What the line cost, exclusive tax contained. */
  readonly gross: number
  /** When the time that it bought begins, RFC 3339; null before it is fulfilled. */
  readonly beginsAt: string | null
  /** List value of what came free with it and was used up (R9). */
  readonly consumedValue: number
}

export interface EarlierRefund {
  readonly kind: RefundKind
  readonly amount: number
  readonly state: RefundState
  readonly lines: readonly RefundLine[]
}

export interface RefundableOrder {
  readonly total: number
  readonly currency: string
  readonly lines: readonly RefundableLine[]
  readonly refunds: readonly EarlierRefund[]
  /** Money that a lost dispute took. */
  readonly lost: number
}

/** What can still be given back: nobody gets more than they paid. */
export function refundableAmount({ total, refunds, lost }: RefundableOrder): number {
  const back = refunds.reduce(
    (sum, { state, amount }) => sum + (state === 'failed' ? 0 : amount),
    0,
  )
  return Math.max(0, total - back - lost)
}

/** Units of the line that nothing took back yet. */
export function unitsLeft({ refunds }: RefundableOrder, line: RefundableLine): number {
  return line.quantity - unitsTaken(refunds, line)
}

/**
 * What some units of some lines are worth. Several parts of a line are rounded cumulatively: they
 * never add up to more or less than the line (R14). What came free and was used up is deducted (R9).
 *
 * @throws RangeError for units that are not there (a bug; the caller checks `unitsLeft`)
 */
export function worthOf(order: RefundableOrder, wanted: readonly RefundLine[]): number {
  const worth = wanted.reduce((sum, { lineId, quantity }) => {
    const line = order.lines.find(({ id }) => id === lineId)
    if (line === undefined || quantity < 1 || quantity > unitsLeft(order, line)) {
      throw new RangeError(`${quantity} units of ${lineId}`)
    }
    const before = unitsTaken(order.refunds, line)
    return sum + shareOf(order, line, before + quantity) - shareOf(order, line, before)
  }, 0)
  return Math.min(worth, refundableAmount(order))
}

/**
 * Whether the customer may take the whole order back without asking: a renewal that has not begun
 * (section 4). Everything else is an operator's decision.
 *
 * @param now  RFC 3339; a period that begins now has begun
 */
export function isUndoable(order: RefundableOrder, now: string): boolean {
  return (
    order.lines.length > 0 &&
    order.lines.every(
      ({ kind, beginsAt }) => kind === 'renewal' && beginsAt !== null && beginsAt > now,
    )
  )
}

function unitsTaken(refunds: readonly EarlierRefund[], { id }: RefundableLine): number {
  return refunds
    .filter(({ kind, state }) => kind !== 'amount' && state !== 'failed')
    .flatMap(({ lines }) => lines)
    .reduce((sum, taken) => sum + (taken.lineId === id ? taken.quantity : 0), 0)
}

/** What the first so many units of a line are worth: those that go first bear what was used up. */
function shareOf(
  { currency }: RefundableOrder,
  { gross, quantity, consumedValue }: RefundableLine,
  units: number,
): number {
  const share = roundToMinor(fraction(BigInt(gross) * BigInt(units), BigInt(quantity)), currency)
  return Math.max(0, share - consumedValue)
}
