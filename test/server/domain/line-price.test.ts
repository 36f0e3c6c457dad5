import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { Plan } from '../../../server/domain/catalogue.ts'
import { type LineTerm, priceLine } from '../../../server/domain/line-price.ts'
import { priceOf } from '../../../server/domain/plan.ts'
import { oneTimePlan, recurringPlan } from '../../support/catalogue.ts'

function term(plan: Plan, cycle: 'month' | 'year' | null): LineTerm {
  const price = priceOf(plan, 'USD', cycle)
  if (!price) throw new Error('not priced')
  return { plan, price, quantity: 2, months: 3 }
}

describe('priceLine()', () => {
  it('multiplies unit price, quantity and months', () => {
    expect(priceLine(term(recurringPlan(), 'month'))).toMatchObject({
      unitAmount: 7500,
      amount: 45_000,
    })
  })

  it('R11: keeps a twelfth of a year exact until the line is rounded', () => {
    const prices = [{ currency: 'USD', cycle: 'year' as const, unit_amount: 1000 }]
    const yearly = term(recurringPlan({ prices }), 'year')
    expect(priceLine({ ...yearly, months: 1 }).amount).toBe(167)
    expect(priceLine({ ...yearly, months: 5, quantity: 7 }).amount).toBe(2917)
    expect(priceLine({ ...yearly, months: 12 }).amount).toBe(2000)
  })

  it('R14: prices two added units at the tier of the whole license, and says from where it holds', () => {
    const tiers = [{ from: 10, unit_amount: 7000 }]
    const prices = [{ currency: 'USD', cycle: 'month' as const, unit_amount: 7500, tiers }]
    const added = { ...term(recurringPlan({ prices }), 'month'), months: 1, tierUnits: 12 }
    expect(priceLine(added)).toEqual({
      unitAmount: 7000,
      amount: 14_000,
      explanation: [
        { kind: 'term', months: 1, cycle: 'month', unitAmount: 7000, quantity: 2 },
        { kind: 'tier', from: 10 },
      ],
    })
  })

  it('sells a plan without cycles for its whole validity only', () => {
    const once = term(oneTimePlan(), null)
    expect(priceLine(once).amount).toBe(18_000)
    expect(() => priceLine({ ...once, months: 2 })).toThrow(RangeError)
    const day = Temporal.PlainDate.from('2025-01-01')
    expect(() => priceLine({ ...once, extraDates: { after: day, until: day } })).toThrow(RangeError)
  })
})
