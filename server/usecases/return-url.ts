/** Where a customer may be sent back to: only pages of origins that the product registered (N06). */
import type { Deps } from '../deps.ts'
import type { Product } from '../domain/catalogue.ts'
import { invalidField } from '../domain/refusals.ts'

/**
 * @param url  absolute, http(s), as the host's page gave it; null = the console homepage (S20)
 * @throws Refused `request.invalid` naming `/return_url`
 */
export function checkReturnUrl(
  deps: Deps,
  product: Product,
  url: string | null | undefined,
): string {
  if (url === null || url === undefined) return product.home_url
  // Only a plain absolute address: what parsers read in different ways is not let in at all.
  const parsed = /^https?:\/\/[\w.:[\]-]+(?:[/?#][^\\\s]*)?$/i.test(url) ? URL.parse(url) : null
  const allowed = [...product.origins, new URL(product.home_url).origin, deps.config.centerOrigin]
  if (parsed === null || !allowed.includes(parsed.origin)) {
    throw invalidField(
      '/return_url',
      'It must be a page of an origin that this product registered.',
    )
  }
  return parsed.href
}
