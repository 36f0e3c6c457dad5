/** /v1/invoices: what charges a saved method, and what a paid page leaves behind. */
import { z } from 'zod'
import { refusalOfTotal } from './currencies.ts'
import { findCustomer } from './customers.ts'
import { invalidRequest, noSuch } from './errors.ts'
import { expandWire } from './expansion.ts'
import type { FormHash } from './form-decoding.ts'
import { newIntent } from './intents.ts'
import { listPage } from './lists.ts'
import type { CheckoutSession, Invoice, PaymentIntent } from './objects.ts'
import {
  boolean,
  checkParameters,
  expand,
  integer,
  listParameters,
  metadata,
  text,
} from './parameters.ts'
import { wireIntent, wireInvoice, type Wire } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

const LINES_MAX = 250

const NewInvoice = z.strictObject({
  customer: text,
  currency: z.string().regex(/^[a-z]{3}$/, 'Invalid currency'),
  collection_method: z.enum(['charge_automatically']).default('charge_automatically'),
  auto_advance: boolean.default(false),
  pending_invoice_items_behavior: z.enum(['exclude', 'include']).default('exclude'),
  description: text.optional(),
  metadata,
  expand,
})

export function createInvoice(world: World, form: FormHash): Wire {
  const params = checkParameters(NewInvoice, form)
  findCustomer(world, params.customer, 'customer')
  const invoice: Invoice = {
    id: newId(world, 'in'),
    object: 'invoice',
    created: epochSeconds(world),
    customer: params.customer,
    currency: params.currency,
    description: params.description ?? null,
    metadata: params.metadata,
    auto_advance: params.auto_advance,
    livemode: false,
    number: null,
    hosted_invoice_url: null,
    total: 0,
    amount_paid: 0,
    status: 'draft',
    items: [],
    intent: null,
  }
  world.store.invoices.set(invoice.id, invoice)
  world.announce('invoice.created', wireInvoice(world.store, invoice))
  return expandWire(world.store, wireInvoice(world.store, invoice), params.expand)
}

const NewLines = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        description: text.optional(),
        quantity: integer.pipe(z.number().min(1).max(999_999)).default(1),
        price_data: z.strictObject({
          currency: text,
          unit_amount: integer.pipe(z.number().min(0, 'Invalid non-negative integer')),
          product_data: z.strictObject({ name: text, description: text.optional() }),
        }),
      }),
    )
    .min(1)
    .max(LINES_MAX),
  expand,
})

export function addLines(world: World, id: string, form: FormHash): Wire {
  const params = checkParameters(NewLines, form)
  const invoice = findInvoice(world, id)
  requireStatus(invoice, 'draft', 'modified')
  for (const { description, quantity, price_data } of params.lines) {
    if (price_data.currency !== invoice.currency) {
      throw invalidRequest('The currency of a line must be that of its invoice.', 'lines')
    }
    const amount = price_data.unit_amount * quantity
    const name = description ?? price_data.product_data.name
    invoice.items.push({ id: newId(world, 'il'), description: name, quantity, amount })
    invoice.total += amount
  }
  return expandWire(world.store, wireInvoice(world.store, invoice), params.expand)
}

const Finalization = z.strictObject({ auto_advance: boolean.default(false), expand })

export function finalizeInvoice(world: World, id: string, form: FormHash): Wire {
  const params = checkParameters(Finalization, form)
  const invoice = findInvoice(world, id)
  requireStatus(invoice, 'draft', 'finalized')
  const { total: amount, currency, customer } = invoice
  const refusal = refusalOfTotal(amount, currency)
  if (refusal !== null) throw invalidRequest(refusal.message, undefined, refusal.code)
  giveNumber(world, invoice)
  invoice.status = 'open'
  // Stripe does not copy the invoice's metadata.
  const facts = { amount, currency, customer, metadata: {}, setup_future_usage: null }
  invoice.intent = newIntent(world, facts).id
  world.announce('invoice.finalized', wireInvoice(world.store, invoice))
  return expandWire(world.store, wireInvoice(world.store, invoice), params.expand)
}

export function voidInvoice(world: World, id: string, form: FormHash): Wire {
  const params = checkParameters(z.strictObject({ expand }), form)
  const invoice = findInvoice(world, id)
  requireStatus(invoice, 'open', 'voided')
  const intent = world.store.intents.get(invoice.intent ?? '')
  if (intent?.status === 'processing') {
    throw invalidRequest('You cannot void an invoice while its payment is processing.')
  }
  invoice.status = 'void'
  if (intent !== undefined) {
    intent.status = 'canceled'
    world.announce('payment_intent.canceled', wireIntent(intent))
  }
  world.announce('invoice.voided', wireInvoice(world.store, invoice))
  return expandWire(world.store, wireInvoice(world.store, invoice), params.expand)
}

/** Only a draft can be deleted. */
export function deleteInvoice(world: World, id: string): Wire {
  requireStatus(findInvoice(world, id), 'draft', 'deleted')
  world.store.invoices.delete(id)
  return { id, object: 'invoice', deleted: true }
}

export function retrieveInvoice(world: World, id: string, form: FormHash): Wire {
  const params = checkParameters(z.strictObject({ expand }), form)
  return expandWire(world.store, wireInvoice(world.store, findInvoice(world, id)), params.expand)
}

const InvoiceList = z.strictObject({ customer: text.optional(), ...listParameters })

export function listInvoices(world: World, form: FormHash): Wire {
  const params = checkParameters(InvoiceList, form)
  if (params.customer !== undefined) findCustomer(world, params.customer, 'customer')
  const invoices = [...world.store.invoices.values()].filter(
    ({ customer }) => params.customer === undefined || customer === params.customer,
  )
  const page = listPage(invoices, params, '/v1/invoices', (it) => wireInvoice(world.store, it))
  return expandWire(world.store, page, params.expand)
}

export function findInvoice(world: World, id: string, param = 'id'): Invoice {
  const invoice = world.store.invoices.get(id)
  if (invoice === undefined) throw noSuch('invoice', id, param)
  return invoice
}

/** The invoice is as its payment has become. */
export function settleInvoice(world: World, intent: PaymentIntent): void {
  const invoice = [...world.store.invoices.values()].find((it) => it.intent === intent.id)
  if (invoice === undefined) return
  if (intent.status !== 'succeeded') {
    return world.announce('invoice.payment_failed', wireInvoice(world.store, invoice))
  }
  invoice.status = 'paid'
  invoice.amount_paid = invoice.total
  world.announce('invoice.paid', wireInvoice(world.store, invoice))
  world.announce('invoice.payment_succeeded', wireInvoice(world.store, invoice))
}

/** What a page with `invoice_creation` leaves behind. */
export function issuePaidInvoice(world: World, session: CheckoutSession): void {
  const invoice: Invoice = {
    id: newId(world, 'in'),
    object: 'invoice',
    created: epochSeconds(world),
    customer: session.customer,
    currency: session.currency,
    description: null,
    metadata: session.metadata,
    auto_advance: false,
    livemode: false,
    number: null,
    hosted_invoice_url: null,
    total: session.amount_total,
    amount_paid: session.amount_total,
    status: 'paid',
    items: session.lines.map(({ id, description, quantity, amount_total: amount }) => {
      return { id: id.replace('li_', 'il_'), description, quantity, amount }
    }),
    intent: session.payment_intent,
  }
  giveNumber(world, invoice)
  world.store.invoices.set(invoice.id, invoice)
  session.invoice = invoice.id
  world.announce('invoice.paid', wireInvoice(world.store, invoice))
}

function giveNumber(world: World, invoice: Invoice): void {
  const numbered = [...world.store.invoices.values()].filter((it) => it.number !== null)
  invoice.number = `SANDBOX-${String(numbered.length + 1).padStart(4, '0')}`
  invoice.hosted_invoice_url = `${world.origin}/i/${invoice.id}`
}

function requireStatus(invoice: Invoice, status: Invoice['status'], what: string): void {
  if (invoice.status === status) return
  throw invalidRequest(
    `Only invoices with status ${status} can be ${what}. This one is ${invoice.status}.`,
  )
}
