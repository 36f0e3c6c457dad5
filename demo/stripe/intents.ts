/** Payment intents: what a form on the payment page and the charge of a saved method have in common. */
import { newCharge, settleCharge } from './charges.ts'
import { followUp } from './disputes.ts'
import type { Charge, Metadata, PaymentError, PaymentIntent, PaymentMethod } from './objects.ts'
import { behaviourOf, type Decline } from './test-cards.ts'
import { wireCharge, wireIntent } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

export interface NewIntent {
  readonly amount: number
  readonly currency: string
  readonly customer: string | null
  readonly metadata: Metadata
  readonly setup_future_usage: PaymentIntent['setup_future_usage']
}

export function newIntent(world: World, facts: NewIntent): PaymentIntent {
  const intent: PaymentIntent = {
    id: newId(world, 'pi'),
    object: 'payment_intent',
    created: epochSeconds(world),
    ...facts,
    livemode: false,
    amount_received: 0,
    status: 'requires_payment_method',
    latest_charge: null,
    payment_method: null,
    last_payment_error: null,
  }
  world.store.intents.set(intent.id, intent)
  world.announce('payment_intent.created', wireIntent(intent))
  return intent
}

/** The money is there at once. */
export function chargeNow(world: World, intent: PaymentIntent, method: PaymentMethod): Charge {
  const charge = newCharge(world, intent, method, 'succeeded')
  settle(world, intent, charge)
  return charge
}

/** The money of a charge that was pending is there. */
export function settle(world: World, intent: PaymentIntent, charge: Charge): void {
  settleCharge(world, charge)
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  intent.last_payment_error = null
  const method = world.store.methods.get(charge.payment_method)
  if (method !== undefined) keepMethod(world, intent, method)
  world.announce('charge.succeeded', wireCharge(charge))
  world.announce('payment_intent.succeeded', wireIntent(intent))
  followUp(world, charge, behaviourOf(method?.details['last4']).aftermath)
}

export function fail(
  world: World,
  intent: PaymentIntent,
  charge: Charge,
  error: PaymentError,
): void {
  charge.status = 'failed'
  charge.failure_code = error.code
  charge.failure_message = error.message
  intent.status = 'requires_payment_method'
  intent.last_payment_error = error
  world.announce('charge.failed', wireCharge(charge))
  world.announce('payment_intent.payment_failed', wireIntent(intent))
}

/** The bank wants to see its customer first; nothing is charged yet. */
export function requireAction(world: World, intent: PaymentIntent, method: PaymentMethod): void {
  intent.status = 'requires_action'
  intent.payment_method = method.id
  intent.last_payment_error = null
  world.announce('payment_intent.requires_action', wireIntent(intent))
}

/** Attached to the customer, where that was asked for. */
export function keepMethod(
  world: World,
  owner: { customer: string | null; setup_future_usage: PaymentIntent['setup_future_usage'] },
  method: PaymentMethod,
): void {
  if (owner.setup_future_usage === null || owner.customer === null) return
  if (method.customer === null) method.customer = owner.customer
}

export function errorOf({ code, declineCode, adviceCode, message }: Decline): PaymentError {
  return {
    type: 'card_error',
    code,
    ...(declineCode === null ? {} : { decline_code: declineCode }),
    ...(adviceCode === null ? {} : { advice_code: adviceCode }),
    message,
  }
}

export const BANK_SAID_NO: PaymentError = {
  type: 'card_error',
  code: 'payment_method_customer_decline',
  message: 'The customer’s bank did not pay this debit: there were insufficient funds.',
}
