/** "We will charge X on Y" (R18): what the next automatic renewal of one license will cost. */
import type { Temporal } from 'temporal-polyfill'
import { chargedPrice, type AnnouncedPrice } from './announced-price.ts'
import type { Cycle, Price, Product } from './catalogue.ts'
import { priceExtension } from './extension.ts'
import { CYCLE_MONTHS, planOf, priceOf } from './plan.ts'

export interface AnnounceableLicense {
  readonly planId: string
  readonly cycle: Cycle
  /** Units of the next period. */
  readonly units: number
  readonly currency: string
}

export interface Announcement {
  readonly currency: string
  /** With tax. */
  readonly total: number
  /** The list price that is told today: from now on it is known. */
  readonly price: Price
  /** What the charge after the next one costs, where that is more; null otherwise. */
  readonly risesTo: number | null
}

export interface AnnouncementDay {
  /** Local dates. */
  readonly today: Temporal.PlainDate
  readonly chargeOn: Temporal.PlainDate
}

/**
 * @param paid       of the last paid period; null for a license that was granted
 * @param announced  for this or an earlier charge, before today
 * @returns          null when the plan is not sold so any more and nothing was told before
 */
export function announceCharge(
  product: Product,
  license: AnnounceableLicense,
  {
    paid,
    announced,
  }: { readonly paid: Price | null; readonly announced: readonly AnnouncedPrice[] },
  { today, chargeOn }: AnnouncementDay,
): Announcement | null {
  const plan = planOf(product, license.planId)
  if (plan === null) return null
  const { cycle, units, currency } = license
  const current = priceOf(plan, currency, cycle)
  const told = current === null ? announced : [...announced, { price: current, on: today }]
  const price = chargedPrice({ current, paid, announced: told }, units, chargeOn)
  if (price === null) return null
  const totalAt = (list: Price) =>
    priceExtension(
      { plan, price: list, quantity: units, months: CYCLE_MONTHS[cycle] },
      { currency, tax: product.tax ?? null },
    ).totals.total
  const total = totalAt(price)
  const later = current === null ? total : totalAt(current)
  return { currency, total, price: current ?? price, risesTo: later > total ? later : null }
}
