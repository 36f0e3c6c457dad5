/** The payment port on Stripe: the official SDK over `fetch`, so it runs on Node and on Workers. */
import Stripe from 'stripe'
import type { Temporal } from 'temporal-polyfill'
import type { CheckoutSession, PaymentPort, ProviderEvent } from './port.ts'
import { chargeSaved, findChargesOfOrder, retrieveCharge, voidCharge } from './stripe-charge.ts'
import {
  expirePage,
  findByIntent,
  findPagesOfOrder,
  openCheckout,
  openSetup,
  retrievePage,
} from './stripe-checkout.ts'
import { askStripe, isKeyReused } from './stripe-errors.ts'
import { detachMethod, listMethods, setDefaultMethod } from './stripe-method.ts'
import { readAftermath, refund } from './stripe-refund.ts'
import { stripeLocale } from './stripe-request.ts'
import { epochSeconds } from './stripe-values.ts'
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

/** @throws Error when a key or secret is missing or malformed: the process must not start (P23) */
export function createStripePayments(options: StripeOptions): PaymentPort {
  const secrets = checkWebhookSecrets(options.webhookSecrets)
  const livemode = isLive(options.secretKey)
  const stripe = connect(options)
  return {
    livemode,
    ensureCustomer: (customer) => askStripe(() => createCustomer(stripe, customer)),
    openCheckout: (request) => askStripe(() => openCheckout(stripe, request)),
    openSetup: (request) => askStripe(() => openSetup(stripe, request)),
    chargeSaved: (request) => askStripe(() => chargeSaved(stripe, request)),
    listMethods: (customer) => askStripe(() => listMethods(stripe, customer)),
    setDefaultMethod: (customer, methodId) =>
      askStripe(() => setDefaultMethod(stripe, customer, methodId)),
    detachMethod: (methodId) => askStripe(() => detachMethod(stripe, methodId)),
    refund: (request) => askStripe(() => refund(stripe, request)),
    readAftermath: (intentId) => askStripe(() => readAftermath(stripe, intentId)),
    readCheckout: (id) =>
      askStripe(() => (isChargeId(id) ? retrieveCharge(stripe, id) : retrievePage(stripe, id))),
    findCheckoutByIntent: (intentId) => askStripe(() => findByIntent(stripe, intentId)),
    findCheckoutsOfOrder: (orderId, customer) =>
      askStripe(() => findOfOrder(stripe, orderId, customer)),
    expireCheckout: (id) =>
      askStripe(() => (isChargeId(id) ? voidCharge(stripe, id) : expirePage(stripe, id))),
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

/** The types that can change an order or a saved method; the list is newest first. */
const EVENT_TYPES = [
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.voided',
  'charge.refunded',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'radar.early_fraud_warning.created',
  'payment_method.detached',
  'payment_method.automatically_updated',
]

async function listEvents(
  stripe: Stripe,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<readonly ProviderEvent[]> {
  const created = { gte: epochSeconds(from), lt: epochSeconds(until) }
  const events: ProviderEvent[] = []
  for await (const event of stripe.events.list({ created, types: EVENT_TYPES, limit: 100 })) {
    const read = await readWebhook(JSON.stringify(event), until)
    // The invoice that a page leaves behind tells nothing that the page does not.
    if (!read.type.startsWith('invoice.') || read.sessionId !== null) events.unshift(read)
  }
  return events
}

async function findOfOrder(
  stripe: Stripe,
  orderId: string,
  customer: string,
): Promise<readonly CheckoutSession[]> {
  const [pages, charges] = await Promise.all([
    findPagesOfOrder(stripe, orderId, customer),
    findChargesOfOrder(stripe, orderId, customer),
  ])
  return [...pages, ...charges].toSorted(
    (one, other) => other.createdAt.epochMilliseconds - one.createdAt.epochMilliseconds,
  )
}

/** Pages are sessions at Stripe, charges are invoices. */
function isChargeId(id: string): boolean {
  return id.startsWith('in_')
}
