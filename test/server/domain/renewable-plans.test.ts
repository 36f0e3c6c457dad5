import { describe, expect, it } from 'vitest'
import { anchorOf, formatInstant, parseInstant as at } from '../../../server/domain/calendar.ts'
import { soldPeriods } from '../../../server/domain/renewable-plans.ts'
import { renewalObstacle } from '../../../server/domain/renewal-eligibility.ts'
import { aProduct, oneTimePlan, recurringPlan } from '../../support/catalogue.ts'
import { renewable } from '../../support/renewals.ts'

const NOW = at('2027-01-15T16:55:10Z')
const euro = { currency: 'EUR', cycle: 'month', unit_amount: 7000 } as const

describe('soldPeriods()', () => {
  it('names each price that renews something, by plan, cycle and currency', () => {
    const product = aProduct({
      currencies: ['USD', 'EUR'],
      plans: [
        recurringPlan({ prices: [{ ...euro, currency: 'USD' }, euro] }),
        oneTimePlan({ one_time: false, retired_at: '2027-01-15T16:55:11Z' }),
        recurringPlan({ id: 'gone', retired_at: '2027-01-15T16:55:10Z' }),
        oneTimePlan({ id: 'drill' }),
      ],
    })
    const sold = soldPeriods(product, NOW).map(({ latestEnd, ...rest }) => ({
      ...rest,
      until: formatInstant(latestEnd),
    }))
    const monthly = { planId: 'dr', cycle: 'month', until: '2031-12-15T16:55:10Z' }
    expect(sold).toEqual([
      { ...monthly, currency: 'USD', isFirstCurrency: true },
      { ...monthly, currency: 'EUR', isFirstCurrency: false },
      {
        planId: 'failback',
        cycle: null,
        currency: 'USD',
        isFirstCurrency: true,
        until: '2031-10-15T16:55:10Z',
      },
    ])
  })

  it.each(['month', 'year'] as const)(
    'R5: agrees with the rule about which license takes one more %s',
    (cycle) => {
      const product = aProduct()
      const sold = soldPeriods(product, NOW).find((one) => one.cycle === cycle)
      const latest = sold?.latestEnd ?? NOW
      const obstacle = (endsAt: typeof NOW) =>
        renewalObstacle(
          renewable(undefined, { cycle, endsAt, anchor: anchorOf(endsAt, 'UTC') }),
          product,
          NOW,
        )
      expect(obstacle(latest)).toBeNull()
      expect(obstacle(latest.add({ hours: 24 }))).toBe('too_far_ahead')
    },
  )
})
