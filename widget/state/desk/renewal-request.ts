/** What is ordered on the Renew page, as the request that prices it, and what is refused of it. */
import type { ExtensionLine, Quote, QuoteRequest } from '../../../server/contract/quotes.ts'
import { groupBy } from '../../../server/domain/group-by.ts'
import type { ApiProblem } from '../../api/problem.ts'
import type { RenewalDay } from '../../api/renewal-client.ts'

export type Duration = { readonly cycles: number } | { readonly months: number }

/** What happens to the licenses: they become longer, larger, or another plan. */
export type Extension =
  | { readonly kind: 'renewal'; readonly ids: readonly string[] }
  | { readonly kind: 'add_units'; readonly ids: readonly [string]; readonly quantity: number }
  | { readonly kind: 'upgrade'; readonly ids: readonly [string]; readonly plan: string }

export interface Terms {
  readonly duration: Duration
  /** On to the standard renewal day (S39). */
  readonly isAligned: boolean
  /** Another day than the standard one, which is only asked about; null: the standard one. */
  readonly day: RenewalDay | null
  /** Units from the next period on, where they are fewer than today; by license. */
  readonly quantities: ReadonlyMap<string, number>
  readonly promoCode: string | null
}

/** A license that cannot be renewed, and why, in a sentence. */
export interface Refusal {
  readonly id: string
  readonly reason: string
  /** The order that is open on it, where that is why. */
  readonly orderId: string | null
}

/** Licenses that one order can hold: it has one currency. */
export interface CurrencyPart {
  readonly currency: string
  readonly ids: readonly string[]
}

export const FIRST_TERMS: Terms = {
  duration: { cycles: 1 },
  isAligned: false,
  day: null,
  quantities: new Map(),
  promoCode: null,
}

export function toExtensionRequest(extension: Extension, terms: Terms): QuoteRequest {
  const promo = terms.promoCode === null ? {} : { promo_code: terms.promoCode }
  const [license_id = ''] = extension.ids
  switch (extension.kind) {
    case 'add_units':
      return { add_units: [{ license_id, quantity: extension.quantity }], ...promo }
    case 'upgrade':
      return { upgrades: [{ license_id, plan: extension.plan }], ...promo }
    case 'renewal':
      return {
        renewals: extension.ids.map((id) => ({ license_id: id, ...fewerUnits(id, terms) })),
        duration: terms.duration,
        align: terms.isAligned && (terms.day ?? true),
        ...promo,
      }
  }
}

export function linesOf({ lines }: Quote): readonly ExtensionLine[] {
  return lines.filter((line): line is ExtensionLine => line.kind !== 'purchase')
}

/** Null where the problem is not about single licenses. */
export function refusalsOf(problem: ApiProblem, ids: readonly string[]): readonly Refusal[] | null {
  const { code, detail, errors, facts } = problem
  const orderId = typeof facts['order_id'] === 'string' ? facts['order_id'] : null
  if (code === 'renewals.not_possible') {
    return errors.flatMap((error) => {
      const id = ids[indexOf(error.pointer)]
      return id === undefined ? [] : [{ id, reason: error.detail, orderId: error.order_id ?? null }]
    })
  }
  const isSingle = code === 'license.order_open' || code === 'license.not_renewable'
  const [id] = ids
  if (!isSingle || id === undefined || ids.length > 1) return null
  return [{ id, reason: detail ?? code, orderId }]
}

/** The split that makes each order of one currency; null where currencies are not the problem. */
export function partsOf(
  { code, errors }: ApiProblem,
  ids: readonly string[],
): readonly CurrencyPart[] | null {
  if (code !== 'renewals.mixed_currencies') return null
  const named = errors.flatMap(({ pointer, detail }) => {
    const id = ids[indexOf(pointer)]
    const [currency] = /\b[A-Z]{3}\b/.exec(detail) ?? []
    return id === undefined || currency === undefined ? [] : [{ id, currency }]
  })
  return [...groupBy(named, ({ currency }) => currency)].map(([currency, group]) => ({
    currency,
    ids: group.map(({ id }) => id),
  }))
}

/** `/renewals/3/license_id` → 3 */
function indexOf(pointer: string): number {
  return Number(/^\/\w+\/(\d+)/.exec(pointer)?.[1] ?? -1)
}

function fewerUnits(id: string, { quantities }: Terms): { readonly quantity?: number } {
  const quantity = quantities.get(id)
  return quantity === undefined ? {} : { quantity }
}
