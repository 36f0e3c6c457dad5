import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { explain } from '../../../server/domain/explanation.ts'
import { paidUnits } from '../../../server/domain/quote.ts'
import type { RenewableLicense } from '../../../server/domain/renewal-eligibility.ts'
import { aProduct, oneTimePlan, promoCode, recurringPlan } from '../../support/catalogue.ts'
import { RENEWAL_WORDS } from '../../../server/domain/renewal-words.ts'
import { errorsOf, idOf, onlyLine, quoteCoTerm, renewable } from '../../support/renewals.ts'

/** Ends 2024-03-25T15:30:27Z, on the 25th. */
const license = renewable()
const text = (quote: ReturnType<typeof quoteCoTerm>) =>
  quote.lines.map((line) => explain(line.explanation, quote.currency, 'en'))
const add = (
  quantity: number,
  when: string,
  of: RenewableLicense = license,
  product = aProduct(),
) =>
  quoteCoTerm(
    [of],
    { kind: 'add_units', wanted: [{ license_id: of.id, quantity }], at: at(when) },
    product,
  )

describe('added units (R14)', () => {
  it.each([
    {
      why: 'a fresh license: exactly one month',
      when: '2024-02-25T15:30:27Z',
      months: 1,
      extraDays: 0,
      amount: 22_500,
      words: '1 month × $75.00 × 3',
    },
    {
      why: 'ten days before the end',
      when: '2024-03-15T09:00:00Z',
      months: 0,
      extraDays: 10,
      amount: 7258,
      words: '10/31 of March × $75.00 × 3',
    },
    {
      why: 'the last day: at least one',
      when: '2024-03-25T09:00:00Z',
      months: 0,
      extraDays: 1,
      amount: 726,
      words: '1/31 of March × $75.00 × 3',
    },
  ])('$why', ({ when, months, extraDays, amount, words }) => {
    const quote = add(3, when)
    const line = onlyLine(quote)
    expect(line).toMatchObject({
      kind: 'add_units',
      months,
      extraDays,
      amount,
      unitsBefore: 10,
      quantity: 13,
      startsAt: when,
      endsAt: '2024-03-25T15:30:27Z',
      expiresAtBefore: '2024-03-25T15:30:27Z',
    })
    expect([paidUnits(line), ...text(quote)]).toEqual([3, words])
  })

  it('are priced at the tier of all units of the license', () => {
    const tiers = [{ from: 13, unit_amount: 6000 }]
    const prices = [{ currency: 'USD', cycle: 'month' as const, unit_amount: 7500, tiers }]
    const product = aProduct({ plans: [recurringPlan({ prices })] })
    expect(add(3, '2024-02-25T15:30:27Z', license, product).total).toBe(18_000)
    expect(add(2, '2024-02-25T15:30:27Z', license, product).total).toBe(15_000)
  })

  it('take a promo code of the plan of their license', () => {
    const product = aProduct({ promo_codes: [promoCode({ percent_bp: 1000, plans: ['dr'] })] })
    const wanted = [{ license_id: license.id, quantity: 3 }]
    const when = at('2024-02-25T15:30:27Z')
    const asked = { kind: 'add_units', wanted, promoCode: 'WELCOME', at: when } as const
    expect(quoteCoTerm([license], asked, product)).toMatchObject({ discount: 2250, total: 20_250 })
  })

  it('are taxed as everything else', () => {
    const product = aProduct({ tax: { name: 'VAT', rate_bp: 2000, mode: 'exclusive' } })
    expect(add(3, '2024-02-25T15:30:27Z', license, product)).toMatchObject({
      subtotal: 22_500,
      tax: 4500,
      total: 27_000,
    })
  })

  it('bring complimentary ones when they are paid for a full cycle', () => {
    expect(add(3, '2024-02-25T15:30:27Z').complimentary).toMatchObject([
      { plan: 'failback', quantity: 3, endsAt: '2024-03-25T15:30:27Z' },
    ])
    expect(add(3, '2024-02-26T15:30:27Z').complimentary).toEqual([])
  })

  const words = RENEWAL_WORDS.en
  it.each([
    { why: 'in grace', when: '2024-03-25T15:30:27Z', given: {}, detail: words.expired },
    {
      why: 'while an order is open',
      given: { openOrderId: 'ord_1' as const },
      detail: words.reasons.order_open,
    },
    { why: 'to a complimentary license', given: { renewalMode: null }, detail: words.never },
    {
      why: 'to a plan of one whole period',
      given: { cycle: null },
      product: aProduct({ plans: [oneTimePlan({ id: 'dr', one_time: false })] }),
      detail: words.whole_period,
    },
  ])('are refused $why', ({ when = '2024-03-01T00:00:00Z', given, product, detail }) => {
    const errors = errorsOf(() => add(1, when, renewable(undefined, given), product))
    expect(errors).toEqual([{ pointer: '/add_units/0/license_id', detail }])
  })

  it('are refused to a license that is not there, and to the same one twice', () => {
    const wanted = [idOf(1), idOf(1), idOf(9)].map((id) => ({ license_id: id, quantity: 1 }))
    const asked = { kind: 'add_units', wanted, at: at('2024-03-01T00:00:00Z') } as const
    expect(errorsOf(() => quoteCoTerm([license], asked))).toEqual([
      { pointer: '/add_units/1/license_id', license_id: idOf(1), detail: words.twice },
      { pointer: '/add_units/2/license_id', detail: words.notFound },
    ])
  })

  it('are paid in the one currency of their licenses (R14)', () => {
    const prices = ['USD', 'EUR'].map((currency) => ({
      currency,
      cycle: 'month' as const,
      unit_amount: 7500,
    }))
    const product = aProduct({ currencies: ['USD', 'EUR'], plans: [recurringPlan({ prices })] })
    const both = [license, renewable(undefined, { id: idOf(2), currency: 'EUR' })]
    const quote = (of: RenewableLicense[], currency?: string) =>
      quoteCoTerm(
        of,
        {
          kind: 'add_units',
          wanted: of.map(({ id }) => ({ license_id: id, quantity: 1 })),
          at: at('2024-03-01T00:00:00Z'),
          currency,
        },
        product,
      )
    expect(() => quote(both)).toThrow('renewals.mixed_currencies')
    expect(errorsOf(() => quote(both))).toEqual([
      { pointer: '/add_units/0/license_id', detail: words.currencyIs('USD') },
      { pointer: '/add_units/1/license_id', detail: words.currencyIs('EUR') },
    ])
    expect(() => quote([license], 'EUR')).toThrow('request.invalid')
    expect(errorsOf(() => quote([license], 'EUR'))).toEqual([
      { pointer: '/currency', detail: words.otherCurrency('USD') },
    ])
    expect(quote([license], 'USD').currency).toBe('USD')
  })

  it('stay within what the plan sells', () => {
    const product = aProduct({ plans: [recurringPlan({ quantity: { min: 1, max: 12, step: 1 } })] })
    expect(add(2, '2024-03-01T00:00:00Z', license, product).lines).toHaveLength(1)
    const errors = errorsOf(() => add(3, '2024-03-01T00:00:00Z', license, product))
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/add_units/0/quantity'])
  })
})
