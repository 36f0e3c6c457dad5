/** Stripe's invoice of a charge becomes ours. Pure. */
import type Stripe from 'stripe'
import type { CheckoutSession } from './port.ts'
import { fromStripeAmount } from './stripe-amounts.ts'
import { NEEDS_ITS_OWNER, readDecline } from './stripe-decline.ts'
import { methodOf, settledAt } from './stripe-session.ts'
import { attemptOf, expanded, idOf, instant } from './stripe-values.ts'

/** In the metadata: tells our charges from invoices that a payment page leaves behind. */
export const CHARGE_PURPOSE = 'charge'
/** What `chargeOf` looks at of a payment intent. */
export const INTENT_EXPANSION = ['latest_charge.balance_transaction', 'payment_method'] as const

export function isCharge({ metadata }: Pick<Stripe.Invoice, 'metadata'>): boolean {
  return metadata?.['purpose'] === CHARGE_PURPOSE
}

/** @param intent  as `INTENT_EXPANSION` expands it; null for a draft */
export function chargeOf(
  invoice: Stripe.Invoice,
  intent: Stripe.PaymentIntent | null,
): CheckoutSession {
  const charge = expanded(intent?.latest_charge)
  const currency = invoice.currency.toUpperCase()
  const payment = paymentOf(invoice, intent)
  const decline = payment === 'unpaid' ? declineOf(intent) : null
  const expiresAt = Number(invoice.metadata?.['expires_at'])
  const method = methodOf(intent, charge)
  return {
    id: invoice.id,
    kind: 'charge',
    orderId: invoice.metadata?.['order_id'] ?? null,
    setupId: null,
    providerCustomer: idOf(invoice.customer),
    attempt: attemptOf(invoice.metadata),
    state: stateOf(invoice, payment),
    payment,
    url: null,
    currency,
    amountTotal: fromStripeAmount(invoice.total, currency),
    expiresAt: instant(Number.isSafeInteger(expiresAt) ? expiresAt : invoice.created),
    createdAt: instant(invoice.created),
    intentId: intent?.id ?? null,
    paidAt: payment === 'paid' ? (charge ? settledAt(charge) : instant(invoice.created)) : null,
    submittedAt: charge === null ? null : instant(charge.created),
    failure: decline === null ? null : { code: decline.code, message: decline.message },
    decline,
    // It was saved before this charge, and is until it is detached.
    method: method && { ...method, reusable: isAttached(intent) },
    livemode: invoice.livemode,
  }
}

function isAttached(intent: Stripe.PaymentIntent | null): boolean {
  return idOf(expanded(intent?.payment_method)?.customer) !== null
}

function stateOf(
  { status }: Stripe.Invoice,
  payment: CheckoutSession['payment'],
): CheckoutSession['state'] {
  if (status === 'void' || status === 'uncollectible') return 'expired'
  return payment === 'unpaid' ? 'open' : 'complete'
}

function paymentOf(
  { status }: Stripe.Invoice,
  intent: Stripe.PaymentIntent | null,
): CheckoutSession['payment'] {
  if (status === 'paid' || intent?.status === 'succeeded') return 'paid'
  return status === 'open' && intent?.status === 'processing' ? 'processing' : 'unpaid'
}

function declineOf(intent: Stripe.PaymentIntent | null) {
  if (intent?.status === 'requires_action') return NEEDS_ITS_OWNER
  const error = intent?.last_payment_error
  if (error) return readDecline(error)
  // Given up while the bank waited for its customer: Stripe says no more than that it was tried.
  const wasAsked = intent?.status === 'canceled' && intent.payment_method !== null
  return wasAsked ? NEEDS_ITS_OWNER : null
}
