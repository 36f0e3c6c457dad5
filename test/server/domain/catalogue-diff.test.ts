import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogueDiff, changeText } from '../../../server/domain/catalogue-diff.ts'
import type { Product } from '../../../server/domain/catalogue.ts'
import { aProduct, oneTimePlan, promoCode, recurringPlan } from '../../support/catalogue.ts'

/** What turning one product into the other is told as. */
const changes = (before: Product, after: Product) =>
  catalogueDiff({ products: [before] }, { products: [after] }).map(changeText)
const dr = (given: Parameters<typeof recurringPlan>[0]) =>
  aProduct({ plans: [recurringPlan(given)] })

describe('catalogueDiff()', () => {
  it('calls plans, prices and tiers by what people call them, not by their position', () => {
    const price = { currency: 'USD', cycle: 'month', unit_amount: 7500 } as const
    const before = dr({ prices: [{ ...price, tiers: [{ from: 10, unit_amount: 7000 }] }] })
    const after = dr({
      prices: [
        { currency: 'EUR', cycle: 'month', unit_amount: 7200 },
        { ...price, unit_amount: 8000, tiers: [{ from: 10, unit_amount: 7400 }] },
      ],
    })
    const plan = 'products[recover].plans[dr]'
    expect(changes(before, after)).toEqual([
      `~ ${plan}.prices[USD/month].unit_amount: 7500 → 8000`,
      `~ ${plan}.prices[USD/month].tiers[10].unit_amount: 7000 → 7400`,
      `+ ${plan}.prices[EUR/month].currency: "EUR"`,
      `+ ${plan}.prices[EUR/month].cycle: "month"`,
      `+ ${plan}.prices[EUR/month].unit_amount: 7200`,
      `+ ${plan}.prices[EUR/month].tiers: []`,
    ])
  })

  it('calls promo codes, host keys and rates per day so, too', () => {
    const before = aProduct({
      promo_codes: [promoCode({ percent_bp: 1000 })],
      host_keys: [{ kid: 'next', alg: 'HS256', secret_env: 'ONE' }],
      plans: [recurringPlan({ pay_per_use: [{ currency: 'USD', unit_amount: 90 }] })],
    })
    const after = aProduct({
      promo_codes: [promoCode({ percent_bp: 2000 })],
      host_keys: [{ kid: 'next', alg: 'HS256', secret_env: 'TWO' }],
      plans: [recurringPlan({ pay_per_use: [{ currency: 'USD', unit_amount: 80 }] })],
    })
    expect(changes(before, after)).toEqual([
      '~ products[recover].promo_codes[WELCOME].percent_bp: 1000 → 2000',
      '~ products[recover].host_keys[next].secret_env: "ONE" → "TWO"',
      '~ products[recover].plans[dr].pay_per_use[USD].unit_amount: 90 → 80',
    ])
  })

  it('tells the second of one name, and a part without any name, by its position', () => {
    const drill = (when: 'on_purchase' | 'every_paid_period') => ({ plan: 'drill', when })
    const other = [drill('on_purchase'), drill('every_paid_period'), drill('every_paid_period')]
    const path = 'products[recover].plans[dr].complimentary[drill'
    expect(
      changes(dr({ complimentary: [drill('on_purchase')] }), dr({ complimentary: other })),
    ).toEqual([
      `+ ${path}#2].plan: "drill"`,
      `+ ${path}#2].when: "every_paid_period"`,
      `+ ${path}#3].plan: "drill"`,
      `+ ${path}#3].when: "every_paid_period"`,
    ])
    const key = (prime: number) => {
      const jwk = { alg: null, oth: [{ r: 3 }, { r: prime }, 'none'] }
      return aProduct({ host_keys: [{ kid: 'next', alg: 'EdDSA', jwk }] })
    }
    expect(changes(key(5), key(7))).toEqual([
      '~ products[recover].host_keys[next].jwk.oth[1].r: 5 → 7',
    ])
  })

  it('tells a plain list as one value, and what goes by what it was', () => {
    const before = aProduct({ currencies: ['USD', 'EUR'], time_zone: 'Europe/Berlin' })
    const after = aProduct({ support_email: 'help@example.com' })
    expect(changes(before, after)).toEqual([
      '~ products[recover].time_zone: "Europe/Berlin" → "UTC"',
      '~ products[recover].currencies: ["USD","EUR"] → ["USD"]',
      '+ products[recover].support_email: "help@example.com"',
    ])
    expect(changes(after, before).at(-1)).toBe(
      '- products[recover].support_email: "help@example.com"',
    )
  })

  it('keeps both values as they are, for programs', () => {
    const [change] = catalogueDiff(
      { products: [dr({ grace_days: 0 })] },
      { products: [dr({ grace_days: 7 })] },
    )
    expect(change).toEqual({ path: 'products[recover].plans[dr].grace_days', from: 0, to: 7 })
  })

  it('finds nothing where plans only stand in another order', () => {
    const one = aProduct({ plans: [recurringPlan(), oneTimePlan()] })
    const other = aProduct({ plans: [oneTimePlan(), recurringPlan()] })
    expect(changes(one, other)).toEqual([])
  })

  it('hides nothing, not even where two rules have the same name', () => {
    const rules = fc.array(
      fc.record({
        plan: fc.constantFrom('failback', 'drill'),
        when: fc.constantFrom('on_purchase' as const, 'every_paid_period' as const),
      }),
      { maxLength: 3 },
    )
    fc.assert(
      fc.property(rules, rules, (some, others) => {
        const [before, after] = [dr({ complimentary: some }), dr({ complimentary: others })]
        if (changes(before, after).length > 0) return
        const sorted = (list: typeof some) => list.map((rule) => JSON.stringify(rule)).toSorted()
        expect(sorted(some)).toEqual(sorted(others))
      }),
    )
  })
})
