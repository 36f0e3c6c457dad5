/** The payment port on Stripe: the official SDK over `fetch`, so it runs on Node and on Workers. */
import Stripe from 'stripe'
import type { Temporal } from 'temporal-polyfill'
import type { CheckoutRequest, CheckoutSession, PaymentPort, ProviderEvent } from './port.ts'
import { askStripe, isKeyReused, isMissing, isRefused } from './stripe-errors.ts'
import { checkoutParams, stripeLocale } from './stripe-request.ts'
import { readSession, SESSION_EXPANSION } from './stripe-session.ts'
import { checkWebhookSecrets, readWebhook, verifyWebhook } from './stripe-webhook.ts'

export interface StripeOptions {
  /** `sk_test_…`, `sk_live_…` or a restricted `rk_…` key. */
  readonly secretKey: string
  /** The current signing secret, and the next one while it is being changed (P25). */
  readonly webhookSecrets: readonly string[]
  /** Origin of a stand-in, e.g. `http://localhost:12111`; Stripe itself when absent. */
  readonly apiBase?: string | undefined
  readonly now: () => Temporal.Instant
  /** For one attempt of one call; two more attempts follow. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 20_000
const MAX_NETWORK_RETRIES = 2
const EXPAND = [...SESSION_EXPANSION]
const EXPAND_LIST = EXPAND.map((path) => `data.${path}`)

/** @throws Error when a key or secret is missing or malformed: the process must not start (P23) */
export function createStripePayments(options: StripeOptions): PaymentPort {
  const secrets = checkWebhookSecrets(options.webhookSecrets)
  const livemode = isLive(options.secretKey)
  const stripe = connect(options)
  return {
    livemode,
    ensureCustomer: (customer) => askStripe(() => createCustomer(stripe, customer)),
    openCheckout: (request) => askStripe(() => openCheckout(stripe, request)),
    readCheckout: (sessionId) => askStripe(() => retrieve(stripe, sessionId)),
    findCheckoutByIntent: (intentId) => askStripe(() => findByIntent(stripe, intentId)),
    findCheckoutsOfOrder: (orderId, customer) =>
      askStripe(() => findOfOrder(stripe, orderId, customer)),
    expireCheckout: (sessionId) => askStripe(() => expire(stripe, sessionId)),
    openBillingPortal: (customer, returnUrl) =>
      askStripe(async () => {
        const params = { customer, return_url: returnUrl }
        return (await stripe.billingPortal.sessions.create(params)).url
      }),
    listEvents: (from, until) => askStripe(() => listEvents(stripe, from, until)),
    readEvent: async (rawBody, header) => {
      const now = options.now()
      await verifyWebhook(stripe.webhooks, { rawBody, header, secrets, now })
      return readWebhook(rawBody, now)
    },
  }
}

function isLive(secretKey: string): boolean {
  const mode = /^[sr]k_(test|live)_\w+$/.exec(secretKey)?.[1]
  if (mode === undefined) throw new Error('STRIPE_SECRET_KEY is not a secret key (sk_test_…).')
  return mode === 'live'
}

function connect({ secretKey, apiBase, timeoutMs = TIMEOUT_MS }: StripeOptions): Stripe {
  return new Stripe(secretKey, {
    httpClient: Stripe.createFetchHttpClient(),
    maxNetworkRetries: MAX_NETWORK_RETRIES,
    timeout: timeoutMs,
    telemetry: false,
    ...(apiBase === undefined ? {} : addressOf(new URL(apiBase))),
  })
}

function addressOf({ protocol, hostname, port }: URL) {
  const isSecure = protocol === 'https:'
  return {
    protocol: isSecure ? ('https' as const) : ('http' as const),
    host: hostname,
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
  }
}

type NewCustomer = Parameters<PaymentPort['ensureCustomer']>[0]

async function createCustomer(stripe: Stripe, customer: NewCustomer): Promise<string> {
  const { productId, customerId, email, name, locale } = customer
  const preferred = stripeLocale(locale)
  const params: Stripe.CustomerCreateParams = {
    email,
    ...(name === null ? {} : { name }),
    ...(preferred === 'auto' ? {} : { preferred_locales: [preferred] }),
    metadata: { product_id: productId, customer_id: customerId },
  }
  const idempotencyKey = `customer:${productId}:${customerId}`
  try {
    return (await stripe.customers.create(params, { idempotencyKey })).id
  } catch (error) {
    // The name or address changed after a first try whose answer was lost: that one is abandoned.
    if (!isKeyReused(error)) throw error
    const secondKey = `${idempotencyKey}:${email}:${name ?? ''}:${preferred}`
    return (await stripe.customers.create(params, { idempotencyKey: secondKey })).id
  }
}

async function openCheckout(stripe: Stripe, request: CheckoutRequest): Promise<CheckoutSession> {
  const idempotencyKey = `checkout:${request.orderId}:${request.attempt}`
  try {
    const session = await stripe.checkout.sessions.create(checkoutParams(request), {
      idempotencyKey,
    })
    // A replayed answer is as old as its first telling; the page may be paid by now.
    return (isReplayed(session) ? await retrieve(stripe, session.id) : null) ?? readSession(session)
  } catch (error) {
    if (!isKeyReused(error)) throw error
    const earlier = await findOfOrder(stripe, request.orderId, request.providerCustomer)
    const same = earlier.find((session) => session.attempt === request.attempt)
    if (same === undefined) throw error
    return same
  }
}

/** Stripe says so in a header; the SDK hands out a record or, over `fetch`, the Headers themselves. */
function isReplayed({ lastResponse }: Stripe.Response<unknown>): boolean {
  return new Headers(lastResponse.headers).get('idempotent-replayed') === 'true'
}

async function retrieve(stripe: Stripe, sessionId: string): Promise<CheckoutSession | null> {
  try {
    return readSession(await stripe.checkout.sessions.retrieve(sessionId, { expand: EXPAND }))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function findByIntent(stripe: Stripe, intentId: string): Promise<CheckoutSession | null> {
  const params = { payment_intent: intentId, limit: 1, expand: EXPAND_LIST }
  try {
    const [session] = (await stripe.checkout.sessions.list(params)).data
    return session === undefined ? null : readSession(session)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** The customer's sessions, newest first as Stripe lists them, that carry our order id (P28). */
async function findOfOrder(
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

/** The types that can change an order; the list is newest first. */
const EVENT_TYPES = [
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
]

async function listEvents(
  stripe: Stripe,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<readonly ProviderEvent[]> {
  const created = { gte: epochSeconds(from), lt: epochSeconds(until) }
  const events: ProviderEvent[] = []
  for await (const event of stripe.events.list({ created, types: EVENT_TYPES, limit: 100 })) {
    events.unshift(await readWebhook(JSON.stringify(event), until))
  }
  return events
}

function epochSeconds(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000)
}

async function expire(stripe: Stripe, sessionId: string): Promise<CheckoutSession> {
  try {
    return readSession(await stripe.checkout.sessions.expire(sessionId, { expand: EXPAND }))
  } catch (error) {
    if (!isRefused(error)) throw error
    const current = await retrieve(stripe, sessionId)
    if (current === null || current.state === 'open') throw error
    return current
  }
}
