/** Proof that the backend of one product is asking (T02): every read and change of the host API takes one. */
declare const proven: unique symbol

export interface HostScope {
  readonly [proven]: true
  readonly productId: string
  /** Name of the API key, for the journal. */
  readonly keyName: string
}

/** Only for code that has just verified an API key of this product. */
export function provenHost(productId: string, keyName: string): HostScope {
  return { productId, keyName } as HostScope
}
