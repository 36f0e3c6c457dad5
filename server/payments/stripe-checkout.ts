/** Pages at Stripe: open, read, find, close. */
import type Stripe from 'stripe'
import type { CheckoutRequest, CheckoutSession, SetupRequest } from './port.ts'
import { findChargeByIntent } from './stripe-charge.ts'
import { isKeyReused, isMissing, isRefused } from './stripe-errors.ts'
import { checkoutParams, setupParams } from './stripe-request.ts'
import { readSession, SESSION_EXPANSION } from './stripe-session.ts'

const EXPAND = [...SESSION_EXPANSION]
const EXPAND_LIST = EXPAND.map((path) => `data.${path}`)

export async function openCheckout(
  stripe: Stripe,
  request: CheckoutRequest,
): Promise<CheckoutSession> {
  const idempotencyKey = `checkout:${request.orderId}:${request.attempt}`
  try {
    const session = await stripe.checkout.sessions.create(checkoutParams(request), {
      idempotencyKey,
    })
    // A replayed answer is as old as its first telling; the page may be paid by now.
    return (
      (isReplayed(session) ? await retrievePage(stripe, session.id) : null) ?? readSession(session)
    )
  } catch (error) {
    if (!isKeyReused(error)) throw error
    const earlier = await findPagesOfOrder(stripe, request.orderId, request.providerCustomer)
    const same = earlier.find((session) => session.attempt === request.attempt)
    if (same === undefined) throw error
    return same
  }
}

/** The key is the page's own, so its parameters never change: a setup is stored before it is opened. */
export async function openSetup(stripe: Stripe, request: SetupRequest): Promise<CheckoutSession> {
  const session = await stripe.checkout.sessions.create(setupParams(request), {
    idempotencyKey: `setup:${request.setupId}`,
  })
  return (
    (isReplayed(session) ? await retrievePage(stripe, session.id) : null) ?? readSession(session)
  )
}

/** Stripe says so in a header; the SDK hands out a record or, over `fetch`, the Headers themselves. */
function isReplayed({ lastResponse }: Stripe.Response<unknown>): boolean {
  return new Headers(lastResponse.headers).get('idempotent-replayed') === 'true'
}

export async function retrievePage(
  stripe: Stripe,
  sessionId: string,
): Promise<CheckoutSession | null> {
  try {
    return readSession(await stripe.checkout.sessions.retrieve(sessionId, { expand: EXPAND }))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

export async function findByIntent(
  stripe: Stripe,
  intentId: string,
): Promise<CheckoutSession | null> {
  const params = { payment_intent: intentId, limit: 1, expand: EXPAND_LIST }
  try {
    const [session] = (await stripe.checkout.sessions.list(params)).data
    if (session !== undefined) return readSession(session)
    return await findChargeByIntent(stripe, intentId)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** The customer's sessions, newest first as Stripe lists them, that carry our order id (P28). */
export async function findPagesOfOrder(
  stripe: Stripe,
  orderId: string,
  customer: string,
): Promise<readonly CheckoutSession[]> {
  const found: CheckoutSession[] = []
  const params = { customer, limit: 100, expand: EXPAND_LIST }
  try {
    for await (const session of stripe.checkout.sessions.list(params)) {
      if (session.client_reference_id === orderId) found.push(readSession(session))
    }
  } catch (error) {
    // A customer that Stripe does not know has no sessions.
    if (!isMissing(error)) throw error
  }
  return found
}

export async function expirePage(stripe: Stripe, sessionId: string): Promise<CheckoutSession> {
  try {
    return readSession(await stripe.checkout.sessions.expire(sessionId, { expand: EXPAND }))
  } catch (error) {
    if (!isRefused(error)) throw error
    const current = await retrievePage(stripe, sessionId)
    if (current === null || current.state === 'open') throw error
    return current
  }
}
