/** Questions to a plan of the catalogue: which cycles, which price, how long, how much grace. */
import { Temporal } from 'temporal-polyfill'
import type { Cycle, Plan, Price, Product } from './catalogue.ts'

const CYCLES: readonly Cycle[] = ['month', 'year']

/** Whole months of one billing cycle. */
export const CYCLE_MONTHS: Readonly<Record<Cycle, number>> = { month: 1, year: 12 }

/** @returns null when the product has no such plan (another product's plan is no plan, S86). */
export function planOf(product: Product, planId: string): Plan | null {
  return product.plans.find((plan) => plan.id === planId) ?? null
}

/** The billing cycles a customer can choose from, shortest first; empty for one payment per license. */
export function cyclesOf(plan: Plan): readonly Cycle[] {
  return CYCLES.filter((cycle) => plan.prices.some((price) => price.cycle === cycle))
}

/** @returns null when the plan is not sold in that currency, or not by that cycle. */
export function priceOf(plan: Plan, currency: string, cycle: Cycle | null): Price | null {
  return (
    plan.prices.find((price) => price.currency === currency && (price.cycle ?? null) === cycle) ??
    null
  )
}

/**
 * Months that one price pays for: the cycle, or the validity of a plan without cycles (R8).
 *
 * @throws RangeError for a plan with neither, which the catalogue parser does not let in
 */
export function periodMonths(plan: Plan, cycle: Cycle | null): number {
  const months = cycle ? CYCLE_MONTHS[cycle] : plan.validity_months
  if (!months) throw new RangeError(`plan without a period: ${plan.id}`)
  return months
}

/** Days after expiry: working with a warning, then stopped but renewable (R17). One-time types have none. */
export function graceOf(plan: Plan): {
  readonly graceDays: number
  readonly retentionDays: number
} {
  return {
    graceDays: plan.grace_days ?? (plan.one_time ? 0 : 7),
    retentionDays: plan.retention_days ?? (plan.one_time ? 0 : 15),
  }
}

/** What the calendar of an automatic charge takes from its plan. */
export function chargeTermsOf(plan: Plan): {
  readonly leadDays: number
  readonly graceDays: number
} {
  return { leadDays: plan.auto_renewal_lead_days, graceDays: graceOf(plan).graceDays }
}

/** True from its published end on: no automatic renewal goes on any more either (R4). */
export function renewsNoMore(plan: Plan, at: Temporal.Instant): boolean {
  return (
    isRetired(plan, at) &&
    plan.renews_until !== undefined &&
    Temporal.Instant.compare(plan.renews_until, at) <= 0
  )
}

/** Names of the plans of its type that can be bought now, for a license that cannot go on with its own. */
export function soldInstead(
  product: Product,
  license: { readonly type: string; readonly currency: string | null },
  at: Temporal.Instant,
): readonly string[] {
  const currency = license.currency ?? product.currencies[0]
  return product.plans
    .filter((plan) => plan.type === license.type && !plan.one_time && !isRetired(plan, at))
    .filter((plan) => plan.prices.some((price) => price.currency === currency))
    .map(({ name }) => name)
}

/** True from the moment of its retirement on: nobody buys it any more. */
export function isRetired(plan: Plan, at: Temporal.Instant): boolean {
  return plan.retired_at !== undefined && Temporal.Instant.compare(plan.retired_at, at) <= 0
}
