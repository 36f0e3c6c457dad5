/**
 * What we need from a payment provider, in our own words. Provider names and shapes die in
 * `payments/stripe*.ts`; everything else speaks this.
 */
import type { Temporal } from 'temporal-polyfill'

/** One row on the payment page. `unitAmount × quantity` is what the provider adds up, in minor units of our money. */
export interface CheckoutLine {
  readonly name: string
  readonly description: string
  readonly quantity: number
  /** Minor units of the currency as *we* count them (JPY 0, USD 2, KWD 3 decimals). */
  readonly unitAmount: number
}

export interface CheckoutRequest {
  readonly orderId: string
  readonly attempt: number
  readonly productId: string
  readonly currency: string
  readonly lines: readonly CheckoutLine[]
  /** Σ of the lines; compared with what the provider answers before the URL is shown to anybody. */
  readonly total: number
  /** Provider's customer, from `ensureCustomer`; its e-mail is shown prefilled and locked. */
  readonly providerCustomer: string
  /** True when auto-renewal was chosen: only methods that can be saved are offered. */
  readonly saveMethod: boolean
  /** Two-letter or BCP 47 locale of the buyer. */
  readonly locale: string
  readonly successUrl: string
  readonly cancelUrl: string
  readonly expiresAt: Temporal.Instant
}

export interface SavedMethod {
  readonly id: string
  /** `card`, `sepa_debit`, `us_bank_account` … as the provider names it. */
  readonly kind: string
  readonly brand: string | null
  readonly last4: string | null
  /** True when the provider kept it for off-session charges. */
  readonly reusable: boolean
}

/** The provider's own truth about one payment page, always freshly read. */
export interface CheckoutSession {
  readonly id: string
  readonly orderId: string | null
  readonly attempt: number | null
  readonly state: 'open' | 'complete' | 'expired'
  /**
   * `unpaid`: nothing yet · `processing`: an asynchronous method is under way (or was handed in) ·
   * `paid`: settled · `failed`: an asynchronous method failed for good.
   */
  readonly payment: 'unpaid' | 'processing' | 'paid' | 'failed'
  /** Null once the page is closed. */
  readonly url: string | null
  readonly currency: string
  /** Minor units as we count them. */
  readonly amountTotal: number
  readonly expiresAt: Temporal.Instant
  readonly createdAt: Temporal.Instant
  readonly intentId: string | null
  /**
   * When the money was there: the charge's time for cards, the success time for asynchronous
   * methods (R7). Null until `paid`.
   */
  readonly paidAt: Temporal.Instant | null
  /** When the buyer completed the page (charge time also for asynchronous methods); null before. */
  readonly submittedAt: Temporal.Instant | null
  readonly failure: { readonly code: string; readonly message: string } | null
  readonly method: SavedMethod | null
  readonly livemode: boolean
}

/** A verified notification. Only ids are taken from it; facts are re-read through the port. */
export interface ProviderEvent {
  readonly id: string
  readonly type: string
  readonly livemode: boolean
  readonly createdAt: Temporal.Instant
  /** The account that it was sent for, when the provider names one. */
  readonly account: string | null
  readonly sessionId: string | null
  readonly intentId: string | null
  readonly orderId: string | null
}

export interface PaymentPort {
  /** True when this port talks to the provider's live mode; events of the other mode are not applied (P22). */
  readonly livemode: boolean
  /** One provider customer per (product, customer); safe to repeat. Returns the provider's id. */
  ensureCustomer(customer: {
    productId: string
    customerId: string
    email: string
    name: string | null
    locale: string
  }): Promise<string>
  /**
   * Opens a payment page. Safe to repeat with the same (order, attempt): the provider answers the
   * same session. @throws Refused `payment.refused` (the provider says no, e.g. minimum amount) or
   * `payment.unavailable` (unknown outcome: repeat it).
   */
  openCheckout(request: CheckoutRequest): Promise<CheckoutSession>
  /** @returns null when the provider does not know it. */
  readCheckout(sessionId: string): Promise<CheckoutSession | null>
  /** The session behind a payment intent, for events that name only the intent. */
  findCheckoutByIntent(intentId: string): Promise<CheckoutSession | null>
  /** Sessions of that provider customer that carry our order id, newest first (P28). */
  findCheckoutsOfOrder(
    orderId: string,
    providerCustomer: string,
  ): Promise<readonly CheckoutSession[]>
  /**
   * Closes an open page. Never throws when it is closed already: the answer is the session as it is
   * now, so the caller sees `complete` when the buyer was faster.
   */
  expireCheckout(sessionId: string): Promise<CheckoutSession>
  /** A page where the customer manages payment methods and invoices (S29). */
  openBillingPortal(providerCustomer: string, returnUrl: string): Promise<string>
  /**
   * What happened to payments in `[from, until)`, oldest first, whether or not its webhook arrived.
   * The provider remembers 30 days.
   */
  listEvents(from: Temporal.Instant, until: Temporal.Instant): Promise<readonly ProviderEvent[]>
  /**
   * Verifies and parses a webhook. `rawBody` is the body exactly as received.
   * @throws Refused `webhook.signature_invalid` or `webhook.not_configured`
   */
  readEvent(rawBody: string, signature: string | null): Promise<ProviderEvent>
}
