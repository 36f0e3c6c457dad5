/**
 * Charges the saved method for an order that a job placed. Safe to repeat: the provider knows the
 * attempt by order and number, and settling is the same function as for every other order.
 */
import { readOrderForSettlement } from '../db/queries/orders.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { ChargeRefusal } from '../domain/auto-renewal.ts'
import type { Product } from '../domain/catalogue.ts'
import { Refused } from '../domain/refusals.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { checkoutLines } from './open-payment.ts'
import { providerCustomerOf } from './provider-customer.ts'
import { settleOrder } from './settle-order.ts'

const ATTEMPT = 1

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
    'kind' in outcome && 'message' in outcome
      ? { actor, givenUp: outcome }
      : { actor, sessionId: outcome.id },
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
  { order, customer, lines }: OrderRecord,
): Promise<CheckoutSession | ChargeRefusal> {
  if (customer.savedMethod === null) return NO_METHOD
  try {
    return await deps.payments.chargeSaved({
      orderId: order.id,
      attempt: ATTEMPT,
      productId: order.productId,
      currency: order.currency,
      lines: checkoutLines(product, order, lines),
      total: order.total,
      providerCustomer: await providerCustomerOf(deps, customer),
      methodId: customer.savedMethod.id,
      offSession: true,
      expiresAt: order.expiresAt,
    })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.code === 'payment_method.not_found') return NO_METHOD
    if (error.code !== 'payment.refused') throw error
    const message = error.detail.detail ?? 'The payment provider refused the charge.'
    return { kind: 'soft', code: error.code, message }
  }
}
