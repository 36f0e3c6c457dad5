/**
 * What we need from a payment provider, in our own words. Provider names and shapes die in
 * `payments/stripe*.ts`; everything else speaks this.
 */
import type { Temporal } from 'temporal-polyfill'
import type { Aftermath, ProviderRefund, RefundRequest } from './aftermath.ts'

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
  /**
   * Σ of the lines; compared with what the provider answers before the URL is shown to anybody.
   * 0 with `saveMethod` opens a page that saves a method and charges nothing.
   */
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

/** A charge of a method that was saved before, in one call and without a page. */
export interface ChargeRequest extends Omit<
  CheckoutRequest,
  'saveMethod' | 'locale' | 'successUrl' | 'cancelUrl'
> {
  readonly methodId: string
  /** True when nobody is there to answer the bank's questions. */
  readonly offSession: boolean
}

/** A page that saves a method for a customer, beside any order. */
export interface SetupRequest {
  /** Natural key: the same one answers the same page. */
  readonly setupId: string
  readonly productId: string
  readonly currency: string
  readonly providerCustomer: string
  readonly locale: string
  readonly successUrl: string
  readonly cancelUrl: string
  readonly expiresAt: Temporal.Instant
}

/** Why a charge of a saved method did not succeed, and what helps. */
export interface Decline {
  /**
   * `soft`: the same method may work later · `hard`: it never will, ask for another one ·
   * `authentication`: the bank wants to see its customer, on a payment page.
   */
  readonly kind: 'soft' | 'hard' | 'authentication'
  /** The provider's stable code, e.g. `insufficient_funds`. */
  readonly code: string
  /** A sentence for the customer. */
  readonly message: string
}

export interface SavedMethod {
  readonly id: string
  /** `card`, `sepa_debit`, `us_bank_account` … as the provider names it. */
  readonly kind: string
  readonly brand: string | null
  readonly last4: string | null
  /** Last month in which it works, `YYYY-MM`; null where it has none. */
  readonly expires: string | null
  /** True when the provider kept it for off-session charges. */
  readonly reusable: boolean
}

/** A method in a customer's list. */
export interface ListedMethod extends SavedMethod {
  readonly isDefault: boolean
  /** The same for one card or account however often it was saved; null where the provider has none. */
  readonly fingerprint: string | null
}

/**
 * The provider's own truth about one attempt to pay, always freshly read: a payment page, a page
 * that only saves a method (`setup`), or the charge of a saved method (`charge`).
 */
export interface CheckoutSession {
  readonly id: string
  readonly kind: 'page' | 'setup' | 'charge'
  readonly orderId: string | null
  /** Of a page that saves a method beside any order; null for all others. */
  readonly setupId: string | null
  readonly providerCustomer: string | null
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
  /** The latest failure of a `charge` as advice; null for pages and while nothing failed. */
  readonly decline: Decline | null
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
  /** A saved method that was changed or removed. */
  readonly methodId: string | null
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
  /**
   * Opens a page that saves a method and charges nothing. Safe to repeat with the same `setupId`.
   * Its session is `paid` once a method is saved. @throws as `openCheckout`
   */
  openSetup(request: SetupRequest): Promise<CheckoutSession>
  /**
   * Charges a saved method for an order. Safe to repeat with the same (order, attempt), however much
   * later: it goes on with what it finds.
   *
   * @returns a session of kind `charge`: `paid` · `processing` (a bank debit) · open with a `decline`
   *   when the bank said no. An open one is to be closed by `expireCheckout` before anything else is
   *   tried for the order; a next attempt takes the next number
   * @throws Refused `payment_method.not_found` when the method is not the customer's any more
   * @throws Refused `payment.refused` or `payment.unavailable` as `openCheckout`
   */
  chargeSaved(request: ChargeRequest): Promise<CheckoutSession>
  /** The customer's methods that can be charged later, newest first; none for an unknown customer. */
  listMethods(providerCustomer: string): Promise<readonly ListedMethod[]>
  /** Safe to repeat. @throws Refused `payment_method.not_found` when it is not that customer's */
  setDefaultMethod(providerCustomer: string, methodId: string): Promise<void>
  /** Removes a method for good; one that is gone already is fine. */
  detachMethod(methodId: string): Promise<void>
  /**
   * Gives money back, and a credit note where the payment has an invoice. Safe to repeat with the
   * same key: at most one refund comes of it.
   * @throws Refused `payment.refused` (more than is left, disputed) or `payment.unavailable`
   */
  refund(request: RefundRequest): Promise<ProviderRefund>
  /** Refunds, disputes and warnings of a payment. Empty for one that the provider does not know. */
  readAftermath(intentId: string): Promise<Aftermath>
  /** Of a page or a charge. @returns null when the provider does not know it. */
  readCheckout(sessionId: string): Promise<CheckoutSession | null>
  /** The page or charge behind a payment intent, for events that name only the intent. */
  findCheckoutByIntent(intentId: string): Promise<CheckoutSession | null>
  /** Pages and charges of that provider customer that carry our order id, newest first (P28). */
  findCheckoutsOfOrder(
    orderId: string,
    providerCustomer: string,
  ): Promise<readonly CheckoutSession[]>
  /**
   * Closes an open page, or gives up an open charge. Never throws when it is closed already: the
   * answer is the session as it is now, so the caller sees `complete` when the buyer was faster.
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
