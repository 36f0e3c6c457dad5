/** Stripe's session becomes ours. Pure: the only place that knows what Stripe's states mean. */
import type Stripe from 'stripe'
import type { Temporal } from 'temporal-polyfill'
import type { CheckoutSession, SavedMethod } from './port.ts'
import { fromStripeAmount } from './stripe-amounts.ts'
import { readDecline } from './stripe-decline.ts'
import { readMethod } from './stripe-method.ts'
import { attemptOf, expanded, idOf, instant } from './stripe-values.ts'

/** Everything that `readSession` looks at; Stripe allows four levels, `data` of a list included. */
export const SESSION_EXPANSION = [
  'payment_intent.latest_charge.balance_transaction',
  'payment_intent.payment_method',
  'setup_intent.payment_method',
] as const

/** Methods whose charge settles at once, so that its creation is the payment time (R7). */
const SETTLES_AT_ONCE = new Set(['card', 'card_present', 'link'])

/** @param session as Stripe answers it, expanded by `SESSION_EXPANSION` where it has an intent */
export function readSession(session: Stripe.Checkout.Session): CheckoutSession {
  const isSetup = session.mode === 'setup'
  const intent = expanded(session.payment_intent)
  const charge = expanded(intent?.latest_charge)
  const payment = isSetup ? setupState(session) : paymentState(session, intent)
  const currency = (session.currency ?? session.metadata?.['currency'] ?? '').toUpperCase()
  return {
    id: session.id,
    kind: isSetup ? 'setup' : 'page',
    orderId: session.client_reference_id ?? session.metadata?.['order_id'] ?? null,
    setupId: session.metadata?.['setup_id'] ?? null,
    providerCustomer: idOf(session.customer),
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
    failure: failureOf(isSetup ? setupError(session) : intent?.last_payment_error),
    decline: null,
    method: isSetup ? setupMethod(session) : methodOf(intent, charge),
    livemode: session.livemode,
  }
}

/** When the money of this charge was there (R7). */
export function settledAt(charge: Stripe.Charge): Temporal.Instant {
  const kind = charge.payment_method_details?.type ?? 'card'
  const settled = expanded(charge.balance_transaction)
  return instant(SETTLES_AT_ONCE.has(kind) || settled === null ? charge.created : settled.created)
}

/** @returns the method of a payment; kept when it was attached to the customer as well as asked for */
export function methodOf(
  intent: Stripe.PaymentIntent | null,
  charge: Stripe.Charge | null,
): SavedMethod | null {
  const method = expanded(intent?.payment_method)
  const id = idOf(intent?.payment_method) ?? charge?.payment_method ?? null
  if (intent === null || id === null) return null
  if (method !== null) {
    return { ...readMethod(method), reusable: isKept(intent, method) }
  }
  const details = charge?.payment_method_details
  return {
    id,
    kind: details?.type ?? 'unknown',
    brand: details?.card?.brand ?? null,
    last4: details?.card?.last4 ?? null,
    expires: null,
    reusable: false,
  }
}

function isKept(intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): boolean {
  return intent.setup_future_usage === 'off_session' && idOf(method.customer) !== null
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

/** A page that saves a method is "paid" once it has one: nothing else is asked of it. */
function setupState({ status }: Stripe.Checkout.Session): CheckoutSession['payment'] {
  return status === 'complete' ? 'paid' : 'unpaid'
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
  return charge === null ? instant(session.created) : settledAt(charge)
}

function setupError(session: Stripe.Checkout.Session) {
  return session.status === 'complete' ? null : expanded(session.setup_intent)?.last_setup_error
}

function failureOf(
  error: Parameters<typeof readDecline>[0] | null | undefined,
): CheckoutSession['failure'] {
  if (!error) return null
  const { code, message } = readDecline(error)
  return { code, message }
}

function setupMethod(session: Stripe.Checkout.Session): SavedMethod | null {
  const method = expanded(expanded(session.setup_intent)?.payment_method)
  const isSaved = session.status === 'complete' && idOf(method?.customer) !== null
  return method === null ? null : { ...readMethod(method), reusable: isSaved }
}
