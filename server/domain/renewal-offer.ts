/** What a license is told about its renewal: whether, for how much, and by itself or not (S29, S36). */
import { Temporal } from 'temporal-polyfill'
import type { Plan, Product } from './catalogue.ts'
import { firstAttemptAt } from './charge-calendar.ts'
import { coTermObstacle, upgradesOf } from './co-term.ts'
import { lapsedDays } from './license.ts'
import { periodMonths, planOf } from './plan.ts'
import { priceLine } from './line-price.ts'
import {
  currencyOf,
  priceNow,
  renewalObstacle,
  unitsNext,
  type NotRenewableReason,
  type RenewableLicense,
} from './renewal-eligibility.ts'
import { renewalStart } from './renewal-period.ts'
import { settle } from './totals.ts'

export interface RenewalOffer {
  /** Null while it can be renewed now. */
  readonly obstacle: NotRenewableReason | null
  /** One plain cycle at today's price with tax, minor units; 0 where there is no price. */
  readonly amount: number
  readonly currency: string
  readonly canAddUnits: boolean
  readonly upgrades: readonly Plan[]
  /** Whole days that a renewal now would pay for and that are over already (R3). */
  readonly lostDays: number
  /** When a charge by itself falls, or would fall if it were switched on. */
  readonly chargeAt: Temporal.Instant
  /** Null where the plan is gone. */
  readonly plan: Plan | null
}

export function renewalOffer(
  license: RenewableLicense,
  product: Product,
  at: Temporal.Instant,
): RenewalOffer {
  const plan = planOf(product, license.planId)
  const obstacle = renewalObstacle(license, product, at)
  const leadDays = plan?.auto_renewal_lead_days ?? 0
  const terms = { leadDays, graceDays: license.graceDays }
  const chargeAt = firstAttemptAt(license.endsAt, terms, license.anchor.zone)
  const canExtend = coTermObstacle(license, product, at) === null
  return {
    obstacle,
    plan,
    amount: plan === null ? 0 : plainAmount(license, plan, product),
    currency: currencyOf(license, product),
    canAddUnits: canExtend,
    upgrades: canExtend ? upgradesOf(license, product, at) : [],
    lostDays: obstacle === null && plan !== null ? lostDays(license, plan, at) : 0,
    // Switched on after its moment, it is charged at once.
    chargeAt: Temporal.Instant.compare(chargeAt, at) < 0 ? at : chargeAt,
  }
}

function plainAmount(license: RenewableLicense, plan: Plan, product: Product): number {
  const price = priceNow(license, plan, product)
  if (price === null) return 0
  const months = periodMonths(plan, license.cycle)
  const listed = priceLine({ plan, price, quantity: unitsNext(license), months })
  const terms = { currency: price.currency, promo: null, tax: product.tax ?? null }
  return settle([{ planId: plan.id, ...listed }], terms).totals.total
}

function lostDays(license: RenewableLicense, plan: Plan, at: Temporal.Instant): number {
  return lapsedDays({ endsAt: renewalStart(license, plan, at).startsAt }, at)
}
