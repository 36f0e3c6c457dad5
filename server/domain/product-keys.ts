/** The keys of a product inside a catalogue: publishable ones for pages, host keys for backends. */
import type { CatalogueDocument, Product } from './catalogue.ts'
import { Refused } from './refusals.ts'

export type HostKey = Product['host_keys'][number]

/** A key by what names it: the publishable key itself, or the `kid` of a host key. */
export interface NamedKey {
  readonly product: string
  readonly key: string
}

/** @throws Refused `product.not_found` */
export function productNamed(document: CatalogueDocument, id: string): Product {
  const product = document.products.find((candidate) => candidate.id === id)
  if (product !== undefined) return product
  const known = document.products.map((candidate) => candidate.id).join(', ')
  throw new Refused('product.not_found', { detail: `There is no product "${id}": ${known}.` })
}

/** @throws Refused `product_key.taken` when the product has that key */
export function withPublishableKey(
  document: CatalogueDocument,
  { product, key }: NamedKey,
): CatalogueDocument {
  return changed(document, product, (found) => {
    if (found.publishable_keys.includes(key)) {
      throw new Refused('product_key.taken', { detail: `There is a key "${key}" already.` })
    }
    return { ...found, publishable_keys: [...found.publishable_keys, key] }
  })
}

/** @throws Refused `product_key.taken` when the product has a host key of that `kid` */
export function withHostKey(
  document: CatalogueDocument,
  product: string,
  key: HostKey,
): CatalogueDocument {
  return changed(document, product, (found) => {
    if (found.host_keys.some(({ kid }) => kid === key.kid)) {
      throw new Refused('product_key.taken', {
        detail: `There is a host key "${key.kid}" already.`,
      })
    }
    return { ...found, host_keys: [...found.host_keys, key] }
  })
}

/**
 * @throws Refused `product_key.not_found`, or `product_key.last` for the only publishable key: no
 *   page could reach the product any more
 */
export function withoutKey(
  document: CatalogueDocument,
  { product, key }: NamedKey,
): CatalogueDocument {
  return changed(document, product, (found) => {
    if (!keysOf(found).includes(key)) {
      throw new Refused('product_key.not_found', {
        detail: `Product "${product}" has no key "${key}": ${keysOf(found).join(', ')}.`,
      })
    }
    const publishable_keys = found.publishable_keys.filter((other) => other !== key)
    if (publishable_keys.length === 0) throw new Refused('product_key.last')
    const host_keys = found.host_keys.filter(({ kid }) => kid !== key)
    return { ...found, publishable_keys, host_keys }
  })
}

/** Publishable keys, then the `kid`s of host keys. */
export function keysOf({ publishable_keys, host_keys }: Product): readonly string[] {
  return [...publishable_keys, ...host_keys.map(({ kid }) => kid)]
}

/** Keys that work now and would not under the next document; a product that goes takes all of its. */
export function lostKeys(current: CatalogueDocument, next: CatalogueDocument): readonly NamedKey[] {
  return current.products.flatMap((product) => {
    const successor = next.products.find(({ id }) => id === product.id)
    const kept = new Set(successor === undefined ? [] : keysOf(successor))
    return keysOf(product)
      .filter((key) => !kept.has(key))
      .map((key) => ({ product: product.id, key }))
  })
}

/** The document's keys that were revoked before. */
export function revivedKeys(
  document: CatalogueDocument,
  revoked: readonly NamedKey[],
): readonly NamedKey[] {
  return revoked.filter(({ product, key }) =>
    document.products.some((found) => found.id === product && keysOf(found).includes(key)),
  )
}

function changed(
  document: CatalogueDocument,
  productId: string,
  change: (product: Product) => Product,
): CatalogueDocument {
  const product = productNamed(document, productId)
  const next = change(product)
  return { products: document.products.map((other) => (other === product ? next : other)) }
}
