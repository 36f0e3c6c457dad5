/** What happens to a session when its form is handed in: card, 3-D Secure, bank debit. */
import { newCharge } from './charges.ts'
import {
  BANK_SAID_NO,
  chargeNow,
  errorOf,
  fail,
  keepMethod,
  newIntent,
  requireAction,
  settle,
} from './intents.ts'
import { issuePaidInvoice, settleInvoice } from './invoices.ts'
import type { CheckoutSession, PaymentIntent, PaymentMethod, Settlement } from './objects.ts'
import type { Decline } from './test-cards.ts'
import { wireCharge, wireIntent, wireSession } from './wire.ts'
import type { World } from './world.ts'

const SETTLEMENT_MS = 30_000

export function payByCard(world: World, session: CheckoutSession, method: PaymentMethod): void {
  chargeNow(world, intentOf(world, session), method)
  completePaid(world, session)
  world.announce('checkout.session.completed', wireSession(world.store, session))
}

export function declineCard(
  world: World,
  session: CheckoutSession,
  method: PaymentMethod,
  decline: Decline,
): void {
  const intent = intentOf(world, session)
  fail(world, intent, newCharge(world, intent, method, 'failed'), errorOf(decline))
}

/** The bank wants to see its customer first; nothing is charged yet. */
export function askForChallenge(
  world: World,
  session: CheckoutSession,
  method: PaymentMethod,
): void {
  requireAction(world, intentOf(world, session), method)
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
  debit(world, intent, method, { session: session.id, outcome })
  complete(session)
  keepMethod(world, intent, method)
  world.announce('checkout.session.completed', wireSession(world.store, session))
}

/** Asks the bank; it answers 30 seconds later. */
export function debit(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  { session, outcome }: Pick<Settlement, 'session' | 'outcome'>,
): void {
  const charge = newCharge(world, intent, method, 'pending')
  intent.status = 'processing'
  intent.last_payment_error = null
  const dueAt = world.now().epochMilliseconds + SETTLEMENT_MS
  world.store.settlements.set(intent.id, { intent: intent.id, session, dueAt, outcome })
  world.announce('charge.pending', wireCharge(charge))
  world.announce('payment_intent.processing', wireIntent(intent))
}

/** Settles every bank debit that is due, or all of them at once with the outcome given. */
export function settleBankDebits(world: World, forced?: 'succeed' | 'fail'): void {
  const now = world.now().epochMilliseconds
  for (const settlement of world.store.settlements.values()) {
    if (forced === undefined && settlement.dueAt > now) continue
    world.store.settlements.delete(settlement.intent)
    answerOfBank(world, settlement, forced ?? settlement.outcome)
  }
}

function answerOfBank(world: World, at: Settlement, outcome: Settlement['outcome']): void {
  const { store } = world
  const intent = store.intents.get(at.intent)
  const charge = store.charges.get(intent?.latest_charge ?? '')
  if (intent === undefined || charge === undefined) return
  const isPaid = outcome === 'succeed'
  if (isPaid) settle(world, intent, charge)
  else fail(world, intent, charge, BANK_SAID_NO)
  const session = store.sessions.get(at.session ?? '')
  if (session === undefined) return settleInvoice(world, intent)
  if (isPaid) completePaid(world, session)
  const how = isPaid ? 'succeeded' : 'failed'
  world.announce(`checkout.session.async_payment_${how}`, wireSession(store, session))
}

/** The intent comes into being when the form is handed in for the first time. */
function intentOf(world: World, session: CheckoutSession): PaymentIntent {
  const existing = world.store.intents.get(session.payment_intent ?? '')
  if (existing !== undefined) return existing
  const { amount_total: amount, currency, customer, intent_data } = session
  const intent = newIntent(world, { amount, currency, customer, ...intent_data })
  session.payment_intent = intent.id
  return intent
}

function completePaid(world: World, session: CheckoutSession): void {
  complete(session)
  session.payment_status = 'paid'
  if (session.has_invoice) issuePaidInvoice(world, session)
}

function complete(session: CheckoutSession): void {
  session.status = 'complete'
  session.url = null
}
