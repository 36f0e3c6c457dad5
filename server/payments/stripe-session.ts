/** Stripe's session becomes ours. Pure: the only place that knows what Stripe's states mean. */
import type Stripe from 'stripe'
import { Temporal } from 'temporal-polyfill'
import type { CheckoutSession, SavedMethod } from './port.ts'
import { fromStripeAmount } from './stripe-amounts.ts'

/** Everything that `readSession` looks at; Stripe allows four levels, `data` of a list included. */
export const SESSION_EXPANSION = [
  'payment_intent.latest_charge.balance_transaction',
  'payment_intent.payment_method',
] as const

/** Methods whose charge settles at once, so that its creation is the payment time (R7). */
const SETTLES_AT_ONCE = new Set(['card', 'card_present', 'link'])

/** @param session as Stripe answers it, expanded by `SESSION_EXPANSION` where it has an intent */
export function readSession(session: Stripe.Checkout.Session): CheckoutSession {
  const intent = expanded(session.payment_intent)
  const charge = expanded(intent?.latest_charge)
  const payment = paymentState(session, intent)
  const currency = (session.currency ?? '').toUpperCase()
  return {
    id: session.id,
    orderId: session.client_reference_id ?? session.metadata?.['order_id'] ?? null,
    attempt: attemptOf(session.metadata),
    state: sessionState(session.status),
    payment,
    url: session.status === 'open' ? session.url : null,
    currency,
    amountTotal: fromStripeAmount(session.amount_total ?? 0, currency),
    expiresAt: instant(session.expires_at),
    createdAt: instant(session.created),
    intentId: idOf(session.payment_intent),
    paidAt: payment === 'paid' ? paidAt(session, charge) : null,
    submittedAt: session.status === 'complete' ? instant(charge?.created ?? session.created) : null,
    failure: failureOf(intent),
    method: methodOf(intent, charge),
    livemode: session.livemode,
  }
}

function sessionState(status: Stripe.Checkout.Session.Status | null): CheckoutSession['state'] {
  switch (status) {
    case 'complete':
      return 'complete'
    case 'expired':
      return 'expired'
    default:
      return 'open'
  }
}

/** `complete` only says that the form was handed in; the money is in `payment_status` (P08). */
function paymentState(
  session: Stripe.Checkout.Session,
  intent: Stripe.PaymentIntent | null,
): CheckoutSession['payment'] {
  if (session.payment_status === 'paid' || session.payment_status === 'no_payment_required') {
    return 'paid'
  }
  if (session.status !== 'complete') return 'unpaid'
  switch (intent?.status) {
    case 'succeeded':
      return 'paid'
    case 'requires_payment_method':
    case 'canceled':
      return 'failed'
    default:
      return 'processing'
  }
}

function paidAt(session: Stripe.Checkout.Session, charge: Stripe.Charge | null): Temporal.Instant {
  if (charge === null) return instant(session.created)
  const kind = charge.payment_method_details?.type ?? 'card'
  const settled = expanded(charge.balance_transaction)
  return instant(SETTLES_AT_ONCE.has(kind) || settled === null ? charge.created : settled.created)
}

function failureOf(intent: Stripe.PaymentIntent | null): CheckoutSession['failure'] {
  const error = intent?.last_payment_error
  if (!error) return null
  return {
    code: error.decline_code ?? error.code ?? error.type,
    message: error.message ?? 'The payment was declined.',
  }
}

function methodOf(
  intent: Stripe.PaymentIntent | null,
  charge: Stripe.Charge | null,
): SavedMethod | null {
  const method = expanded(intent?.payment_method)
  const id = idOf(intent?.payment_method) ?? charge?.payment_method ?? null
  if (intent === null || id === null) return null
  const details = charge?.payment_method_details
  const kind = method?.type ?? details?.type ?? 'unknown'
  return {
    id,
    kind,
    brand: method?.card?.brand ?? details?.card?.brand ?? null,
    last4: lastFour(method) ?? details?.card?.last4 ?? null,
    // Kept only when it was attached to the customer as well as asked for.
    reusable: intent.setup_future_usage === 'off_session' && idOf(method?.customer) !== null,
  }
}

function lastFour(method: Stripe.PaymentMethod | null): string | null {
  if (method === null) return null
  const { card, us_bank_account, sepa_debit, bacs_debit } = method
  return (card ?? us_bank_account ?? sepa_debit ?? bacs_debit)?.last4 ?? null
}

function attemptOf(metadata: Stripe.Metadata | null): number | null {
  const attempt = Number(metadata?.['attempt'])
  return Number.isSafeInteger(attempt) && attempt >= 1 ? attempt : null
}

/** Stripe answers an id, or the object when it was asked to expand it. */
function expanded<T extends object>(reference: string | T | null | undefined): T | null {
  return typeof reference === 'object' ? reference : null
}

function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null)
}

function instant(epochSeconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000)
}
