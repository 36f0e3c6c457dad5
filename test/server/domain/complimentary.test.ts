import { describe, expect, it } from 'vitest'
import { complimentaryOf } from '../../../server/domain/complimentary.ts'
import { aProduct, oneTimePlan, recurringPlan } from '../../support/catalogue.ts'

const endsAt = '2025-02-28T16:55:10Z'
const line = { plan: 'dr', quantity: 5, endsAt }

describe('complimentaryOf()', () => {
  it('S22: gives in equal number, until the end of the line, by the name of the plan', () => {
    const failback = { plan: 'failback', planName: 'Failback License' }
    expect(complimentaryOf(aProduct(), line, 3)).toEqual([
      { ...failback, quantity: 5, endsAt, line: 3 },
    ])
  })

  it('gives at a purchase what each period brings, too, and at a renewal only that', () => {
    const complimentary = [
      { plan: 'failback', when: 'on_purchase' as const },
      { plan: 'drill', when: 'every_paid_period' as const },
    ]
    const drill = oneTimePlan({ id: 'drill' })
    const plans = [recurringPlan({ complimentary }), oneTimePlan(), drill]
    const given = (when?: 'on_purchase' | 'every_paid_period') =>
      complimentaryOf(aProduct({ plans }), line, 0, when).map(({ plan }) => plan)
    expect(given()).toEqual(['failback', 'drill'])
    expect(given('on_purchase')).toEqual(['failback'])
    expect(given('every_paid_period')).toEqual(['drill'])
  })

  it('gives nothing with a plan that the product has no more', () => {
    expect(complimentaryOf(aProduct(), { ...line, plan: 'gone' }, 0)).toEqual([])
  })
})
