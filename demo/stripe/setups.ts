/** Sessions of `mode: setup`: a method is saved, nothing is charged. */
import { errorOf } from './intents.ts'
import type { CheckoutSession, PaymentMethod, SetupIntent } from './objects.ts'
import type { Decline } from './test-cards.ts'
import { wireMethod, wireSession, wireSetup } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

export function saveMethod(world: World, session: CheckoutSession, method: PaymentMethod): void {
  const setup = setupOf(world, session)
  setup.status = 'succeeded'
  setup.payment_method = method.id
  setup.last_setup_error = null
  method.customer = setup.customer
  session.status = 'complete'
  session.payment_status = 'no_payment_required'
  session.url = null
  world.announce('payment_method.attached', wireMethod(method))
  world.announce('setup_intent.succeeded', wireSetup(setup))
  world.announce('checkout.session.completed', wireSession(world.store, session))
}

export function declineSetup(world: World, session: CheckoutSession, decline: Decline): void {
  const setup = setupOf(world, session)
  setup.status = 'requires_payment_method'
  setup.last_setup_error = errorOf(decline)
  world.announce('setup_intent.setup_failed', wireSetup(setup))
}

export function challengeSetup(
  world: World,
  session: CheckoutSession,
  method: PaymentMethod,
): void {
  const setup = setupOf(world, session)
  setup.status = 'requires_action'
  setup.payment_method = method.id
  world.announce('setup_intent.requires_action', wireSetup(setup))
}

/** @returns the method that waits for its challenge, or null when none does */
export function challengedSetup(world: World, session: CheckoutSession): PaymentMethod | null {
  const setup = world.store.setups.get(session.setup_intent ?? '')
  if (session.status !== 'open' || setup?.status !== 'requires_action') return null
  return world.store.methods.get(setup.payment_method ?? '') ?? null
}

export function failSetupChallenge(world: World, session: CheckoutSession): void {
  declineSetup(world, session, {
    code: 'setup_intent_authentication_failure',
    declineCode: null,
    adviceCode: null,
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
  })
}

function setupOf(world: World, session: CheckoutSession): SetupIntent {
  const existing = world.store.setups.get(session.setup_intent ?? '')
  if (existing !== undefined) return existing
  const setup: SetupIntent = {
    id: newId(world, 'seti'),
    object: 'setup_intent',
    created: epochSeconds(world),
    customer: session.customer,
    metadata: session.intent_data.metadata,
    usage: 'off_session',
    livemode: false,
    status: 'requires_payment_method',
    payment_method: null,
    last_setup_error: null,
  }
  world.store.setups.set(setup.id, setup)
  session.setup_intent = setup.id
  world.announce('setup_intent.created', wireSetup(setup))
  return setup
}
