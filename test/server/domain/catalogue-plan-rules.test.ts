import { describe, expect, it } from 'vitest'
import { planFaults } from '../../support/catalogue-faults.ts'

const month = { currency: 'USD', cycle: 'month', unit_amount: 4900 }
const year = { currency: 'USD', cycle: 'year', unit_amount: 49_000 }

describe('rules of a plan', () => {
  it('renews only by billing cycles', () => {
    const once = { validity_months: 3, prices: [{ currency: 'USD', unit_amount: 9000 }] }
    expect(planFaults(once)).toEqual([])
    expect(planFaults({ ...once, auto_renewal: 'choice' })).toEqual([
      'auto_renewal: Only a plan with billing cycles can renew by itself.',
    ])
  })

  it('has one price per unit where it has no cycles', () => {
    const price = { currency: 'USD', unit_amount: 9000 }
    expect(planFaults({ validity_months: 3, prices: [price, price] })).toEqual([
      'prices[1]: There is a price per unit in USD already.',
    ])
  })

  it('has a price for each cycle in each currency, and misses each one once', () => {
    const euro = { currency: 'EUR', unit_amount: 4500 }
    expect(
      planFaults({ prices: [month, year, { ...euro, cycle: 'month' }] }, ['USD', 'EUR']),
    ).toEqual(['prices[2]: The price per year in EUR is missing.'])
    const prices = [month, year, euro, { ...euro, cycle: 'month' }]
    expect(planFaults({ prices }, ['USD', 'EUR'])).toEqual([
      'prices[2]: Some prices of this plan have a cycle and this one has none.',
      'prices[3]: The price per year in EUR is missing.',
    ])
  })

  it('holds tiers to what can be paid, but speaks of a foreign currency only once', () => {
    const tiers = [{ from: 10, unit_amount: 100_000_000 }]
    expect(planFaults({ prices: [{ ...month, tiers }] })).toEqual([
      'prices[0].tiers[0].unit_amount: More than one payment in USD can be (99999999).',
    ])
    expect(planFaults({ prices: [month, { ...month, currency: 'CHF', tiers }] })).toEqual([
      'prices[1].currency: The product is not sold in CHF.',
    ])
  })

  it('takes the most that one payment can be', () => {
    expect(planFaults({ prices: [{ ...month, unit_amount: 99_999_999 }] })).toEqual([])
  })

  it('sells a quantity that its steps reach', () => {
    const quantity = (min: number, max: number, step: number) =>
      planFaults({ quantity: { min, max, step } })
    expect(quantity(5, 5, 2)).toEqual([])
    expect(quantity(2, 5, 3)).toEqual([])
    expect(quantity(2, 6, 3)).toEqual(['quantity.max: Not reachable from 2 in steps of 3.'])
    expect(quantity(5, 4, 1)).toEqual(['quantity.max: Less than min (5).'])
  })

  it('holds the price of a metered day to what can be paid', () => {
    const pay_per_use = [{ currency: 'USD', unit_amount: 100_000_000 }]
    expect(planFaults({ pay_per_use })).toEqual([
      'pay_per_use[0].unit_amount: More than one payment in USD can be (99999999).',
    ])
  })

  it('has one price of a metered day in each currency', () => {
    const rate = { currency: 'USD', unit_amount: 300 }
    const others = { prices: [month, { ...month, currency: 'EUR' }] }
    const rates = (...pay_per_use: (typeof rate)[]) =>
      planFaults({ ...others, pay_per_use }, ['USD', 'EUR'])
    expect(rates(rate, { ...rate, currency: 'EUR' })).toEqual([])
    expect(rates(rate, { ...rate, unit_amount: 400 })).toEqual([
      'pay_per_use[1]: There is a price per day in USD already.',
    ])
  })

  it('R17: stands still for less than 28 days where a month is renewed from its old end', () => {
    const sentence = 'days) must stay under 28 on a monthly plan renewed from_expiry.'
    expect(planFaults({ grace_days: 12 })).toEqual([])
    expect(planFaults({ grace_days: 13 })).toEqual([
      `grace_days: Grace and retention (13 + 15 ${sentence}`,
    ])
    expect(planFaults({ grace_days: 13, retention_days: 15 })).toEqual([
      `retention_days: Grace and retention (13 + 15 ${sentence}`,
    ])
    expect(planFaults({ grace_days: 13, renewal_basis: 'skip_stopped' })).toEqual([])
    expect(planFaults({ grace_days: 13, prices: [year] })).toEqual([])
  })
})
