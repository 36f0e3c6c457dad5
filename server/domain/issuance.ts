/**
 * What a paid order line brings: one license, and the complimentary ones that come with it (S22–S25).
 * Pure: ids, keys and rows are made around it.
 */
import type { Temporal } from 'temporal-polyfill'
import type { Cycle, Plan, Product } from './catalogue.ts'
import type { Coverage } from './coverage.ts'
import { complimentaryEntries, purchaseEntries } from './coverage-entries.ts'
import type { CoverageChange } from './coverage-entries.ts'
import { firstAttemptAt } from './charge-calendar.ts'
import { chargeTermsOf, planOf } from './plan.ts'

/** The facts of an order line that issuing depends on. */
export interface PaidLine {
  readonly planId: string
  readonly quantity: number
  readonly cycle: Cycle | null
  /** ≥ 1. */
  readonly months: number
  readonly autoRenew: boolean
}

export interface Grant extends CoverageChange {
  readonly kind: 'paid' | 'complimentary' | 'grant'
  readonly plan: Plan
  readonly cycle: Cycle | null
  /** Null for what is never renewed (S24, S26). */
  readonly renewalMode: 'manual' | 'auto' | null
  /** Null unless renewed by itself. */
  readonly nextChargeAt: Temporal.Instant | null
}

/**
 * @param startsAt          time of the payment (R7)
 * @param zone              of the customer (R2)
 * @param canRenewByItself  false when no payment method was saved: the mode is manual then
 * @throws Error when the catalogue version of the order lacks a plan it sold (a bug)
 */
export function grantsOf(
  product: Product,
  line: PaidLine,
  terms: { startsAt: Temporal.Instant; zone: string; canRenewByItself: boolean },
): readonly Grant[] {
  const plan = soldPlan(product, line.planId)
  const { startsAt: paidAt, zone } = terms
  const bought = purchaseEntries({ paidAt, zone, months: line.months, quantity: line.quantity })
  const isAuto = line.autoRenew && terms.canRenewByItself && !plan.one_time
  const paid: Grant = {
    ...bought,
    kind: 'paid',
    plan,
    cycle: line.cycle,
    renewalMode: plan.one_time ? null : isAuto ? 'auto' : 'manual',
    nextChargeAt: isAuto ? firstAttemptAt(bought.coverage.endsAt, chargeTermsOf(plan), zone) : null,
  }
  const free = plan.complimentary.map((rule) =>
    complimentaryGrant(product, rule.plan, bought.coverage, line.quantity),
  )
  return [paid, ...free]
}

/** What comes free with time or units that are paid for: their start, their end, used once (S22–S26). */
export function complimentaryGrant(
  product: Product,
  planId: string,
  origin: Pick<Coverage, 'startsAt' | 'endsAt' | 'anchor'>,
  quantity: number,
): Grant {
  return {
    ...complimentaryEntries(origin, quantity),
    kind: 'complimentary',
    plan: soldPlan(product, planId),
    cycle: null,
    renewalMode: null,
    nextChargeAt: null,
  }
}

function soldPlan(product: Product, planId: string): Plan {
  const plan = planOf(product, planId)
  if (plan === null) throw new Error(`product ${product.id} has no plan ${planId}`)
  return plan
}
