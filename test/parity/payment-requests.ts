/** What the provider tells of payments, and what brings buyers back from them. */
import { signatureHeader } from '../../demo/stripe/webhook-sender.ts'
import type { Order } from '../../server/contract/orders.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import { pay } from '../support/payment-page.ts'
import { bareSdk } from '../support/stripe.ts'
import type { Runtime } from './runtimes.ts'

export async function paid(runtime: Runtime): Promise<Order> {
  const order = await runtime.as('recover', 'counted').buy(DR_MONTHLY)
  await pay(order)
  return order
}

export async function returnOfPayment(runtime: Runtime) {
  const { id } = await paid(runtime)
  return () => fetch(`${runtime.system.origin}/pay/return?order=${id}`)
}

/** Made in the dashboard of the provider, of an order that is fulfilled. */
export async function refundWebhook(runtime: Runtime) {
  const { id: order, session, told } = await paidSession(runtime)
  await told()
  const stripe = bareSdk(runtime.system.stripe.origin)
  const { payment_intent } = await stripe.checkout.sessions.retrieve(session)
  const intent = String(payment_intent)
  await stripe.refunds.create({ payment_intent: intent, amount: 100 })
  const object = { object: 'charge', id: 'ch_1', payment_intent: intent }
  return () => fetchWebhook(runtime, `evt_refund_of_${order}`, 'charge.refunded', object)
}

export async function webhook(runtime: Runtime) {
  return (await paidSession(runtime)).told
}

/** `told`: as the provider sends it, signed now, about the session of an order that has been paid. */
async function paidSession(runtime: Runtime) {
  const order = await paid(runtime)
  const [session = ''] = /cs_test_\w+/.exec(order.payment_url ?? '') ?? []
  const object = { object: 'checkout.session', id: session, client_reference_id: order.id }
  const told = () =>
    fetchWebhook(runtime, `evt_of_${order.id}`, 'checkout.session.completed', object)
  return { id: order.id, session, told }
}

function fetchWebhook({ system }: Runtime, id: string, type: string, object: object) {
  const body = JSON.stringify({ id, type, livemode: false, data: { object } })
  const sentAt = Math.floor(system.clock.now().epochMilliseconds / 1000)
  const signature = signatureHeader(body, system.webhookSecret, sentAt)
  const headers = { 'Stripe-Signature': signature }
  return fetch(`${system.origin}/webhooks/stripe`, { method: 'POST', body, headers })
}
