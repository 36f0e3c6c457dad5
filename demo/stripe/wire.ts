/** From what is remembered to what goes over the wire. */
import type { Charge, CheckoutSession, Invoice, PaymentIntent, PaymentMethod } from './objects.ts'
import type { Store } from './store.ts'

export type Wire = Record<string, unknown>

/** `lines`, `intent_data` and `has_invoice` stay inside; line items are shown when expanded. */
export function wireSession(store: Store, session: CheckoutSession): Wire {
  const { lines: _lines, intent_data: _data, has_invoice, ...shown } = session
  const customer = store.customers.get(session.customer ?? '')
  return {
    ...shown,
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
    setup_intent: null,
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
    amount_refunded: 0,
    captured: charge.status === 'succeeded',
    disputed: false,
    refunded: false,
    billing_details: { address: null, email: null, name: null, phone: null },
  }
}

export function wireMethod({ details, ...method }: PaymentMethod): Wire {
  return { ...method, allow_redisplay: 'limited', billing_details: {}, [method.type]: details }
}

export function wireInvoice(invoice: Invoice): Wire {
  return {
    ...invoice,
    amount_due: invoice.total,
    amount_remaining: 0,
    invoice_pdf: `${invoice.hosted_invoice_url}/pdf`,
    collection_method: 'charge_automatically',
  }
}
