/**
 * Pays an order with a method that was saved before (S41), its customer waiting: one charge, and the
 * payment page with the reason where the bank says no or wants to see its customer.
 */
import type { CustomerRow } from '../db/queries/customers.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { Product } from '../domain/catalogue.ts'
import { Refused } from '../domain/refusals.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { chargeSavedMethod } from './charge-saved-method.ts'
import { openPayment } from './open-payment.ts'
import { settleOrder } from './settle-order.ts'

/**
 * Safe to repeat, from any number of places at once: the order says which method it is paid with, and
 * the provider makes one charge of it. A charge that was refused is closed before there is a page.
 *
 * @param record  a pending order without a payment page
 * @returns       fulfilled, processing, or pending with the address of a page and the failure
 * @throws Refused `payment.refused` or `payment.unavailable`; the order is kept
 */
export async function payBySavedMethod(
  deps: Deps,
  product: Product,
  record: OrderRecord,
  methodId: string,
): Promise<OrderRecord> {
  const outcome = await chargeSavedMethod(deps, product, record, { methodId, offSession: false })
  if (outcome.kind === 'refused') {
    const { code, message } = outcome.refusal
    return openPayment(deps, product, record, { failure: { code, message }, charge: null })
  }
  const charge = await closed(deps, outcome.session)
  if (charge.payment !== 'unpaid') return settled(deps, record, charge)
  const { code, message } = outcome.session.failure ?? UNEXPLAINED
  return openPayment(deps, product, record, { failure: { code, message }, charge })
}

/** @throws Refused `payment_method.not_found` when it is not one of theirs; `payment.unavailable` */
export async function checkIsTheirs(
  deps: Deps,
  customer: CustomerRow | null,
  methodId: string,
): Promise<void> {
  if (customer?.savedMethod?.id === methodId) return
  const providerCustomer = customer?.providerCustomer ?? null
  const listed = providerCustomer === null ? [] : await deps.payments.listMethods(providerCustomer)
  if (listed.every(({ id }) => id !== methodId)) throw new Refused('payment_method.not_found')
}

const UNEXPLAINED = { code: 'payment_failed', message: 'The payment failed.' }

/** Its money cannot arrive any more, or it has. */
async function closed(deps: Deps, charge: CheckoutSession): Promise<CheckoutSession> {
  if (charge.state !== 'open') return charge
  return { ...(await deps.payments.expireCheckout(charge.id)), failure: charge.failure }
}

async function settled(
  deps: Deps,
  record: OrderRecord,
  charge: CheckoutSession,
): Promise<OrderRecord> {
  const actor = `customer:${record.customer.id}`
  const settlement = await settleOrder(deps, record.order.id, { actor, sessionId: charge.id })
  return settlement.record ?? record
}
