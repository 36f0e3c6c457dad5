/**
 * Charges the saved method for an order that a job placed. Safe to repeat: the provider knows the
 * attempt by order and number, and settling is the same function as for every other order.
 */
import { readOrderForSettlement } from '../db/queries/orders.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { ChargeRefusal } from '../domain/auto-renewal.ts'
import type { Product } from '../domain/catalogue.ts'
import { chargeSavedMethod } from './charge-saved-method.ts'
import type { ChargeOutcome } from './charge-saved-method.ts'
import { settleOrder } from './settle-order.ts'

/** Why nothing could even be tried. */
const NO_METHOD: ChargeRefusal = {
  kind: 'hard',
  code: 'payment_method.missing',
  message: 'There is no saved payment method.',
}

/** @throws Refused `payment.unavailable`: the next run repeats it */
export async function chargeOwnOrder(
  deps: Deps,
  product: Product,
  record: OrderRecord,
  actor: string,
): Promise<void> {
  const { order } = record
  if (order.state === 'payable') {
    await settleOrder(deps, order.id, { actor })
    return
  }
  const outcome = await tryCharge(deps, product, record)
  await settleOrder(
    deps,
    order.id,
    outcome.kind === 'refused'
      ? { actor, givenUp: outcome.refusal }
      : { actor, sessionId: outcome.session.id },
  )
}

/** For what a crash left between order and charge. */
export async function chargeAgain(
  deps: Deps,
  productOf: (order: OrderRecord['order']) => Promise<Product>,
  orderId: OrderRecord['order']['id'],
  actor: string,
): Promise<void> {
  const record = await readOrderForSettlement(deps.db, orderId)
  if (record === null || record.order.state !== 'pending' || record.payments.length > 0) return
  await chargeOwnOrder(deps, await productOf(record.order), record, actor)
}

async function tryCharge(
  deps: Deps,
  product: Product,
  record: OrderRecord,
): Promise<ChargeOutcome> {
  const methodId = record.customer.savedMethod?.id
  if (methodId === undefined) return { kind: 'refused', refusal: NO_METHOD }
  return chargeSavedMethod(deps, product, record, { methodId, offSession: true })
}
