import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import {
  chargeTermsOf,
  cyclesOf,
  graceOf,
  isRetired,
  periodMonths,
  planOf,
  priceOf,
  renewsNoMore,
  soldInstead,
} from '../../../server/domain/plan.ts'
import { aProduct, oneTimePlan, recurringPlan } from '../../support/catalogue.ts'

const month = { currency: 'USD', cycle: 'month', unit_amount: 7500 } as const
const year = { currency: 'USD', cycle: 'year', unit_amount: 75_000 } as const

describe('a plan', () => {
  it('S86: is one of its product, or none', () => {
    expect(planOf(aProduct(), 'failback')?.name).toBe('Failback License')
    expect(planOf(aProduct(), 'migration')).toBeNull()
  })

  it('offers the cycles that it has a price for, shortest first', () => {
    expect(cyclesOf(recurringPlan({ prices: [year, month] }))).toEqual(['month', 'year'])
    expect(cyclesOf(recurringPlan({ prices: [year] }))).toEqual(['year'])
    expect(cyclesOf(oneTimePlan())).toEqual([])
  })

  it('has a price by currency and cycle, and without a cycle only where it has none', () => {
    const plan = recurringPlan({ prices: [{ ...month, currency: 'EUR' }, month, year] })
    expect(priceOf(plan, 'USD', 'month')).toMatchObject(month)
    expect(priceOf(plan, 'USD', 'year')).toMatchObject(year)
    expect(priceOf(plan, 'EUR', 'year')).toBeNull()
    expect(priceOf(plan, 'USD', null)).toBeNull()
    expect(priceOf(oneTimePlan(), 'USD', null)).toMatchObject({ unit_amount: 9000 })
  })

  it('R8: is paid for a cycle, or for its whole validity', () => {
    expect(periodMonths(recurringPlan(), 'month')).toBe(1)
    expect(periodMonths(recurringPlan(), 'year')).toBe(12)
    expect(periodMonths(oneTimePlan(), null)).toBe(3)
    expect(() => periodMonths(recurringPlan(), null)).toThrow(RangeError)
  })

  it('R17: has a week of grace and 15 days of retention, or none of what is used up, unless it says so', () => {
    expect(graceOf(recurringPlan())).toEqual({ graceDays: 7, retentionDays: 15 })
    expect(graceOf(oneTimePlan())).toEqual({ graceDays: 0, retentionDays: 0 })
    const own = { grace_days: 3, retention_days: 4 }
    expect(graceOf(recurringPlan(own))).toEqual({ graceDays: 3, retentionDays: 4 })
    expect(graceOf(oneTimePlan(own))).toEqual({ graceDays: 3, retentionDays: 4 })
    expect(graceOf(recurringPlan({ grace_days: 0 })).graceDays).toBe(0)
  })

  it('is charged by itself as many days ahead as it says, while its grace lasts', () => {
    const plan = recurringPlan({ auto_renewal_lead_days: 2, grace_days: 5 })
    expect(chargeTermsOf(plan)).toEqual({ leadDays: 2, graceDays: 5 })
  })
})

describe('a plan that is given up', () => {
  const retired_at = '2025-03-01T00:00:00Z'
  const renews_until = '2025-06-01T00:00:00Z'

  it('is sold until its retirement, and not at that instant', () => {
    const plan = recurringPlan({ retired_at })
    expect(isRetired(plan, at('2025-02-28T23:59:59Z'))).toBe(false)
    expect(isRetired(plan, at(retired_at))).toBe(true)
    expect(isRetired(recurringPlan(), at(retired_at))).toBe(false)
  })

  it('R4: renews by itself until its published end, and without one for ever', () => {
    const ends = recurringPlan({ retired_at, renews_until })
    expect(renewsNoMore(ends, at('2025-05-31T23:59:59Z'))).toBe(false)
    expect(renewsNoMore(ends, at(renews_until))).toBe(true)
    expect(renewsNoMore(recurringPlan({ retired_at }), at('2099-01-01T00:00:00Z'))).toBe(false)
  })

  it('renews on while it is sold, whatever end was published', () => {
    expect(renewsNoMore(recurringPlan({ renews_until }), at(renews_until))).toBe(false)
    const later = recurringPlan({ retired_at: '2025-07-01T00:00:00Z', renews_until })
    expect(renewsNoMore(later, at(renews_until))).toBe(false)
  })

  it('is replaced by the plans of its type that are sold in that currency, one-time ones left out', () => {
    const euro = { prices: [{ ...month, currency: 'EUR' }] }
    const product = aProduct({
      currencies: ['USD', 'EUR'],
      plans: [
        recurringPlan({ name: 'Old', retired_at }),
        recurringPlan({ id: 'new', name: 'New', prices: [month, { ...month, currency: 'GBP' }] }),
        recurringPlan({ id: 'euro', name: 'In euros', ...euro }),
        recurringPlan({ id: 'other', name: 'Another type', type: 'backup' }),
        oneTimePlan({ type: 'dr' }),
      ],
    })
    const instead = (currency: string | null, when = retired_at) =>
      soldInstead(product, { type: 'dr', currency }, at(when))
    expect(instead('USD')).toEqual(['New'])
    expect(instead('EUR')).toEqual(['In euros'])
    expect(instead(null)).toEqual(['New'])
    expect(instead('CHF')).toEqual([])
    expect(instead('USD', '2025-02-01T00:00:00Z')).toEqual(['Old', 'New'])
  })
})
