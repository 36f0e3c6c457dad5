/** From what is remembered to what goes over the wire. */
import type {
  Charge,
  CheckoutSession,
  Invoice,
  PaymentIntent,
  PaymentMethod,
  SetupIntent,
} from './objects.ts'
import type { CreditNote, Refund } from './objects-money-back.ts'
import type { Store } from './store.ts'

export type Wire = Record<string, unknown>

/** `lines`, `intent_data` and `has_invoice` stay inside; line items are shown when expanded. */
export function wireSession(store: Store, session: CheckoutSession): Wire {
  const { lines: _lines, intent_data: _data, has_invoice, ...shown } = session
  const customer = store.customers.get(session.customer ?? '')
  const isSetup = session.mode === 'setup'
  return {
    ...shown,
    ...(isSetup ? { amount_subtotal: null, amount_total: null, payment_intent: null } : {}),
    adaptive_pricing: { enabled: false },
    allow_promotion_codes: false,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    client_secret: null,
    custom_fields: [],
    customer_details:
      customer === undefined ? null : { email: customer.email, name: customer.name, address: null },
    invoice_creation: { enabled: has_invoice, invoice_data: { metadata: {} } },
    payment_link: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    recovered_from: null,
    shipping_options: [],
    subscription: null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
  }
}

export function wireLineItems(session: CheckoutSession): Wire {
  const url = `/v1/checkout/sessions/${session.id}/line_items`
  const data = session.lines.map(({ note: _note, unit_amount, ...line }) => ({
    ...line,
    amount_subtotal: line.amount_total,
    amount_discount: 0,
    amount_tax: 0,
    price: {
      id: line.id.replace('li_', 'price_'),
      object: 'price',
      currency: line.currency,
      unit_amount,
      type: 'one_time',
    },
  }))
  return { object: 'list', data, has_more: false, url }
}

export function wireIntent(intent: PaymentIntent): Wire {
  return {
    ...intent,
    amount_capturable: 0,
    canceled_at: null,
    capture_method: 'automatic_async',
    client_secret: `${intent.id}_secret_sandbox`,
    description: null,
    next_action:
      intent.status === 'requires_action'
        ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } }
        : null,
    processing: null,
    receipt_email: null,
  }
}

export function wireCharge(charge: Charge): Wire {
  return {
    ...charge,
    amount_captured: charge.status === 'succeeded' ? charge.amount : 0,
    captured: charge.status === 'succeeded',
    refunded: charge.status === 'succeeded' && charge.amount_refunded === charge.amount,
    billing_details: { address: null, email: null, name: null, phone: null },
  }
}

export function wireMethod({ details, ...method }: PaymentMethod): Wire {
  return { ...method, allow_redisplay: 'limited', billing_details: {}, [method.type]: details }
}

export function wireSetup(setup: SetupIntent): Wire {
  return { ...setup, client_secret: `${setup.id}_secret_sandbox`, next_action: null }
}

/** `items` and `intent` stay inside; payments are shown when expanded, as Stripe does. */
export function wireInvoice(store: Store, invoice: Invoice): Wire {
  const { items, intent: _intent, ...shown } = invoice
  const notes = [...store.creditNotes.values()].filter((note) => note.invoice === invoice.id)
  return {
    ...shown,
    amount_due: invoice.total,
    amount_remaining: invoice.total - invoice.amount_paid,
    billing_reason: 'manual',
    collection_method: 'charge_automatically',
    invoice_pdf: invoice.hosted_invoice_url === null ? null : `${invoice.hosted_invoice_url}/pdf`,
    lines: {
      object: 'list',
      data: items.map((item) => ({ ...item, object: 'line_item', currency: invoice.currency })),
      has_more: false,
      url: `/v1/invoices/${invoice.id}/lines`,
    },
    post_payment_credit_notes_amount: notes.reduce((sum, note) => sum + note.amount, 0),
  }
}

export function wireInvoicePayments(store: Store, invoice: Invoice): Wire {
  const data = invoice.intent === null ? [] : [wireInvoicePayment(store, invoice)]
  return { object: 'list', data, has_more: false, url: `/v1/invoice_payments` }
}

export function wireInvoicePayment(store: Store, invoice: Invoice): Wire {
  const status = { draft: 'open', open: 'open', paid: 'paid', void: 'canceled' }[invoice.status]
  return {
    id: invoice.id.replace('in_', 'inpay_'),
    object: 'invoice_payment',
    created: store.intents.get(invoice.intent ?? '')?.created ?? invoice.created,
    invoice: invoice.id,
    amount_paid: invoice.amount_paid,
    amount_requested: invoice.total,
    currency: invoice.currency,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: invoice.intent },
    status,
  }
}

export function wireRefund({ verdict: _verdict, dueAt: _dueAt, ...refund }: Refund): Wire {
  const { failure_reason, ...shown } = refund
  return { ...shown, ...(failure_reason === null ? {} : { failure_reason }) }
}

export function wireCreditNote(note: CreditNote): Wire {
  return { ...note, type: 'post_payment', pre_payment_amount: 0, post_payment_amount: note.amount }
}
