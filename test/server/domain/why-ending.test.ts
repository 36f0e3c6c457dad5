/** R4, R18: what a reminder says of a license that ends and cannot simply be renewed. */
import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import type { RenewalMode } from '../../../server/domain/license.ts'
import { whyEnding } from '../../../server/domain/why-ending.ts'
import { aProduct, recurringPlan } from '../../support/catalogue.ts'
import { renewable } from '../../support/renewals.ts'

const NOW = at('2027-02-14T09:00:00Z')
const retired_at = '2027-02-01T00:00:00Z'
const PLANS = {
  sold: recurringPlan(),
  retired: recurringPlan({ retired_at }),
  running: recurringPlan({ retired_at, renews_until: '2027-02-15T00:00:00Z' }),
  over: recurringPlan({ retired_at, renews_until: '2027-02-14T09:00:00Z' }),
}
const NOTHING = null

describe('whyEnding()', () => {
  it.each([
    ['manual', 'sold', NOTHING],
    ['auto', 'sold', NOTHING],
    ['canceled', 'sold', 'canceled'],
    ['pay_per_use', 'retired', NOTHING],
    [null, 'sold', 'one_time'],
    ['manual', 'retired', 'retired'],
    ['canceled', 'retired', 'retired'],
    ['manual', 'running', 'retired'],
    ['auto', 'retired', 'unpaid'],
    ['auto', 'running', 'unpaid'],
    ['auto', 'over', 'retired'],
  ] as const)('%s, with a plan that is %s: %s', (renewalMode: RenewalMode | null, plan, why) => {
    const license = renewable(undefined, { renewalMode })
    expect(whyEnding(license, aProduct({ plans: [PLANS[plan]] }), NOW)).toBe(why)
  })

  it('counts a price that is gone in its currency, and a plan that is gone, as no longer sold', () => {
    const product = aProduct({ plans: [PLANS.sold] })
    const euros = renewable(undefined, { currency: 'EUR' })
    expect(whyEnding(euros, product, NOW)).toBe('retired')
    expect(whyEnding(renewable(undefined, { planId: 'gone' }), product, NOW)).toBe('retired')
  })
})
