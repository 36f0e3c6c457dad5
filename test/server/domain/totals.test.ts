import { describe, expect, it } from 'vitest'
import { type ListedLine, type Terms, settle } from '../../../server/domain/totals.ts'
import { promoCode } from '../../support/catalogue.ts'
import { errorsOf } from '../../support/renewals.ts'

const line = (amount: number, planId = 'dr'): ListedLine => ({
  planId,
  unitAmount: amount,
  amount,
  explanation: [],
})
const terms = (given: Partial<Terms> = {}): Terms => ({
  currency: 'USD',
  promo: null,
  tax: null,
  ...given,
})
const vat = { name: 'VAT', rate_bp: 2000, mode: 'exclusive' } as const
const kinds = (settled: ReturnType<typeof settle>) =>
  settled.lines.map(({ explanation }) => explanation.map(({ kind }) => kind))

describe('settle()', () => {
  it('R11: sums lines that are taken apart into amount, discount and tax', () => {
    const promo = promoCode({ percent_bp: 1000, plans: ['dr'] })
    const settled = settle([line(10_000), line(5000, 'failback')], terms({ promo, tax: vat }))
    expect(settled.lines).toMatchObject([
      { amount: 9000, discount: 1000, tax: 1800 },
      { amount: 5000, discount: 0, tax: 1000 },
    ])
    expect(settled.totals).toEqual({
      subtotal: 14_000,
      discount: 1000,
      tax: 2800,
      total: 16_800,
      waived: 0,
    })
    expect(kinds(settled)).toEqual([['discount', 'tax'], ['tax']])
  })

  it('tells of no tax where the rate is nothing', () => {
    expect(kinds(settle([line(10_000)], terms({ tax: { ...vat, rate_bp: 0 } })))).toEqual([[]])
  })

  it('waives what is too little to be charged: it joins the discount, and its tax is gone', () => {
    const settled = settle([line(20), line(0), line(15)], terms({ tax: vat }))
    expect(settled.totals).toEqual({ subtotal: 0, discount: 35, tax: 0, total: 0, waived: 42 })
    expect(settled.lines.map(({ amount, discount, tax }) => [amount, discount, tax])).toEqual([
      [0, 20, 0],
      [0, 0, 0],
      [0, 15, 0],
    ])
    expect(kinds(settled)).toEqual([['waived'], [], ['waived']])
  })

  it('waives nothing where nothing is to be paid, nor from the smallest charge on', () => {
    const free = settle([line(10_000)], terms({ promo: promoCode({ percent_bp: 10_000 }) }))
    expect([free.totals.total, free.totals.waived, kinds(free)]).toEqual([0, 0, [['discount']]])
    expect(settle([line(49)], terms()).totals).toMatchObject({ total: 0, waived: 49 })
    expect(settle([line(50)], terms()).totals).toMatchObject({ total: 50, waived: 0 })
  })

  it('refuses more than one payment can be, and says how much that is', () => {
    expect(settle([line(99_999_999)], terms()).totals.total).toBe(99_999_999)
    expect(errorsOf(() => settle([line(99_999_999), line(1)], terms()))).toEqual([
      { pointer: '/items', detail: expect.stringContaining('$999,999.99') },
    ])
  })
})
