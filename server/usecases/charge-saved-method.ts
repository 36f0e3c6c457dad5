/** One charge of a saved method for an order; what speaks against it is data. */
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { ChargeRefusal } from '../domain/auto-renewal.ts'
import type { Product } from '../domain/catalogue.ts'
import { Refused } from '../domain/refusals.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { checkoutLines } from './open-payment.ts'
import { providerCustomerOf } from './provider-customer.ts'

const ATTEMPT = 1

export interface ChargedMethod {
  readonly methodId: string
  /** True when nobody is there to answer the bank's questions. */
  readonly offSession: boolean
}

export type ChargeOutcome =
  | { readonly kind: 'tried'; readonly session: CheckoutSession }
  /** Nothing could even be tried. */
  | { readonly kind: 'refused'; readonly refusal: ChargeRefusal }

const METHOD_IS_GONE: ChargeRefusal = {
  kind: 'hard',
  code: 'payment_method.not_found',
  message: 'The saved payment method was removed.',
}

/**
 * Safe to repeat: the provider knows the attempt by order and number.
 *
 * @throws Refused `payment.unavailable`: repeat it
 */
export async function chargeSavedMethod(
  deps: Deps,
  product: Product,
  { order, customer, lines }: OrderRecord,
  method: ChargedMethod,
): Promise<ChargeOutcome> {
  try {
    const session = await deps.payments.chargeSaved({
      orderId: order.id,
      attempt: ATTEMPT,
      productId: order.productId,
      currency: order.currency,
      lines: checkoutLines(product, order, lines),
      total: order.total,
      providerCustomer: await providerCustomerOf(deps, customer),
      expiresAt: order.expiresAt,
      ...method,
    })
    return { kind: 'tried', session }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.code === 'payment_method.not_found') {
      return { kind: 'refused', refusal: METHOD_IS_GONE }
    }
    if (error.code !== 'payment.refused') throw error
    const message = error.detail.detail ?? 'The payment provider refused the charge.'
    return { kind: 'refused', refusal: { kind: 'soft', code: error.code, message } }
  }
}
