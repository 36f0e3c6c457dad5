/**
 * Charges of saved methods: one Stripe invoice per attempt, so that the billing portal shows it.
 * Stripe's own retries never run beside ours: `auto_advance` is off, and an attempt that is replaced
 * is voided.
 */
import Stripe from 'stripe'
import { Refused } from '../domain/refusals.ts'
import type { ChargeRequest, CheckoutSession } from './port.ts'
import { toStripeAmount } from './stripe-amounts.ts'
import { isMissing, isRefused } from './stripe-errors.ts'
import { CHARGE_PURPOSE, chargeOf, INTENT_EXPANSION, isCharge } from './stripe-invoice.ts'
import { attemptOf, epochSeconds, idOf } from './stripe-values.ts'

const EXPAND = ['payments']

/** Goes on with what an earlier call left, also when Stripe has forgotten its idempotency key (24 h). */
export async function chargeSaved(
  stripe: Stripe,
  request: ChargeRequest,
): Promise<CheckoutSession> {
  const { orderId, attempt, providerCustomer } = request
  const earlier = await invoicesOf(stripe, orderId, providerCustomer)
  const begun = earlier.find((invoice) => attemptOf(invoice.metadata) === attempt)
  const draft = begun ?? (await createDraft(stripe, request))
  const open = draft.status === 'draft' ? await completeDraft(stripe, draft, request) : draft
  if (open.status === 'open') await compare(stripe, open, request)
  // Paid, failed or under way: an attempt is one try.
  const isTried = begun !== undefined && (await readCharge(stripe, open)).failure !== null
  if (open.status === 'open' && !isTried) await pay(stripe, open.id, request)
  return readCharge(stripe, await stripe.invoices.retrieve(open.id, { expand: EXPAND }))
}

/** @returns null for what is no charge of ours, or unknown */
export async function retrieveCharge(
  stripe: Stripe,
  invoiceId: string,
): Promise<CheckoutSession | null> {
  try {
    const invoice = await stripe.invoices.retrieve(invoiceId, { expand: EXPAND })
    return isCharge(invoice) ? await readCharge(stripe, invoice) : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

export async function findChargeByIntent(
  stripe: Stripe,
  intentId: string,
): Promise<CheckoutSession | null> {
  const invoiceId = await invoiceOfIntent(stripe, intentId)
  return invoiceId === null ? null : retrieveCharge(stripe, invoiceId)
}

/** The invoice that this payment paid, of a charge or of a page. */
export async function invoiceOfIntent(stripe: Stripe, intentId: string): Promise<string | null> {
  const payment = { type: 'payment_intent' as const, payment_intent: intentId }
  const [found] = (await stripe.invoicePayments.list({ payment, limit: 1 })).data
  return idOf(found?.invoice as string | { id: string } | undefined)
}

/** The customer's charges that carry our order id, newest first. */
export async function findChargesOfOrder(
  stripe: Stripe,
  orderId: string,
  customer: string,
): Promise<readonly CheckoutSession[]> {
  const invoices = await invoicesOf(stripe, orderId, customer)
  return Promise.all(invoices.map((invoice) => readCharge(stripe, invoice)))
}

/** Gives an open charge up. Never throws when it is over: the answer is the charge as it is now. */
export async function voidCharge(stripe: Stripe, invoiceId: string): Promise<CheckoutSession> {
  const invoice = await stripe.invoices.retrieve(invoiceId, { expand: EXPAND })
  if (invoice.status === 'draft') {
    await stripe.invoices.del(invoiceId)
    return { ...(await readCharge(stripe, invoice)), state: 'expired' }
  }
  try {
    return await readCharge(
      stripe,
      await stripe.invoices.voidInvoice(invoiceId, { expand: EXPAND }),
    )
  } catch (error) {
    if (!isRefused(error)) throw error
    const current = await retrieveCharge(stripe, invoiceId)
    if (current === null || (current.state === 'open' && current.payment === 'unpaid')) throw error
    return current
  }
}

async function invoicesOf(
  stripe: Stripe,
  orderId: string,
  customer: string,
): Promise<Stripe.Invoice[]> {
  const found: Stripe.Invoice[] = []
  try {
    const params = { customer, limit: 100, expand: EXPAND.map((path) => `data.${path}`) }
    for await (const invoice of stripe.invoices.list(params)) {
      if (isCharge(invoice) && invoice.metadata?.['order_id'] === orderId) found.push(invoice)
    }
  } catch (error) {
    // A customer that Stripe does not know has no invoices.
    if (!isMissing(error)) throw error
  }
  return found
}

function createDraft(stripe: Stripe, request: ChargeRequest): Promise<Stripe.Invoice> {
  return stripe.invoices.create(
    {
      customer: request.providerCustomer,
      currency: request.currency.toLowerCase(),
      collection_method: 'charge_automatically',
      auto_advance: false,
      pending_invoice_items_behavior: 'exclude',
      metadata: {
        purpose: CHARGE_PURPOSE,
        order_id: request.orderId,
        product_id: request.productId,
        attempt: String(request.attempt),
        expires_at: String(epochSeconds(request.expiresAt)),
      },
    },
    keyed(request, 'create'),
  )
}

async function completeDraft(
  stripe: Stripe,
  draft: Stripe.Invoice,
  request: ChargeRequest,
): Promise<Stripe.Invoice> {
  if (draft.lines.data.length === 0) {
    await stripe.invoices.addLines(
      draft.id,
      { lines: request.lines.map((line) => invoiceLine(line, request.currency)) },
      keyed(request, 'lines'),
    )
  }
  const params = { auto_advance: false, expand: EXPAND }
  return stripe.invoices.finalizeInvoice(draft.id, params, keyed(request, 'finalize'))
}

function invoiceLine(
  line: ChargeRequest['lines'][number],
  currency: string,
): Stripe.InvoiceAddLinesParams.Line {
  const name = line.description === '' ? line.name : `${line.name}, ${line.description}`
  return {
    description: name,
    quantity: line.quantity,
    price_data: {
      currency: currency.toLowerCase(),
      unit_amount: toStripeAmount(line.unitAmount, currency),
      product_data: { name: line.name },
    },
  }
}

/** Shown = charged: an invoice over anything else is given up before it is paid (P14). */
async function compare(
  stripe: Stripe,
  invoice: Stripe.Invoice,
  { orderId, total, currency }: ChargeRequest,
): Promise<void> {
  if (
    invoice.total === toStripeAmount(total, currency) &&
    invoice.currency === currency.toLowerCase()
  ) {
    return
  }
  await stripe.invoices.voidInvoice(invoice.id)
  throw new Error(
    `charge ${invoice.id} is over ${invoice.total} ${invoice.currency}, order ${orderId} is ${total} ${currency}`,
  )
}

/** A no of the bank is no failure of the call: what became of it is read afterwards. */
async function pay(stripe: Stripe, invoiceId: string, request: ChargeRequest): Promise<void> {
  const params = { payment_method: request.methodId, off_session: request.offSession }
  try {
    await stripe.invoices.pay(invoiceId, params, keyed(request, 'pay'))
  } catch (error) {
    if (isMissing(error)) {
      await voidCharge(stripe, invoiceId)
      throw new Refused('payment_method.not_found')
    }
    if (error instanceof Stripe.errors.StripeCardError) return
    // Paid or under way already, by a call whose answer was lost.
    const current = isRefused(error) ? await retrieveCharge(stripe, invoiceId) : null
    if (current === null || current.payment === 'unpaid') throw error
  }
}

function keyed({ orderId, attempt }: ChargeRequest, step: string) {
  return { idempotencyKey: `charge:${orderId}:${attempt}:${step}` }
}

async function readCharge(stripe: Stripe, invoice: Stripe.Invoice): Promise<CheckoutSession> {
  const intentId = idOf(invoice.payments?.data[0]?.payment.payment_intent)
  const intent =
    intentId === null
      ? null
      : await stripe.paymentIntents.retrieve(intentId, { expand: [...INTENT_EXPANSION] })
  return chargeOf(invoice, intent)
}
