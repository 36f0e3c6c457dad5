/**
 * What an operator gives without a payment: trials, replacements, favours (S10, S34). Pure.
 * It brings no complimentary licenses (S22).
 */
import type { Temporal } from 'temporal-polyfill'
import type { Cycle, Plan, Product } from './catalogue.ts'
import { grantEntries } from './coverage-entries.ts'
import type { Grant } from './issuance.ts'
import { cyclesOf, periodMonths, planOf } from './plan.ts'
import { invalidField } from './refusals.ts'

export interface GrantTerms {
  readonly plan: string
  /** Units, ≥ 1. */
  readonly quantity: number
  /** Length of the license; both null: one cycle, or the validity of the plan (S10). */
  readonly months: number | null
  readonly days: number | null
}

const MOST_MONTHS = 60
const MOST_DAYS = 1830

/**
 * @returns the plan that is given
 * @throws Refused `request.invalid`, naming the term at fault
 */
export function grantedPlan(product: Product, terms: GrantTerms): Plan {
  const plan = planOf(product, terms.plan)
  if (plan === null) throw invalidField('/plan', `${product.name} has no plan of this name.`)
  const { min, max, step } = plan.quantity
  if (!isWithin(terms.quantity, 1, max) || (terms.quantity - min) % step !== 0) {
    throw invalidField('/quantity', `Whole units, at most ${max}, in steps of ${step} from ${min}.`)
  }
  if (terms.months !== null && terms.days !== null) {
    throw invalidField('/days', 'Either months or days.')
  }
  if (terms.months !== null && !isWithin(terms.months, 1, MOST_MONTHS)) {
    throw invalidField('/months', `1 to ${MOST_MONTHS} months.`)
  }
  if (terms.days !== null && !isWithin(terms.days, 1, MOST_DAYS)) {
    throw invalidField('/days', `1 to ${MOST_DAYS} days.`)
  }
  return plan
}

/**
 * A plan with cycles can be renewed by hand, for money: the same key goes on (S80).
 *
 * @param startsAt  of the grant, or of its redemption
 * @param zone      of the customer (R2)
 */
export function grantOf(
  plan: Plan,
  terms: GrantTerms,
  when: { readonly startsAt: Temporal.Instant; readonly zone: string },
): Grant {
  const cycle: Cycle | null = cyclesOf(plan)[0] ?? null
  const length =
    terms.days === null
      ? { months: terms.months ?? periodMonths(plan, cycle), days: 0 }
      : { months: 0, days: terms.days }
  return {
    ...grantEntries({ ...when, ...length, quantity: terms.quantity }),
    kind: 'grant',
    plan,
    cycle,
    renewalMode: plan.one_time || cycle === null ? null : 'manual',
    nextChargeAt: null,
  }
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
