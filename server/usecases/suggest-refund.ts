/** What a refund of an order would be worth, before an operator decides (R9). Changes nothing. */
import { productAt } from '../db/catalogue-store.ts'
import { aftermathOfOrder } from '../db/queries/aftermath.ts'
import type { Deps } from '../deps.ts'
import type { Id } from '../domain/ids.ts'
import { refundableAmount, unitsLeft, worthOf } from '../domain/refund.ts'
import { Refused } from '../domain/refusals.ts'
import { consumedValues, refundableOrder } from './refund-facts.ts'

/** Amounts in minor units of `currency`. */
export interface RefundSuggestion {
  readonly currency: string
  /** At most that much can go back. */
  readonly refundable: number
  /** All that is left of it, less what came free and was used up. */
  readonly suggested: number
  readonly lines: readonly {
    readonly planId: string
    /** That nothing took back yet. */
    readonly units: number
    readonly paid: number
    /** List value of complimentary units that were used up. */
    readonly consumed: number
    readonly suggested: number
  }[]
}

/** @throws Refused `order.not_found` */
export async function suggestRefund(deps: Deps, orderId: Id<'ord'>): Promise<RefundSuggestion> {
  const found = await aftermathOfOrder(deps.db, orderId)
  if (found === null) throw new Refused('order.not_found')
  const { order, lines, payments } = found.record
  const product = await productAt(deps.db, order.catalogueVersion, order.productId)
  const facts = refundableOrder(found.record, consumedValues(found, product))
  const isPaid = payments.some(({ settledAt }) => settledAt !== null)
  const left = facts.lines.flatMap((line) => {
    const quantity = unitsLeft(facts, line)
    return quantity > 0 && isPaid ? [{ lineId: line.id, quantity }] : []
  })
  return {
    currency: order.currency,
    refundable: isPaid ? refundableAmount(facts) : 0,
    suggested: left.length === 0 ? 0 : worthOf(facts, left),
    lines: facts.lines.map((line) => {
      const own = left.filter(({ lineId }) => lineId === line.id)
      return {
        planId: lines.find(({ id }) => id === line.id)?.planId ?? line.id,
        units: own[0]?.quantity ?? 0,
        paid: line.gross,
        consumed: line.consumedValue,
        suggested: own.length === 0 ? 0 : worthOf(facts, own),
      }
    }),
  }
}
