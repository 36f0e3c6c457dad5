/** Proof that one product is asked about by its backend, or by an operator (T02): the host API takes one everywhere. */
declare const proven: unique symbol

export interface HostScope {
  readonly [proven]: true
  readonly productId: string
  /** `host:` and the name of the API key, or `operator:…`, for the journal. */
  readonly actor: string
  /** Why, where an operator acts; null for a backend. */
  readonly reason: string | null
}

/** Only for code that has just verified an API key of this product. */
export function provenHost(productId: string, keyName: string): HostScope {
  return { productId, actor: `host:${keyName}`, reason: null } as HostScope
}

/** Only for the command line, which whoever holds the secrets of the center can run. */
export function operatorOf(
  productId: string,
  account: { readonly actor: string; readonly reason: string | null },
): HostScope {
  return { productId, ...account } as HostScope
}
