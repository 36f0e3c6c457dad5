/**
 * Expected refusals as data. `http/problems.ts` is the only place where a code meets HTTP.
 * Anything else that is thrown is a bug and becomes a 500.
 */
export type RefusalCode =
  | 'request.malformed'
  | 'request.invalid'
  | 'request.too_large'
  | 'request.timeout'
  | 'request.rate_limited'
  | 'route.not_found'
  | 'method.not_allowed'
  | 'origin.not_allowed'
  | 'token.missing'
  | 'token.invalid'
  | 'token.scope_missing'
  | 'product.not_found'
  | 'product_key.not_found'
  | 'product_key.taken'
  | 'product_key.last'
  | 'product_key.revoked'
  | 'catalogue.not_applied'
  | 'catalogue.keys_missing'
  | 'quote.not_found'
  | 'quote.expired'
  | 'quote.outdated'
  | 'notices.changed'
  | 'order.not_found'
  | 'order.completing'
  | 'order.not_cancelable'
  | 'order.transition_refused'
  | 'order.not_in_review'
  | 'order.not_paid'
  | 'refund.operator_only'
  | 'refund.not_possible'
  | 'license.not_found'
  | 'license.order_open'
  | 'license.not_renewable'
  | 'license.transition_refused'
  | 'license.not_valid'
  | 'license.limit_reached'
  | 'activation.not_found'
  | 'activation_code.not_found'
  | 'activation_code.expired'
  | 'license.key_changed'
  | 'activation.not_active'
  | 'activation.exists'
  | 'rebind.not_found'
  | 'rebind.decided'
  | 'rebind.waiting'
  | 'rebind.too_many'
  | 'activation.needed'
  | 'signing.not_configured'
  | 'renewals.not_possible'
  | 'renewals.mixed_currencies'
  | 'payment_method.required'
  | 'payment_method.not_found'
  | 'promo.not_applicable'
  | 'billing.no_payment_yet'
  | 'customer.no_order_yet'
  | 'idempotency.key_reused'
  | 'idempotency.in_progress'
  | 'payment.refused'
  | 'payment.unavailable'
  | 'webhook.signature_invalid'
  | 'webhook.not_configured'
  | 'release.not_found'
  | 'release.exists'
  | 'api_key.not_found'
  | 'api_key.taken'
  | 'webhook_endpoint.not_found'
  | 'webhook_delivery.not_found'
  | 'mail.not_found'
  | 'renew_link.not_found'
  | 'mail.not_failed'
  | 'database.unavailable'

/** One bad field: JSON Pointer (RFC 6901) into the request body, and a sentence for a person. */
export interface FieldError {
  readonly pointer: string
  readonly detail: string
  /** What it is about, where the request names several licenses. */
  readonly license_id?: string
  /** The order that is in the way. */
  readonly order_id?: string
}

export interface RefusalDetail {
  /** Fields at fault; only for `request.invalid` and its like. */
  readonly errors?: readonly FieldError[]
  /** Facts a client may act on, e.g. `{ order_id }` of `license.order_open`. Never secrets. */
  readonly facts?: Readonly<Record<string, string | number>>
  /** A sentence that replaces the default detail of the code. */
  readonly detail?: string
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number
}

/** An expected no. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: RefusalCode
  readonly detail: RefusalDetail

  constructor(code: RefusalCode, detail: RefusalDetail = {}) {
    super(code)
    this.code = code
    this.detail = detail
  }
}

/** The request is well-formed JSON but one field breaks a rule: 422 that names the field. */
export function invalidField(pointer: string, detail: string): Refused {
  return new Refused('request.invalid', { errors: [{ pointer, detail }] })
}
