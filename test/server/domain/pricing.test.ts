import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { Product } from '../../../server/domain/catalogue.ts'
import { explain } from '../../../server/domain/explanation.ts'
import { currencyRules } from '../../../server/domain/money.ts'
import { priceSelection } from '../../../server/domain/pricing.ts'
import type { PricedQuote } from '../../../server/domain/quote.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { checkSelection, type SelectionItem } from '../../../server/domain/selection.ts'
import { aProduct, oneTimePlan, promoCode, recurringPlan } from '../../support/catalogue.ts'

const dr = { plan: 'dr', quantity: 5, cycle: 'month', auto_renew: true } as const
const failback = { plan: 'failback', quantity: 2 } as const
const vat = (mode: 'inclusive' | 'exclusive', rate_bp = 1900) => ({ name: 'VAT', rate_bp, mode })

function price(
  product: Product,
  items: readonly SelectionItem[],
  rest: { promoCode?: string; currency?: string; at?: string; zone?: string } = {},
): PricedQuote {
  const { zone = 'UTC', at: paidAt = '2025-01-31T16:55:10.987Z', ...chosen } = rest
  const at = Temporal.Instant.from(paidAt)
  const checked = checkSelection(product, { items, at, ...chosen })
  return priceSelection({ product, ...checked, at, zone })
}

const words = (quote: PricedQuote, locale = 'en') =>
  quote.lines.map((line) => explain(line.explanation, quote.currency, locale))

describe('priceSelection()', () => {
  it('prices five DR licenses for a month, with what comes free and what comes next', () => {
    const quote = price(aProduct(), [dr])
    expect(quote).toEqual({
      currency: 'USD',
      zone: 'UTC',
      lines: [
        {
          kind: 'purchase',
          plan: 'dr',
          planName: 'DR License',
          type: 'dr',
          licenseId: null,
          quantity: 5,
          cycle: 'month',
          months: 1,
          autoRenew: true,
          oneTime: false,
          startsAt: '2025-01-31T16:55:10Z',
          endsAt: '2025-02-28T16:55:10Z',
          unitAmount: 7500,
          amount: 37_500,
          discount: 0,
          tax: 0,
          explanation: [{ kind: 'term', months: 1, cycle: 'month', unitAmount: 7500, quantity: 5 }],
        },
      ],
      subtotal: 37_500,
      discount: 0,
      tax: 0,
      total: 37_500,
      waived: 0,
      taxNote: null,
      renewal: { amount: 37_500, every: 'month', firstChargeAt: '2025-02-21T03:00:00Z' },
      complimentary: [
        {
          plan: 'failback',
          planName: 'Failback License',
          quantity: 5,
          endsAt: '2025-02-28T16:55:10Z',
          line: 0,
        },
      ],
      promoCode: null,
    })
    expect(words(quote)).toEqual(['1 month × $75.00 × 5'])
    expect(JSON.parse(JSON.stringify(quote))).toEqual(quote)
  })

  it('R8: sells a year of DR, and three months of failback without renewal or gifts', () => {
    const year = price(aProduct(), [{ ...dr, cycle: 'year', auto_renew: false }])
    expect(year).toMatchObject({ total: 375_000, renewal: null })
    expect(year.lines).toMatchObject([{ months: 12, endsAt: '2026-01-31T16:55:10Z' }])
    const once = price(aProduct(), [failback])
    expect(once).toMatchObject({ total: 18_000, renewal: null, complimentary: [] })
    expect(once.lines).toMatchObject([{ months: 3, oneTime: true, endsAt: '2025-04-30T16:55:10Z' }])
    expect(words(once)).toEqual(['3 months, one-time × $90.00 × 2'])
  })

  it('promises a renewal of nothing but what renews by itself', () => {
    const quote = price(aProduct(), [{ ...dr, auto_renew: false }, dr, failback])
    expect(quote).toMatchObject({ total: 93_000, renewal: { amount: 37_500, every: 'month' } })
    expect(quote.complimentary).toMatchObject([{ line: 0 }, { line: 1 }])
  })

  it('counts days in the zone of the customer', () => {
    const at = '2025-03-30T17:00:00Z'
    const shanghai = price(aProduct(), [dr], { at, zone: 'Asia/Shanghai' })
    expect(shanghai.lines).toMatchObject([{ endsAt: '2025-04-29T17:00:00Z' }])
    expect(shanghai.renewal?.firstChargeAt).toBe('2025-04-21T19:00:00Z')
  })

  it('prices the whole line at the tier that it reaches', () => {
    const tiers = [
      { from: 10, unit_amount: 7000 },
      { from: 50, unit_amount: 6000 },
    ]
    const prices = [{ currency: 'USD', cycle: 'month' as const, unit_amount: 7500, tiers }]
    const product = aProduct({ plans: [recurringPlan({ prices })] })
    const total = (quantity: number) => price(product, [{ ...dr, quantity }]).total
    expect([9, 10, 49, 50].map(total)).toEqual([67_500, 70_000, 343_000, 300_000])
    const quote = price(product, [{ ...dr, quantity: 50 }])
    expect(words(quote)).toEqual(['1 month × $60.00 × 50, volume price from 50 units'])
    expect(quote.lines).toMatchObject([{ unitAmount: 6000 }])
  })

  it('takes a promo code off this order only: the renewal is at the list price, with tax', () => {
    const product = aProduct({
      tax: vat('exclusive'),
      promo_codes: [promoCode({ percent_bp: 1000 })],
    })
    const quote = price(product, [{ ...dr, quantity: 10 }], { promoCode: 'WELCOME' })
    expect(quote).toMatchObject({
      subtotal: 67_500,
      discount: 7500,
      tax: 12_825,
      total: 80_325,
      promoCode: 'WELCOME',
      renewal: { amount: 89_250 },
      taxNote: { name: 'VAT', percent: '19', mode: 'exclusive' },
    })
    expect(words(quote)).toEqual([
      '1 month × $75.00 × 10, less $75.00 with WELCOME, plus $128.25 VAT (19%)',
    ])
    expect(words(quote, 'zh-CN')).toEqual([
      '1 个月 × US$75.00 × 10，优惠码 WELCOME 减 US$75.00，另加 VAT（19%）US$128.25',
    ])
  })

  it('contains inclusive tax in the total', () => {
    const quote = price(aProduct({ tax: vat('inclusive') }), [failback])
    expect(quote).toMatchObject({ subtotal: 18_000, tax: 2874, total: 18_000 })
    expect(words(quote)).toEqual(['3 months, one-time × $90.00 × 2, $28.74 VAT (19%) included'])
  })

  it('R11: waives what is too small to charge, on the lines as in the total', () => {
    const plan = oneTimePlan({ prices: [{ currency: 'USD', unit_amount: 49 }] })
    const enough = oneTimePlan({ prices: [{ currency: 'USD', unit_amount: 25 }] })
    const quote = price(aProduct({ plans: [plan] }), [{ ...failback, quantity: 1 }])
    expect(quote).toMatchObject({ subtotal: 0, discount: 49, total: 0, waived: 49 })
    expect(words(quote)).toEqual([
      '3 months, one-time × $0.49 × 1, $0.49 waived: too little to charge',
    ])
    expect(price(aProduct({ plans: [enough] }), [failback])).toMatchObject({ total: 50, waived: 0 })
  })

  it('refuses more than one payment can be, although each line alone could be paid', () => {
    const items = [10_000, 10_000].map((quantity) => ({ ...failback, quantity }))
    const twice = () => price(aProduct(), [...items])
    expect(twice).toThrow(Refused)
  })
})

describe('laws of a quote', () => {
  const currencies = ['USD', 'JPY', 'KWD'] as const
  const step = (currency: string) => currencyRules(currency).step
  const rules = fc.record({
    currency: fc.constantFrom(...currencies),
    units: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 }),
    price: fc.integer({ min: 0, max: 2000 }),
    rate_bp: fc.integer({ min: 0, max: 10_000 }),
    mode: fc.constantFrom('inclusive' as const, 'exclusive' as const),
    promo: fc.oneof(
      fc.record({ percent_bp: fc.integer({ min: 1, max: 10_000 }) }),
      fc.record({ minor: fc.integer({ min: 1, max: 5000 }) }),
    ),
  })

  it('P16: Σ lines = total, nothing is negative, everything can be charged', () => {
    fc.assert(
      fc.property(rules, ({ currency, units, price: unit, rate_bp, mode, promo }) => {
        const unit_amount = unit * step(currency)
        const code = promoCode(
          'minor' in promo
            ? { amount: { currency, minor: promo.minor * step(currency) } }
            : { percent_bp: promo.percent_bp },
        )
        const product = aProduct({
          currencies: [...currencies],
          tax: { name: 'VAT', rate_bp, mode },
          promo_codes: [code],
          plans: [oneTimePlan({ prices: [{ currency, unit_amount }] })],
        })
        const items = units.map((quantity) => ({ plan: 'failback', quantity }))
        const quote = price(product, items, { currency, promoCode: 'WELCOME' })
        const sum = (field: 'amount' | 'tax' | 'discount') =>
          quote.lines.reduce((total, line) => total + line[field], 0)
        expect(quote.subtotal).toBe(sum('amount'))
        expect(quote.tax).toBe(sum('tax'))
        expect(quote.discount).toBe(sum('discount'))
        expect(quote.total).toBe(sum('amount') + (mode === 'exclusive' ? sum('tax') : 0))
        for (const [index, line] of quote.lines.entries()) {
          expect(line.amount).toBeGreaterThanOrEqual(0)
          expect(line.amount + line.discount).toBe(unit_amount * (units[index] ?? 0))
          expect(line.amount % step(currency)).toBe(0)
        }
        expect(quote.total % step(currency)).toBe(0)
        expect(quote.total === 0 || quote.total >= currencyRules(currency).minimum).toBe(true)
      }),
    )
  })

  it('P16: over 1 … 10,000 units, tax is within half a unit of the exact rate, never twice rounded', () => {
    for (const mode of ['exclusive', 'inclusive'] as const) {
      const prices = [{ currency: 'USD', unit_amount: 333 }]
      const product = aProduct({ tax: vat(mode, 825), plans: [oneTimePlan({ prices })] })
      for (let quantity = 1; quantity <= 10_000; quantity += quantity < 300 ? 1 : 97) {
        const { tax, total, subtotal } = price(product, [{ ...failback, quantity }])
        const base = mode === 'exclusive' ? 10_000 : 10_825
        expect(Math.abs(2 * (tax * base - subtotal * 825))).toBeLessThanOrEqual(base)
        expect(total).toBe(333 * quantity + (mode === 'exclusive' ? tax : 0))
      }
    }
  })
})
