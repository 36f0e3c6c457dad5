/**
 * Proof of who is asking. Every query for a customer's rows takes one, so an authorisation that was
 * never checked does not compile (T02).
 */
declare const proven: unique symbol

export interface CustomerScope {
  readonly [proven]: true
  readonly productId: string
  /** The host's customer id, as its token names it. */
  readonly subject: string
  /** The licenses that a private link is for; null for all of the customer. */
  readonly onlyLicenses: readonly string[] | null
}

/** Only for code that has just verified a credential of this customer. */
export function provenCustomer(
  productId: string,
  subject: string,
  onlyLicenses: readonly string[] | null = null,
): CustomerScope {
  return { productId, subject, onlyLicenses } as CustomerScope
}
