/** The real SDK and our port against the stand-in, on loopback ports, under a clock that can be moved. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { onTestFinished } from 'vitest'
import { startStripeStandIn, type StandInOptions } from '../../demo/stripe/stand-in.ts'
import type { CheckoutRequest } from '../../server/payments/port.ts'
import { createStripePayments } from '../../server/payments/stripe.ts'
import { createTestClock } from './clock.ts'

export const SECRET_KEY = 'sk_test_licensecenter'
export const WEBHOOK_SECRET = 'whsec_licensecenter'
export const GOOD_CARD = { card_number: '4242424242424242', exp: '12/34', cvc: '123' }

export interface ReceivedWebhook {
  readonly body: string
  readonly signature: string
  readonly id: string
  readonly type: string
}

/** A stand-in, a receiver of its webhooks, our port and the bare SDK; all are gone after the test. */
export async function startStripe(options: Partial<StandInOptions> & { timeoutMs?: number } = {}) {
  const clock = createTestClock('2026-03-01T10:00:00Z')
  const receiver = await startReceiver()
  const webhook = { url: receiver.url, secret: WEBHOOK_SECRET }
  const standIn = await startStripeStandIn({ port: 0, now: clock.now, webhook, ...options })
  onTestFinished(standIn.close)
  const payments = createStripePayments({
    secretKey: SECRET_KEY,
    webhookSecrets: [WEBHOOK_SECRET],
    apiBase: standIn.origin,
    now: clock.now,
    timeoutMs: options.timeoutMs ?? 5000,
  })
  return { clock, receiver, standIn, payments, stripe: bareSdk(standIn.origin) }
}

export type StripeWorld = Awaited<ReturnType<typeof startStripe>>

/** The SDK as anybody would use it, without retries of its own. */
export function bareSdk(origin: string): Stripe {
  const { hostname: host, port } = new URL(origin)
  return new Stripe(SECRET_KEY, { host, port, protocol: 'http', maxNetworkRetries: 0 })
}

/** An order of five DR licenses, $375.00, with the page open for 35 minutes. */
export async function anOrder(
  { payments, clock }: Pick<StripeWorld, 'payments' | 'clock'>,
  changes: Partial<CheckoutRequest> = {},
): Promise<CheckoutRequest> {
  const providerCustomer =
    changes.providerCustomer ??
    (await payments.ensureCustomer({
      productId: 'recover',
      customerId: 'cus_acme',
      email: 'buyer@acme.example',
      name: 'Acme',
      locale: 'en',
    }))
  return {
    orderId: 'ord_01h455vb4pex5vsknk084sn02q',
    attempt: 1,
    productId: 'recover',
    currency: 'USD',
    lines: [{ name: 'DR License', description: '1 month', quantity: 5, unitAmount: 7500 }],
    total: 37500,
    providerCustomer,
    saveMethod: false,
    locale: 'en',
    successUrl: 'http://localhost:8787/pay/return?session={CHECKOUT_SESSION_ID}',
    cancelUrl: 'http://localhost:8787/pay/return?canceled=1',
    expiresAt: clock.now().add({ minutes: 35 }),
    ...changes,
  }
}

/** Sends the payment page's form, as a browser without scripts would. */
export function submit(
  url: string | null,
  fields: Record<string, string> = GOOD_CARD,
): Promise<Response> {
  const body = new URLSearchParams({ action: 'pay', ...fields })
  return fetch(url ?? '', { method: 'POST', body, redirect: 'manual' })
}

/** Takes webhooks; gone after the test. */
export async function startReceiver() {
  const received: ReceivedWebhook[] = []
  /** What the next webhooks are answered with; 200 once it is empty. */
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push(readWebhook(Buffer.concat(chunks).toString('utf8'), request.headers))
    response.writeHead(answers.shift() ?? 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${portOf(server.address())}/webhooks/stripe`
  const types = () => received.map((webhook) => webhook.type)
  return { url, received, answers, types }
}

function readWebhook(body: string, headers: IncomingHttpHeaders): ReceivedWebhook {
  const { id, type } = JSON.parse(body)
  return { body, signature: String(headers['stripe-signature']), id, type }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('not a TCP server')
  return address.port
}
