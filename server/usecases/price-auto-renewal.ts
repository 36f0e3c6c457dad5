/** What the next automatic renewal of licenses costs: one plain cycle each, at the price of R18. */
import type { Temporal } from 'temporal-polyfill'
import type { DueLicense, PaidPeriod } from '../db/queries/due-charges.ts'
import { chargedPrice } from '../domain/announced-price.ts'
import { localDate } from '../domain/calendar.ts'
import type { Plan, Price, Product } from '../domain/catalogue.ts'
import { periodMonths, planOf, priceOf, renewsNoMore } from '../domain/plan.ts'
import type { PricedQuote } from '../domain/quote.ts'
import {
  currencyOf,
  renewalObstacle,
  unitsNext,
  type NotRenewableReason,
  type RenewableLicense,
} from '../domain/renewal-eligibility.ts'
import { renewalPeriod } from '../domain/renewal-period.ts'
import { priceRenewals } from '../domain/renewal-pricing.ts'
import type { CheckedRenewal } from '../domain/renewal-selection.ts'

/** Why a charge cannot be made: it waits until that is over, or it never will be. */
export type ChargeObstacle =
  | { readonly kind: 'waits'; readonly reason: NotRenewableReason }
  | { readonly kind: 'ends'; readonly reason: NotRenewableReason | 'no_price' }

/** The plan ended, not the license: its customer has to choose another one (R4). */
export function isPlanOver(obstacle: ChargeObstacle): boolean {
  return obstacle.reason === 'retired' || obstacle.reason === 'no_price'
}

const WAITS: readonly NotRenewableReason[] = ['under_review', 'order_open', 'suspended']

/** What the price of a charge depends on. */
export type ChargeFacts = Pick<DueLicense, 'license' | 'openOrderId' | 'paid' | 'announced'>

/** A license that can be charged at that time, or what keeps it from being. */
export function checkAutoRenewal(
  due: ChargeFacts,
  product: Product,
  at: Temporal.Instant,
): CheckedRenewal | ChargeObstacle {
  const license = renewable(due)
  const plan = planOf(product, license.planId)
  if (plan === null) return { kind: 'ends', reason: 'retired' }
  const reason = obstacle(license, plan, product, at)
  if (reason !== null) return { kind: WAITS.includes(reason) ? 'waits' : 'ends', reason }
  const price = priceAt(due, plan, product, at)
  if (price === null) return { kind: 'ends', reason: 'no_price' }
  const { cycle } = license
  const months = periodMonths(plan, cycle)
  const period = renewalPeriod(license, plan, { months, day: null, at })
  return { license, plan, price, quantity: unitsNext(license), cycle, months, period }
}

/** @throws Refused `request.invalid` when together they cost more than one charge can be */
export function priceAutoRenewals(
  product: Product,
  renewals: readonly CheckedRenewal[],
  zone: string,
): PricedQuote {
  const [first] = renewals
  if (first === undefined) throw new Error('nothing to price')
  const { currency } = first.price
  return priceRenewals({ product, renewals, currency, zone, day: null, promo: null })
}

/** A retired plan, and one whose price is gone from the catalogue, go on for those who have them (R4). */
function obstacle(
  license: RenewableLicense,
  plan: Plan,
  product: Product,
  at: Temporal.Instant,
): NotRenewableReason | null {
  const reason = renewalObstacle(license, product, at)
  if (reason === 'currency') return null
  if (reason !== 'retired') return reason
  return renewsNoMore(plan, at) ? 'retired' : null
}

function priceAt(
  due: ChargeFacts,
  plan: Plan,
  product: Product,
  at: Temporal.Instant,
): Price | null {
  const { license, announced } = due
  const currency = currencyOf(license, product)
  const current = priceOf(plan, currency, license.cycle)
  const fits = (price: Pick<Price, 'currency'> & { readonly cycle?: Price['cycle'] | null }) =>
    price.currency === currency && (price.cycle ?? null) === license.cycle
  const paid = due.paid !== null && fits(due.paid) ? paidPrice(due.paid, current) : null
  const history = { current, paid, announced: announced.filter(({ price }) => fits(price)) }
  return chargedPrice(history, license.nextTotal ?? license.total, localDate(at, license.zone))
}

/** Today's list with its tiers, if that is what was paid; otherwise the price of a unit as it was. */
function paidPrice({ unitAmount, currency, cycle }: PaidPeriod, current: Price | null): Price {
  const known = [current?.unit_amount, ...(current?.tiers ?? []).map((tier) => tier.unit_amount)]
  if (current !== null && known.includes(unitAmount)) return current
  return { currency, unit_amount: unitAmount, tiers: [], ...(cycle === null ? {} : { cycle }) }
}

function renewable({ license, openOrderId }: ChargeFacts): RenewableLicense {
  return {
    ...license,
    anchor: { day: license.anchorDay, time: license.anchorTime, zone: license.zone },
    inUse: license.reserved + license.consumed,
    openOrderId,
    isRefunded: false,
  }
}
