/** Stripe's lists: newest first, cursors are ids. https://docs.stripe.com/api/pagination */
import { noSuch } from './errors.ts'
import type { Wire } from './wire.ts'

export interface Page {
  readonly limit: number
  readonly starting_after?: string | undefined
  readonly ending_before?: string | undefined
}

/** @param objects in the order in which they were created */
export function listPage<T extends { readonly id: string }>(
  objects: readonly T[],
  page: Page,
  url: string,
  wire: (object: T) => Wire,
): Wire {
  const newestFirst = objects.toReversed()
  const after = positionOf(newestFirst, page.starting_after, 'starting_after')
  const before = positionOf(newestFirst, page.ending_before, 'ending_before')
  const window = newestFirst.slice(after === null ? 0 : after + 1, before ?? undefined)
  const data = before === null ? window.slice(0, page.limit) : window.slice(-page.limit)
  return { object: 'list', url, has_more: window.length > data.length, data: data.map(wire) }
}

function positionOf(
  objects: readonly { readonly id: string }[],
  id: string | undefined,
  param: string,
): number | null {
  if (id === undefined) return null
  const position = objects.findIndex((object) => object.id === id)
  if (position === -1) throw noSuch('object', id, param)
  return position
}
