/** What of a product can be renewed at all, for a database that has to choose among licenses. */
import type { Temporal } from 'temporal-polyfill'
import { addMonths, anchorOf, subtractMonths } from './calendar.ts'
import type { Cycle, Product } from './catalogue.ts'
import { isRetired, periodMonths } from './plan.ts'
import { LONGEST_AHEAD_MONTHS } from './renewal-eligibility.ts'

export interface SoldPeriod {
  readonly planId: string
  readonly cycle: Cycle | null
  readonly currency: string
  /** Licenses that were granted renew in the product's first currency. */
  readonly isFirstCurrency: boolean
  /** A license that ends later is paid for too far ahead to take one more cycle (R5). */
  readonly latestEnd: Temporal.Instant
}

export function soldPeriods(product: Product, at: Temporal.Instant): readonly SoldPeriod[] {
  const anchor = anchorOf(at, 'UTC')
  const latest = addMonths(at, LONGEST_AHEAD_MONTHS, anchor)
  return product.plans
    .filter((plan) => !plan.one_time && !isRetired(plan, at))
    .flatMap((plan) =>
      plan.prices.map(({ currency, cycle = null }) => ({
        planId: plan.id,
        cycle,
        currency,
        isFirstCurrency: currency === product.currencies[0],
        latestEnd: subtractMonths(latest, periodMonths(plan, cycle), anchor),
      })),
    )
}
