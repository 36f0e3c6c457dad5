/** Stripe's objects as they go over the wire, with the fields that this stand-in knows. */
export type Metadata = Readonly<Record<string, string>>

export interface Customer {
  readonly id: string
  readonly object: 'customer'
  readonly created: number
  readonly email: string | null
  readonly name: string | null
  readonly preferred_locales: readonly string[]
  readonly metadata: Metadata
  readonly livemode: false
  /** `default_payment_method` among them. */
  invoice_settings: { default_payment_method: string | null }
}

export interface LineItem {
  readonly id: string
  readonly object: 'item'
  readonly description: string
  /** What Stripe shows below the name; on the wire it belongs to the product. */
  readonly note: string | null
  readonly quantity: number
  readonly currency: string
  readonly unit_amount: number
  readonly amount_total: number
}

export interface CheckoutSession {
  readonly id: string
  readonly object: 'checkout.session'
  readonly created: number
  readonly expires_at: number
  readonly currency: string
  readonly amount_subtotal: number
  readonly amount_total: number
  readonly client_reference_id: string | null
  readonly customer: string | null
  readonly customer_email: string | null
  readonly success_url: string
  readonly cancel_url: string | null
  readonly submit_type: string
  readonly locale: string | null
  readonly metadata: Metadata
  readonly livemode: false
  readonly mode: 'payment' | 'setup'
  status: 'open' | 'complete' | 'expired'
  payment_status: 'unpaid' | 'paid' | 'no_payment_required'
  payment_intent: string | null
  setup_intent: string | null
  invoice: string | null
  url: string | null
  /** Held here, shown on the wire only when expanded. */
  readonly lines: readonly LineItem[]
  readonly intent_data: {
    readonly metadata: Metadata
    readonly setup_future_usage: 'off_session' | 'on_session' | null
  }
  readonly has_invoice: boolean
}

export interface PaymentError {
  readonly type: 'card_error' | 'invalid_request_error'
  readonly code: string
  readonly decline_code?: string
  readonly advice_code?: string
  readonly message: string
}

export interface PaymentIntent {
  readonly id: string
  readonly object: 'payment_intent'
  readonly created: number
  readonly amount: number
  readonly currency: string
  readonly customer: string | null
  readonly metadata: Metadata
  readonly setup_future_usage: 'off_session' | 'on_session' | null
  readonly livemode: false
  amount_received: number
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled'
  latest_charge: string | null
  payment_method: string | null
  last_payment_error: PaymentError | null
}

/** A method that is saved without a payment. */
export interface SetupIntent {
  readonly id: string
  readonly object: 'setup_intent'
  readonly created: number
  readonly customer: string | null
  readonly metadata: Metadata
  readonly usage: 'off_session'
  readonly livemode: false
  status: 'requires_payment_method' | 'requires_action' | 'succeeded' | 'canceled'
  payment_method: string | null
  last_setup_error: PaymentError | null
}

export interface Charge {
  readonly id: string
  readonly object: 'charge'
  readonly created: number
  readonly amount: number
  readonly currency: string
  readonly customer: string | null
  readonly payment_intent: string
  readonly payment_method: string
  readonly payment_method_details: Readonly<Record<string, unknown>> & { readonly type: string }
  readonly metadata: Metadata
  readonly livemode: false
  status: 'pending' | 'succeeded' | 'failed'
  paid: boolean
  balance_transaction: string | null
  failure_code: string | null
  failure_message: string | null
  amount_refunded: number
  disputed: boolean
}

export interface BalanceTransaction {
  readonly id: string
  readonly object: 'balance_transaction'
  readonly created: number
  readonly amount: number
  readonly currency: string
  readonly source: string
  readonly type: 'charge'
}

export interface PaymentMethod {
  readonly id: string
  readonly object: 'payment_method'
  readonly created: number
  readonly type: string
  readonly details: Readonly<Record<string, string | number>>
  readonly livemode: false
  customer: string | null
}

export interface Invoice {
  readonly id: string
  readonly object: 'invoice'
  readonly created: number
  readonly customer: string | null
  readonly currency: string
  readonly description: string | null
  readonly metadata: Metadata
  readonly auto_advance: boolean
  readonly livemode: false
  /** Null while it is a draft. */
  number: string | null
  hosted_invoice_url: string | null
  total: number
  amount_paid: number
  status: 'draft' | 'open' | 'paid' | 'void'
  /** Held here, shown on the wire as a list. */
  readonly items: InvoiceItem[]
  /** Held here; on the wire it is behind `payments`. */
  intent: string | null
}

export interface InvoiceItem {
  readonly id: string
  readonly description: string
  readonly quantity: number
  readonly amount: number
}

export interface StripeEvent {
  readonly id: string
  readonly object: 'event'
  readonly api_version: string
  readonly created: number
  readonly livemode: boolean
  readonly type: string
  readonly pending_webhooks: number
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null }
  readonly data: { readonly object: Readonly<Record<string, unknown>> }
}

/** A bank debit that is on its way. */
export interface Settlement {
  readonly intent: string
  /** Of the form it was handed in with; null for a saved method. */
  readonly session: string | null
  /** Epoch milliseconds of the injected clock. */
  readonly dueAt: number
  readonly outcome: 'succeed' | 'fail'
}
