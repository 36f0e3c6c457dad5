/** POST /v1/invoices/:id/pay with a saved method, and GET /v1/invoice_payments. */
import { z } from 'zod'
import { newCharge } from './charges.ts'
import { invalidRequest, noSuch, StripeFault } from './errors.ts'
import { expandWire } from './expansion.ts'
import type { FormHash } from './form-decoding.ts'
import { chargeNow, errorOf, fail, requireAction } from './intents.ts'
import { findInvoice, settleInvoice } from './invoices.ts'
import { listPage } from './lists.ts'
import type { Invoice, PaymentIntent, PaymentMethod } from './objects.ts'
import { boolean, checkParameters, expand, listParameters, text } from './parameters.ts'
import { debit } from './payments.ts'
import { behaviourOf, DECLINES, type CardOutcome, type Decline } from './test-cards.ts'
import { wireInvoice, wireInvoicePayment, type Wire } from './wire.ts'
import type { World } from './world.ts'

const Payment = z.strictObject({
  payment_method: text.optional(),
  off_session: boolean.default(true),
  expand,
})

/** @throws StripeFault 402 when the bank says no, as Stripe does; the invoice stays open */
export function payInvoice(world: World, id: string, form: FormHash): Wire {
  const params = checkParameters(Payment, form)
  const invoice = findInvoice(world, id)
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid')
  const intent = world.store.intents.get(invoice.intent ?? '')
  if (invoice.status !== 'open' || intent === undefined) {
    throw invalidRequest(`This invoice can no longer be paid: its status is ${invoice.status}.`)
  }
  if (intent.status === 'processing') {
    throw invalidRequest('A payment of this invoice is already processing.')
  }
  const method = methodFor(world, invoice, params.payment_method)
  charge(world, intent, method, params.off_session)
  return expandWire(world.store, wireInvoice(world.store, invoice), params.expand)
}

function methodFor(world: World, invoice: Invoice, id: string | undefined): PaymentMethod {
  const customer = world.store.customers.get(invoice.customer ?? '')
  const methodId = id ?? customer?.invoice_settings.default_payment_method ?? ''
  const method = world.store.methods.get(methodId)
  if (method === undefined) throw noSuch('PaymentMethod', methodId, 'payment_method')
  if (method.customer === null || method.customer !== invoice.customer) {
    const message = `The customer does not have a payment method with the ID ${methodId}. The payment method must be attached to the customer.`
    throw invalidRequest(message, 'payment_method', 'resource_missing')
  }
  return method
}

function charge(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  isOffSession: boolean,
): void {
  if (method.type !== 'card') {
    return debit(world, intent, method, { session: null, outcome: world.switches.nextSettlement })
  }
  const outcome = outcomeOf(world, method, isOffSession)
  switch (outcome.kind) {
    case 'succeeds':
      chargeNow(world, intent, method)
      return settleInvoice(world, intent)
    case 'challenged':
      requireAction(world, intent, method)
      throw actionRequired()
    case 'declined':
      fail(world, intent, newCharge(world, intent, method, 'failed'), errorOf(outcome.decline))
      settleInvoice(world, intent)
      throw refusedBy(outcome.decline)
  }
}

function outcomeOf(world: World, method: PaymentMethod, isOffSession: boolean): CardOutcome {
  const { decline, declineOf } = world.switches
  if (decline !== null && (declineOf === null || declineOf === method.id)) {
    return decline === 'authentication_required'
      ? { kind: 'challenged' }
      : { kind: 'declined', decline: DECLINES[decline] }
  }
  const behaviour = behaviourOf(method.details['last4'])
  return isOffSession ? behaviour.offSession : behaviour.payment
}

/** Stripe keeps this answer for the idempotency key: the work was done. */
function refusedBy(decline: Decline): StripeFault {
  return new StripeFault(402, errorOf(decline), { isKept: true })
}

function actionRequired(): StripeFault {
  const message =
    'This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice.'
  const code = 'invoice_payment_intent_requires_action'
  return new StripeFault(402, { type: 'card_error', code, message }, { isKept: true })
}

const PaymentList = z.strictObject({
  invoice: text.optional(),
  payment: z.strictObject({ type: z.literal('payment_intent'), payment_intent: text }).optional(),
  status: z.enum(['open', 'paid', 'canceled']).optional(),
  ...listParameters,
})

export function listInvoicePayments(world: World, form: FormHash): Wire {
  const params = checkParameters(PaymentList, form)
  const invoices = [...world.store.invoices.values()].filter(
    ({ id, intent }) =>
      intent !== null &&
      (params.invoice === undefined || id === params.invoice) &&
      (params.payment === undefined || intent === params.payment.payment_intent),
  )
  const page = listPage(invoices, params, '/v1/invoice_payments', (invoice) =>
    wireInvoicePayment(world.store, invoice),
  )
  return expandWire(world.store, page, params.expand)
}
