/**
 * The order that is being paid, remembered for a reload of the page. Only its id, only for this
 * tab; where the browser forbids storage nothing is remembered and everything else works (W04).
 */

const key = (memory: string) => `license-center:${memory}:order`

/** What the functions below remember an order under; purchases go by the product's key alone. */
export function orderMemory(publishableKey: string, kind: 'purchase' | 'renewal'): string {
  return kind === 'purchase' ? publishableKey : `${publishableKey}:${kind}`
}

export function rememberOrder(memory: string, orderId: string): void {
  attempt(() => sessionStorage.setItem(key(memory), orderId))
}

export function recallOrder(memory: string): string | null {
  return attempt(() => sessionStorage.getItem(key(memory)))
}

export function forgetOrder(memory: string): void {
  attempt(() => sessionStorage.removeItem(key(memory)))
}

function attempt<T>(access: () => T): T | null {
  try {
    return access()
  } catch {
    return null
  }
}
