/** Saved payment methods at Stripe: read, list, choose, remove. */
import type Stripe from 'stripe'
import { Refused } from '../domain/refusals.ts'
import type { ListedMethod, SavedMethod } from './port.ts'
import { isMissing, isRefused } from './stripe-errors.ts'
import { idOf } from './stripe-values.ts'

/** Stripe pages by 100; nobody keeps more methods than that. */
const METHODS_MAX = 100

export function readMethod(method: Stripe.PaymentMethod): SavedMethod {
  return {
    id: method.id,
    kind: method.type,
    brand: method.card?.brand ?? null,
    last4: lastFour(method),
    expires: expiryOf(method),
    reusable: idOf(method.customer) !== null,
  }
}

export async function listMethods(
  stripe: Stripe,
  customer: string,
): Promise<readonly ListedMethod[]> {
  try {
    const [owner, { data }] = await Promise.all([
      stripe.customers.retrieve(customer),
      stripe.customers.listPaymentMethods(customer, { limit: METHODS_MAX }),
    ])
    if (owner.deleted) return []
    const chosen = idOf(owner.invoice_settings.default_payment_method)
    return data.map((method) => ({
      ...readMethod(method),
      isDefault: method.id === chosen,
      fingerprint: fingerprintOf(method),
    }))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** @throws Refused `payment_method.not_found` when it is not that customer's */
export async function setDefaultMethod(
  stripe: Stripe,
  customer: string,
  methodId: string,
): Promise<void> {
  try {
    await stripe.customers.update(customer, {
      invoice_settings: { default_payment_method: methodId },
    })
  } catch (error) {
    throw isMissing(error) ? new Refused('payment_method.not_found') : error
  }
}

export async function detachMethod(stripe: Stripe, methodId: string): Promise<void> {
  try {
    await stripe.paymentMethods.detach(methodId)
  } catch (error) {
    // Detached before, by us or in the portal.
    if (!isRefused(error)) throw error
  }
}

function expiryOf({ card }: Stripe.PaymentMethod): string | null {
  if (card === undefined) return null
  return `${card.exp_year}-${String(card.exp_month).padStart(2, '0')}`
}

function fingerprintOf(method: Stripe.PaymentMethod): string | null {
  const { card, us_bank_account, sepa_debit, bacs_debit } = method
  return (card ?? us_bank_account ?? sepa_debit ?? bacs_debit)?.fingerprint ?? null
}

function lastFour(method: Stripe.PaymentMethod): string | null {
  const { card, us_bank_account, sepa_debit, bacs_debit } = method
  return (card ?? us_bank_account ?? sepa_debit ?? bacs_debit)?.last4 ?? null
}
