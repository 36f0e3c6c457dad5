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
    const each = { cycle: 'month', unitAmount: 7500, quantity: 2 }
    expect(priceLine(term(recurringPlan(), 'month'))).toEqual({
      unitAmount: 7500,
      amount: 45_000,
      explanation: [{ kind: 'term', months: 3, ...each }],
    })
  })

  it('R12: tells months and dates apart, and only those that are paid for', () => {
    const after = Temporal.PlainDate.from('2025-03-31')
    const extraDates = { after, until: after.add({ days: 15 }) }
    const monthly = term(recurringPlan(), 'month')
    const part = {
      kind: 'dates',
      shares: [{ year: 2025, month: 4, days: 15, daysInMonth: 30 }],
      isCapped: false,
      cycle: 'month',
      unitAmount: 7500,
      quantity: 2,
    }
    expect(priceLine({ ...monthly, months: 0, extraDates })).toEqual({
      unitAmount: 7500,
      amount: 7500,
      explanation: [part],
    })
    expect(priceLine({ ...monthly, extraDates }).explanation).toMatchObject([{ months: 3 }, part])
    const none = { after, until: after }
    expect(priceLine({ ...monthly, extraDates: none }).explanation).toHaveLength(1)
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
    expect(priceLine(once)).toEqual({
      unitAmount: 9000,
      amount: 18_000,
      explanation: [{ kind: 'one_time', months: 3, unitAmount: 9000, quantity: 2 }],
    })
    expect(() => priceLine({ ...once, months: 2 })).toThrow(RangeError)
    const day = Temporal.PlainDate.from('2025-01-01')
    expect(() => priceLine({ ...once, extraDates: { after: day, until: day } })).toThrow(RangeError)
  })
})
