/** Whether a license that ends soon can be renewed by its customer at all, as reminders have to say (R4, R18). */
import type { Temporal } from 'temporal-polyfill'
import type { Product } from './catalogue.ts'
import { planOf, renewsNoMore } from './plan.ts'
import type { WhyEnding } from './reminder-mail.ts'
import { planObstacle, type PlannedLicense, type RenewableLicense } from './renewal-eligibility.ts'

/** Null for what is renewed by hand, and for what is metered from its end on. */
export function whyEnding(
  license: PlannedLicense & Pick<RenewableLicense, 'renewalMode'>,
  product: Product,
  at: Temporal.Instant,
): WhyEnding | null {
  const { renewalMode } = license
  if (renewalMode === null) return 'one_time'
  if (renewalMode === 'pay_per_use') return null
  if (planObstacle(license, product, at) === null) {
    return renewalMode === 'canceled' ? 'canceled' : null
  }
  const plan = planOf(product, license.planId)
  const goesOn = renewalMode === 'auto' && plan !== null && !renewsNoMore(plan, at)
  return goesOn ? 'unpaid' : 'retired'
}
