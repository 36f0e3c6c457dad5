import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { upgradesOf } from '../../../server/domain/co-term.ts'
import { explain } from '../../../server/domain/explanation.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { paidUnits } from '../../../server/domain/quote.ts'
import type { RenewableLicense } from '../../../server/domain/renewal-eligibility.ts'
import { aProduct, oneTimePlan, recurringPlan } from '../../support/catalogue.ts'
import { idOf, onlyLine, quoteCoTerm, renewable } from '../../support/renewals.ts'

/** Ends 2024-03-25T15:30:27Z, on the 25th. */
const license = renewable()
const text = (quote: ReturnType<typeof quoteCoTerm>, locale = 'en') =>
  quote.lines.map((line) => explain(line.explanation, quote.currency, locale))
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

  it('bring complimentary ones when they are paid for a full cycle', () => {
    expect(add(3, '2024-02-25T15:30:27Z').complimentary).toMatchObject([
      { plan: 'failback', quantity: 3, endsAt: '2024-03-25T15:30:27Z' },
    ])
    expect(add(3, '2024-02-26T15:30:27Z').complimentary).toEqual([])
  })

  it.each([
    { why: 'in grace', when: '2024-03-25T15:30:27Z', given: {} },
    {
      why: 'while an order is open',
      when: '2024-03-01T00:00:00Z',
      given: { openOrderId: 'ord_1' as const },
    },
    {
      why: 'to a complimentary license',
      when: '2024-03-01T00:00:00Z',
      given: { renewalMode: null },
    },
    { why: 'to a plan of one whole period', when: '2024-03-01T00:00:00Z', given: { cycle: null } },
  ])('are refused $why', ({ when, given }) => {
    expect(() => add(1, when, renewable(undefined, given))).toThrow(Refused)
  })

  it('stay within what the plan sells', () => {
    const product = aProduct({ plans: [recurringPlan({ quantity: { min: 1, max: 12, step: 1 } })] })
    expect(() => add(2, '2024-03-01T00:00:00Z', license, product)).not.toThrow()
    expect(() => add(3, '2024-03-01T00:00:00Z', license, product)).toThrow(Refused)
  })
})

describe('an upgrade (S81)', () => {
  const plus = recurringPlan({
    id: 'plus',
    name: 'DR Plus',
    prices: [{ currency: 'USD', cycle: 'month', unit_amount: 10_000 }],
  })
  const basic = recurringPlan({
    id: 'basic',
    name: 'DR Basic',
    prices: [{ currency: 'USD', cycle: 'month', unit_amount: 5000 }],
  })
  const product = aProduct({ plans: [recurringPlan(), plus, basic, oneTimePlan()] })
  const upgrade = (plan: string, when: string) =>
    quoteCoTerm(
      [license],
      { kind: 'upgrade', wanted: [{ license_id: license.id, plan }], at: at(when) },
      product,
    )

  it('pays the difference of both plans for the time that is left', () => {
    const quote = upgrade('plus', '2024-03-15T09:00:00Z')
    expect(onlyLine(quote)).toMatchObject({
      kind: 'upgrade',
      plan: 'plus',
      planBefore: 'dr',
      quantity: 10,
      unitsBefore: 10,
      endsAt: '2024-03-25T15:30:27Z',
      unitAmount: 10_000,
      // 10/31 of March at $25.00 for ten units.
      amount: 8065,
    })
    expect(text(quote)).toEqual([
      '10/31 of March × $25.00 × 10, the difference of DR Plus ($100.00) to DR License ($75.00)',
    ])
    expect(text(quote, 'zh-CN')[0]).toContain('差价')
  })

  it.each(['basic', 'dr', 'failback', 'unknown'])('never goes to %s', (plan) => {
    const attempt = () => upgrade(plan, '2024-03-01T00:00:00Z')
    expect(attempt).toThrow(Refused)
    try {
      attempt()
    } catch (error) {
      const errors = error instanceof Refused ? error.detail.errors : undefined
      expect(errors?.map(({ pointer }) => pointer)).toEqual(['/upgrades/0/plan'])
    }
  })

  it('is offered for dearer plans of the product only', () => {
    const names = upgradesOf(license, product, at('2024-03-01T00:00:00Z')).map(({ id }) => id)
    expect(names).toEqual(['plus'])
  })

  it('is one order for several licenses, or none', () => {
    const other = renewable(undefined, { id: idOf(2), suspendedAt: at('2024-03-01T00:00:00Z') })
    const wanted = [license, other].map(({ id }) => ({ license_id: id, plan: 'plus' }))
    const asked = { kind: 'upgrade', wanted, at: at('2024-03-01T00:00:00Z') } as const
    expect(() => quoteCoTerm([license, other], asked, product)).toThrow('renewals.not_possible')
  })
})
