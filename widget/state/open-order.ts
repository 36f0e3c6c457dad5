/**
 * The order that is being paid, remembered for a reload of the page. Only its id, only for this
 * tab; where the browser forbids storage nothing is remembered and everything else works (W04).
 */

const key = (publishableKey: string) => `license-center:${publishableKey}:order`

export function rememberOrder(publishableKey: string, orderId: string): void {
  attempt(() => sessionStorage.setItem(key(publishableKey), orderId))
}

export function recallOrder(publishableKey: string): string | null {
  return attempt(() => sessionStorage.getItem(key(publishableKey)))
}

export function forgetOrder(publishableKey: string): void {
  attempt(() => sessionStorage.removeItem(key(publishableKey)))
}

function attempt<T>(access: () => T): T | null {
  try {
    return access()
  } catch {
    return null
  }
}
