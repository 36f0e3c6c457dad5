import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { Refused } from '../../../server/domain/refusals.ts'
import {
  checkQuantity,
  checkSelection,
  type SelectionItem,
} from '../../../server/domain/selection.ts'
import { aProduct, oneTimePlan, promoCode, recurringPlan } from '../../support/catalogue.ts'

const at = Temporal.Instant.from('2026-11-21T10:00:00Z')
const dr = { plan: 'dr', quantity: 5, cycle: 'month', auto_renew: true } as const
const failback = { plan: 'failback', quantity: 2 } as const

const product = aProduct({
  currencies: ['USD', 'EUR'],
  promo_codes: [
    promoCode({ code: 'WELCOME', percent_bp: 1000, plans: ['failback'] }),
    promoCode({ code: 'OLD', percent_bp: 1000, expires_at: '2026-11-21T10:00:00Z' }),
    promoCode({ code: 'TEN', amount: { currency: 'EUR', minor: 1000 } }),
  ],
  plans: [
    recurringPlan({ quantity: { min: 5, max: 100, step: 5 } }),
    oneTimePlan(),
    oneTimePlan({ id: 'gone', name: 'Gone License', retired_at: '2026-11-21T10:00:00Z' }),
    oneTimePlan({ id: 'dear', prices: [{ currency: 'USD', unit_amount: 10_000_000 }] }),
    recurringPlan({ id: 'steady', name: 'Steady', auto_renewal: 'never' }),
    recurringPlan({
      id: 'monthly',
      name: 'Monthly',
      prices: [{ currency: 'USD', cycle: 'month', unit_amount: 99_999_999 }],
    }),
    recurringPlan({ id: 'sudden', name: 'Sudden', auto_renewal_lead_days: 0 }),
  ],
})

function check(
  items: readonly SelectionItem[],
  rest: { currency?: string; promoCode?: string } = {},
) {
  return checkSelection(product, { items, at, ...rest })
}

/** Pointers and sentences of the refusal; fails when nothing was refused. */
function mistakes(...given: Parameters<typeof check>): (readonly [string, string])[] {
  try {
    check(...given)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    expect(error.code).toBe('request.invalid')
    return (error.detail.errors ?? []).map(({ pointer, detail }) => [pointer, detail] as const)
  }
  throw new Error('nothing was refused')
}

describe('checkQuantity()', () => {
  const plan = recurringPlan({ quantity: { min: 3, max: 11, step: 4 } })

  it('takes the steps of the plan from its least to its most', () => {
    expect([3, 7, 11].map((units) => checkQuantity(plan, units))).toEqual([null, null, null])
  })

  it.each([
    { units: 0, says: 'Enter a whole number of at least 1.' },
    { units: -1, says: 'Enter a whole number of at least 1.' },
    { units: 3.5, says: 'Enter a whole number of at least 1.' },
    { units: 2 ** 53, says: 'Enter a whole number of at least 1.' },
    { units: 2, says: 'DR License is sold from 3 units.' },
    { units: 15, says: 'DR License is sold up to 11 units at a time.' },
    { units: 5, says: 'DR License is sold in steps of 4, starting at 3.' },
    { units: 1, says: 'DR License is sold from 3 units.' },
  ])('says what is wrong with $units', ({ units, says }) => {
    expect(checkQuantity(plan, units)).toBe(says)
  })
})

describe('checkSelection()', () => {
  it('takes a DR purchase with everything chosen, in the first currency', () => {
    expect(check([dr])).toMatchObject({
      currency: 'USD',
      promo: null,
      items: [
        { plan: { id: 'dr' }, price: { unit_amount: 7500 }, cycle: 'month', autoRenew: true },
      ],
    })
  })

  it.each([{}, { cycle: null, auto_renew: null }, { auto_renew: false }])(
    'S6: takes failback without cycle and auto-renewal (%o)',
    (rest) => {
      expect(check([{ ...failback, ...rest }]).items).toMatchObject([
        { plan: { id: 'failback' }, cycle: null, autoRenew: false },
      ])
    },
  )

  it.each([
    {
      why: 'auto-renewal of a one-time plan',
      item: { ...failback, auto_renew: true },
      field: 'auto_renew',
    },
    {
      why: 'a cycle where there is none',
      item: { ...failback, cycle: 'month' as const },
      field: 'cycle',
    },
    { why: 'no cycle chosen', item: { ...dr, cycle: null }, field: 'cycle' },
    { why: 'auto-renewal not answered', item: { ...dr, auto_renew: null }, field: 'auto_renew' },
    {
      why: 'auto-renewal of a plan that never does',
      item: { ...dr, plan: 'steady' },
      field: 'auto_renew',
    },
    { why: "another product's plan", item: { ...dr, plan: 'migration' }, field: 'plan' },
    {
      why: 'a retired plan, from that second on',
      item: { ...failback, plan: 'gone' },
      field: 'plan',
    },
    { why: 'quantity 0', item: { ...dr, quantity: 0 }, field: 'quantity' },
    { why: 'quantity −1', item: { ...failback, quantity: -1 }, field: 'quantity' },
    { why: 'quantity 1.5', item: { ...failback, quantity: 1.5 }, field: 'quantity' },
    { why: 'quantity 10^12', item: { ...failback, quantity: 10 ** 12 }, field: 'quantity' },
    { why: 'less than the least', item: { ...dr, quantity: 4 }, field: 'quantity' },
    { why: 'between two steps', item: { ...dr, quantity: 12 }, field: 'quantity' },
    {
      why: 'more than can be charged',
      item: { ...failback, plan: 'dear', quantity: 10 },
      field: 'quantity',
    },
  ])('S7: refuses $why and names /items/0/$field', ({ item, field }) => {
    expect(mistakes([item]).map(([pointer]) => pointer)).toEqual([`/items/0/${field}`])
  })

  it('takes exactly what one payment can be, and only the cycles that have a price', () => {
    const dear = { ...dr, plan: 'monthly', quantity: 1 }
    expect(check([dear]).items).toHaveLength(1)
    expect(mistakes([{ ...dear, quantity: 2 }])[0]?.[1]).toMatch(/one payment can be/)
    expect(mistakes([{ ...dear, cycle: 'year' }])).toEqual([
      ['/items/0/cycle', 'Monthly is billed by month only.'],
    ])
  })

  it('names every mistake of every item at once', () => {
    const wrong = { plan: 'failback', quantity: 0, cycle: 'year', auto_renew: true } as const
    const pointers = mistakes([dr, wrong, { ...dr, plan: 'x' }], { promoCode: 'NONE' }).map(
      ([p]) => p,
    )
    expect(pointers).toEqual([
      '/items/1/quantity',
      '/items/1/cycle',
      '/items/1/auto_renew',
      '/items/2/plan',
      '/promo_code',
    ])
  })

  it('names the currency when the product is not sold in it, and the plan when only that is not', () => {
    expect(mistakes([dr], { currency: 'GBP' })).toEqual([
      ['/currency', 'Recover is not sold in GBP: choose USD or EUR.'],
    ])
    expect(mistakes([failback], { currency: 'EUR' })).toEqual([
      ['/items/0/plan', 'Failback License has no price in EUR.'],
    ])
  })

  it('takes a code in any case, and says why another cannot be used', () => {
    expect(check([failback], { promoCode: ' welcome ' }).promo?.code).toBe('WELCOME')
    expect(mistakes([dr], { promoCode: 'WELCOME' })).toEqual([
      ['/promo_code', 'This code does not apply to the chosen plans.'],
    ])
    expect(mistakes([dr], { promoCode: 'OLD' })[0]?.[1]).toMatch(/has expired/)
    expect(mistakes([dr], { promoCode: 'TEN' })[0]?.[1]).toMatch(/in this currency/)
    expect(mistakes([dr], { promoCode: 'WELCOM' })[0]?.[1]).toMatch(/not known/)
  })

  it('lets nothing renew by itself beside something with another cycle or charge day', () => {
    const yearly = { ...dr, cycle: 'year' } as const
    expect(mistakes([dr, yearly]).map(([pointer]) => pointer)).toEqual(['/items/1/cycle'])
    expect(mistakes([dr, { ...dr, plan: 'sudden' }])).toHaveLength(1)
    expect(check([dr, { ...yearly, auto_renew: false }]).items).toHaveLength(2)
  })
})
