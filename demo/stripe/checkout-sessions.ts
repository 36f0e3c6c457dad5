/** /v1/checkout/sessions: create, read, list, expire. */
import { z } from 'zod'
import { readNewSession, type NewLine } from './checkout-parameters.ts'
import { findCustomer } from './customers.ts'
import { invalidRequest, noSuch } from './errors.ts'
import { expandWire } from './expansion.ts'
import type { FormHash } from './form-decoding.ts'
import { listPage } from './lists.ts'
import type { CheckoutSession, LineItem } from './objects.ts'
import { checkParameters, expand, listParameters, text } from './parameters.ts'
import { wireLineItems, wireSession, type Wire } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

const DAY_SECONDS = 24 * 60 * 60

export function createSession(world: World, form: FormHash): CheckoutSession {
  const now = epochSeconds(world)
  const params = readNewSession(form, now)
  if (params.customer !== undefined) findCustomer(world, params.customer, 'customer')
  const lines = params.line_items.map((line) => lineItem(world, line))
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0)
  const id = newId(world, 'cs_test')
  const session: CheckoutSession = {
    id,
    object: 'checkout.session',
    created: now,
    expires_at: params.expires_at ?? now + DAY_SECONDS,
    currency: params.currency,
    amount_subtotal: total,
    amount_total: total,
    client_reference_id: params.client_reference_id ?? null,
    customer: params.customer ?? null,
    customer_email: params.customer_email ?? null,
    success_url: params.success_url,
    cancel_url: params.cancel_url ?? null,
    submit_type: params.submit_type,
    locale: params.locale ?? null,
    metadata: params.metadata,
    livemode: false,
    mode: params.mode,
    status: 'open',
    payment_status: 'unpaid',
    payment_intent: null,
    setup_intent: null,
    invoice: null,
    url: `${world.origin}/c/pay/${id}`,
    lines,
    intent_data: {
      metadata: (params.payment_intent_data ?? params.setup_intent_data)?.metadata ?? {},
      setup_future_usage: params.payment_intent_data?.setup_future_usage ?? null,
    },
    has_invoice: params.invoice_creation?.enabled ?? false,
  }
  world.store.sessions.set(id, session)
  return session
}

export function presentSession(world: World, session: CheckoutSession, form: FormHash): Wire {
  const { expand: paths } = checkParameters(z.object({ expand }), form)
  return expandWire(world.store, wireSession(world.store, session), paths)
}

export function retrieveSession(world: World, id: string, form: FormHash): Wire {
  const { expand: paths } = checkParameters(z.strictObject({ expand }), form)
  const session = findSession(world, id)
  return expandWire(world.store, wireSession(world.store, session), paths)
}

export function retrieveLineItems(world: World, id: string): Wire {
  return wireLineItems(findSession(world, id))
}

const SessionList = z.strictObject({
  customer: text.optional(),
  payment_intent: text.optional(),
  status: z.enum(['open', 'complete', 'expired']).optional(),
  ...listParameters,
})

export function listSessions(world: World, form: FormHash): Wire {
  const { store } = world
  const params = checkParameters(SessionList, form)
  const { customer, payment_intent, status } = params
  if (customer !== undefined) findCustomer(world, customer, 'customer')
  if (payment_intent !== undefined && !store.intents.has(payment_intent)) {
    throw noSuch('payment_intent', payment_intent, 'payment_intent')
  }
  const sessions = [...store.sessions.values()].filter(
    (session) =>
      (customer === undefined || session.customer === customer) &&
      (payment_intent === undefined || session.payment_intent === payment_intent) &&
      (status === undefined || session.status === status),
  )
  const page = listPage(sessions, params, '/v1/checkout/sessions', (session) =>
    wireSession(store, session),
  )
  return expandWire(store, page, params.expand)
}

/** Only an open session can be expired; a buyer who was faster keeps the payment. */
export function expireSession(world: World, id: string, form: FormHash): Wire {
  const { expand: paths } = checkParameters(z.strictObject({ expand }), form)
  const session = findSession(world, id)
  if (session.status !== 'open') {
    const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`
    throw invalidRequest(message)
  }
  closeExpired(world, session)
  return expandWire(world.store, wireSession(world.store, session), paths)
}

/** Closes what the clock has overtaken. */
export function expireDueSessions(world: World): void {
  const now = epochSeconds(world)
  for (const session of world.store.sessions.values()) {
    if (session.status === 'open' && session.expires_at <= now) closeExpired(world, session)
  }
}

export function findSession(world: World, id: string): CheckoutSession {
  const session = world.store.sessions.get(id)
  if (session === undefined) throw noSuch('checkout.session', id)
  return session
}

function closeExpired(world: World, session: CheckoutSession): void {
  session.status = 'expired'
  session.url = null
  const intent = world.store.intents.get(session.payment_intent ?? '')
  if (intent !== undefined) intent.status = 'canceled'
  const setup = world.store.setups.get(session.setup_intent ?? '')
  if (setup !== undefined) setup.status = 'canceled'
  world.announce('checkout.session.expired', wireSession(world.store, session))
}

function lineItem(world: World, line: NewLine): LineItem {
  const { currency, unit_amount, product_data } = line.price_data
  return {
    id: newId(world, 'li'),
    object: 'item',
    description: product_data.name,
    note: product_data.description ?? null,
    quantity: line.quantity,
    currency,
    unit_amount,
    amount_total: unit_amount * line.quantity,
  }
}
