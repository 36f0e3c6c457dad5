/** What happens to a session when its form is handed in: card, 3-D Secure, bank debit. */
import { newCharge, settleCharge } from './charges.ts'
import type {
  Charge,
  CheckoutSession,
  PaymentError,
  PaymentIntent,
  PaymentMethod,
} from './objects.ts'
import type { Decline } from './test-cards.ts'
import { wireCharge, wireIntent, wireInvoice, wireSession } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

const SETTLEMENT_MS = 30_000

export function payByCard(world: World, session: CheckoutSession, method: PaymentMethod): void {
  const intent = intentOf(world, session)
  const charge = newCharge(world, intent, method, 'succeeded')
  settleCharge(world, charge)
  succeed(world, session, intent, charge)
  world.announce('checkout.session.completed', wireSession(world.store, session))
}

export function declineCard(
  world: World,
  session: CheckoutSession,
  method: PaymentMethod,
  decline: Decline,
): void {
  const intent = intentOf(world, session)
  fail(world, intent, newCharge(world, intent, method, 'failed'), {
    type: 'card_error',
    code: decline.code,
    ...(decline.declineCode === null ? {} : { decline_code: decline.declineCode }),
    message: decline.message,
  })
}

/** The bank wants to see its customer first; nothing is charged yet. */
export function askForChallenge(
  world: World,
  session: CheckoutSession,
  method: PaymentMethod,
): void {
  const intent = intentOf(world, session)
  intent.status = 'requires_action'
  intent.payment_method = method.id
  intent.last_payment_error = null
  world.announce('payment_intent.requires_action', wireIntent(intent))
}

/** @returns the method that waits for its challenge, or null when none does */
export function challengedMethod(world: World, session: CheckoutSession): PaymentMethod | null {
  const intent = world.store.intents.get(session.payment_intent ?? '')
  if (session.status !== 'open' || intent?.status !== 'requires_action') return null
  return world.store.methods.get(intent.payment_method ?? '') ?? null
}

export function failChallenge(world: World, session: CheckoutSession): void {
  const intent = intentOf(world, session)
  intent.status = 'requires_payment_method'
  intent.last_payment_error = {
    type: 'card_error',
    code: 'payment_intent_authentication_failure',
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  }
  world.announce('payment_intent.payment_failed', wireIntent(intent))
}

/** The form is complete, the money follows later or never (P08). */
export function handInBankDebit(
  world: World,
  session: CheckoutSession,
  method: PaymentMethod,
  outcome: 'succeed' | 'fail',
): void {
  const intent = intentOf(world, session)
  const charge = newCharge(world, intent, method, 'pending')
  intent.status = 'processing'
  intent.last_payment_error = null
  complete(session)
  save(intent, method)
  const dueAt = world.now().epochMilliseconds + SETTLEMENT_MS
  world.store.settlements.set(intent.id, {
    intent: intent.id,
    session: session.id,
    dueAt,
    outcome,
  })
  world.announce('charge.pending', wireCharge(charge))
  world.announce('payment_intent.processing', wireIntent(intent))
  world.announce('checkout.session.completed', wireSession(world.store, session))
}

/** Settles every bank debit that is due, or all of them at once with the outcome given. */
export function settleBankDebits(world: World, forced?: 'succeed' | 'fail'): void {
  const now = world.now().epochMilliseconds
  for (const settlement of world.store.settlements.values()) {
    if (forced === undefined && settlement.dueAt > now) continue
    world.store.settlements.delete(settlement.intent)
    settle(world, settlement, forced ?? settlement.outcome)
  }
}

function settle(
  world: World,
  at: { intent: string; session: string },
  outcome: 'succeed' | 'fail',
): void {
  const { store } = world
  const intent = store.intents.get(at.intent)
  const session = store.sessions.get(at.session)
  const charge = store.charges.get(intent?.latest_charge ?? '')
  if (intent === undefined || session === undefined || charge === undefined) return
  if (outcome === 'succeed') {
    settleCharge(world, charge)
    succeed(world, session, intent, charge)
    world.announce('checkout.session.async_payment_succeeded', wireSession(store, session))
    return
  }
  fail(world, intent, charge, {
    type: 'card_error',
    code: 'payment_method_customer_decline',
    message: 'The customer’s bank did not pay this debit: there were insufficient funds.',
  })
  world.announce('checkout.session.async_payment_failed', wireSession(store, session))
}

/** The intent comes into being when the form is handed in for the first time. */
function intentOf(world: World, session: CheckoutSession): PaymentIntent {
  const existing = world.store.intents.get(session.payment_intent ?? '')
  if (existing !== undefined) return existing
  const intent: PaymentIntent = {
    id: newId(world, 'pi'),
    object: 'payment_intent',
    created: epochSeconds(world),
    amount: session.amount_total,
    currency: session.currency,
    customer: session.customer,
    metadata: session.intent_data.metadata,
    setup_future_usage: session.intent_data.setup_future_usage,
    livemode: false,
    amount_received: 0,
    status: 'requires_payment_method',
    latest_charge: null,
    payment_method: null,
    last_payment_error: null,
  }
  world.store.intents.set(intent.id, intent)
  session.payment_intent = intent.id
  world.announce('payment_intent.created', wireIntent(intent))
  return intent
}

function succeed(
  world: World,
  session: CheckoutSession,
  intent: PaymentIntent,
  charge: Charge,
): void {
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  intent.last_payment_error = null
  complete(session)
  session.payment_status = 'paid'
  const method = world.store.methods.get(charge.payment_method)
  if (method !== undefined) save(intent, method)
  world.announce('charge.succeeded', wireCharge(charge))
  world.announce('payment_intent.succeeded', wireIntent(intent))
  if (session.has_invoice) issueInvoice(world, session)
}

function fail(world: World, intent: PaymentIntent, charge: Charge, error: PaymentError): void {
  charge.status = 'failed'
  charge.failure_code = error.code
  charge.failure_message = error.message
  intent.status = 'requires_payment_method'
  intent.last_payment_error = error
  world.announce('charge.failed', wireCharge(charge))
  world.announce('payment_intent.payment_failed', wireIntent(intent))
}

function complete(session: CheckoutSession): void {
  session.status = 'complete'
  session.url = null
}

function save(intent: PaymentIntent, method: PaymentMethod): void {
  if (intent.setup_future_usage === null || intent.customer === null) return
  if (method.customer !== null) return
  method.customer = intent.customer
}

function issueInvoice(world: World, session: CheckoutSession): void {
  const id = newId(world, 'in')
  const number = `SANDBOX-${String(world.store.invoices.size + 1).padStart(4, '0')}`
  const invoice = {
    id,
    object: 'invoice',
    created: epochSeconds(world),
    number,
    customer: session.customer,
    currency: session.currency,
    total: session.amount_total,
    amount_paid: session.amount_total,
    status: 'paid',
    hosted_invoice_url: `${world.origin}/i/${id}`,
    metadata: session.metadata,
    livemode: false,
  } as const
  world.store.invoices.set(id, invoice)
  session.invoice = id
  world.announce('invoice.paid', wireInvoice(invoice))
}
