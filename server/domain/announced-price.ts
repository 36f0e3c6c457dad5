/**
 * R18: nobody is charged more than they were told in time. A price that fell counts at once; one that
 * rose counts from the charge before which it was announced for 30 days, and waits a cycle otherwise.
 */
import { Temporal } from 'temporal-polyfill'
import type { Price } from './catalogue.ts'
import { unitPrice } from './tiers.ts'

/** What the customer was told, and when. */
export interface AnnouncedPrice {
  readonly price: Price
  /** Local date. */
  readonly on: Temporal.PlainDate
}

export interface PriceHistory {
  /** In the catalogue now; null when the plan is not sold so any more. */
  readonly current: Price | null
  /** Of the last paid period. */
  readonly paid: Price | null
  /** For this or an earlier charge, in any order. */
  readonly announced: readonly AnnouncedPrice[]
}

const NOTICE_DAYS = 30

/**
 * The price list that a charge is made by, compared at the units it is charged for: moving to
 * another volume tier is no rise.
 *
 * @param units     of the license in the next period, ≥ 1
 * @param chargeOn  local date of the charge
 * @returns         null when there is no price at all
 */
export function chargedPrice(
  { current, paid, announced }: PriceHistory,
  units: number,
  chargeOn: Temporal.PlainDate,
): Price | null {
  const inOrder = announced.toSorted((one, other) => Temporal.PlainDate.compare(one.on, other.on))
  const inTime = inOrder.filter(({ on }) => isInTime(on, chargeOn))
  const late = inOrder.slice(inTime.length)
  const known = inTime.at(-1)?.price ?? paid
  const ceilings = [known, ...late.map(({ price }) => price)].filter((price) => price !== null)
  // Without anything told before, today's price is all there is.
  return cheapest([...(current ? [current] : []), ...ceilings], units)
}

/** True when a price told on that date may be charged although it is higher. */
export function isInTime(toldOn: Temporal.PlainDate, chargeOn: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(toldOn.add({ days: NOTICE_DAYS }), chargeOn) <= 0
}

/** The first of equals, so that today's price list wins. */
function cheapest(prices: readonly Price[], units: number): Price | null {
  return prices.reduce<Price | null>(
    (best, price) =>
      best === null || unitPrice(price, units).unitAmount < unitPrice(best, units).unitAmount
        ? price
        : best,
    null,
  )
}
