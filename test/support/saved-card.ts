/** A customer with a saved card, and charges of it. */
import type { ChargeRequest } from '../../server/payments/port.ts'
import { anOrder, type StripeWorld } from './stripe.ts'

export type TestCard =
  | 'visa'
  | 'mastercard'
  | 'chargeCustomerFail'
  | 'authenticationRequired'
  | 'authenticationRequiredOnSetup'
  | 'authenticationRequiredChargeDeclinedInsufficientFunds'

/** Attaches one of Stripe's test cards. @returns the id of the new method */
export async function saveCard(
  { stripe }: Pick<StripeWorld, 'stripe'>,
  customer: string,
  card: TestCard = 'visa',
): Promise<string> {
  return (await stripe.paymentMethods.attach(`pm_card_${card}`, { customer })).id
}

/** The charge of five DR licenses, $375.00, with nobody there. */
export async function aCharge(
  world: StripeWorld,
  card: TestCard = 'visa',
  changes: Partial<ChargeRequest> = {},
): Promise<ChargeRequest> {
  const { orderId, attempt, productId, currency, lines, total, providerCustomer, expiresAt } =
    await anOrder(world, changes)
  return {
    orderId,
    attempt,
    productId,
    currency,
    lines,
    total,
    providerCustomer,
    expiresAt,
    methodId: changes.methodId ?? (await saveCard(world, providerCustomer, card)),
    offSession: changes.offSession ?? true,
  }
}
