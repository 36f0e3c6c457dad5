import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { coTermObstacle, upgradesOf } from '../../../server/domain/co-term.ts'
import { explain } from '../../../server/domain/explanation.ts'
import { RENEWAL_WORDS } from '../../../server/domain/renewal-words.ts'
import { aProduct, oneTimePlan, promoCode, recurringPlan } from '../../support/catalogue.ts'
import { errorsOf, idOf, onlyLine, quoteCoTerm, renewable } from '../../support/renewals.ts'

/** Ends 2024-03-25T15:30:27Z, on the 25th. */
const license = renewable()
const text = (quote: ReturnType<typeof quoteCoTerm>, locale = 'en') =>
  quote.lines.map((line) => explain(line.explanation, quote.currency, locale))

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
  const dearer = { prices: plus.prices }
  const product = aProduct({
    plans: [
      recurringPlan(),
      plus,
      basic,
      recurringPlan({ id: 'even', name: 'As dear' }),
      recurringPlan({ ...dearer, id: 'gone', retired_at: '2024-03-01T00:00:00Z' }),
      recurringPlan({ ...dearer, id: 'few', quantity: { min: 1, max: 9, step: 1 } }),
      oneTimePlan({ ...dearer }),
      oneTimePlan({
        id: 'whole',
        one_time: false,
        prices: [{ currency: 'USD', unit_amount: 1e6 }],
      }),
    ],
    promo_codes: [
      promoCode({ code: 'TO-PLUS', percent_bp: 1000, plans: ['plus'] }),
      promoCode({ code: 'FOR-DR', percent_bp: 1000, plans: ['dr'] }),
    ],
  })
  const upgrade = (plan: string, when: string, asked: { promoCode?: string } = {}, of = product) =>
    quoteCoTerm(
      [license],
      { kind: 'upgrade', wanted: [{ license_id: license.id, plan }], at: at(when), ...asked },
      of,
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

  it('brings no complimentary licenses, also for a full cycle: the units are the same', () => {
    const free = { complimentary: [{ plan: 'failback' }] }
    const bringing = {
      ...product,
      plans: product.plans.map((plan) =>
        plan.id === 'plus' ? recurringPlan({ ...plan, ...free }) : plan,
      ),
    }
    const quote = upgrade('plus', '2024-02-25T15:30:27Z', {}, bringing)
    expect([onlyLine(quote).months, quote.complimentary]).toEqual([1, []])
  })

  it.each([
    { plan: 'basic', detail: RENEWAL_WORDS.en.downgrade('DR Basic') },
    { plan: 'even', detail: RENEWAL_WORDS.en.downgrade('As dear') },
    { plan: 'dr', detail: RENEWAL_WORDS.en.samePlan },
    { plan: 'failback', detail: RENEWAL_WORDS.en.noPlan },
    { plan: 'whole', detail: RENEWAL_WORDS.en.noPlan },
    { plan: 'gone', detail: RENEWAL_WORDS.en.noPlan },
    { plan: 'unknown', detail: RENEWAL_WORDS.en.noPlan },
    { plan: 'few', detail: expect.stringContaining('9') },
  ])('never goes to $plan', ({ plan, detail }) => {
    expect(() => upgrade(plan, '2024-03-01T00:00:00Z')).toThrow('request.invalid')
    expect(errorsOf(() => upgrade(plan, '2024-03-01T00:00:00Z'))).toEqual([
      { pointer: '/upgrades/0/plan', detail },
    ])
  })

  it('takes a promo code of the plan that it goes to, and of no other', () => {
    const priced = (code: string) => upgrade('plus', '2024-03-15T09:00:00Z', { promoCode: code })
    expect(priced('TO-PLUS')).toMatchObject({ promoCode: 'TO-PLUS', discount: 807, total: 7258 })
    expect(errorsOf(() => priced('FOR-DR'))?.map(({ pointer }) => pointer)).toEqual(['/promo_code'])
  })

  it('is offered for dearer plans of the product only', () => {
    const names = upgradesOf(license, product, at('2024-03-01T00:00:00Z')).map(({ id }) => id)
    expect(names).toEqual(['plus'])
  })

  it('is not offered to a license of one whole period, nor to one whose plan is gone', () => {
    const whole = renewable(undefined, { planId: 'whole', cycle: null })
    expect(coTermObstacle(whole, product, at('2024-03-01T00:00:00Z'))).toBe('whole_period')
    const lost = renewable(undefined, { planId: 'lost' })
    expect(upgradesOf(lost, product, at('2024-03-01T00:00:00Z'))).toEqual([])
  })

  it('is one order for several licenses, or none', () => {
    const other = renewable(undefined, { id: idOf(2), suspendedAt: at('2024-03-01T00:00:00Z') })
    const wanted = [license, other].map(({ id }) => ({ license_id: id, plan: 'plus' }))
    const asked = { kind: 'upgrade', wanted, at: at('2024-03-01T00:00:00Z') } as const
    expect(() => quoteCoTerm([license, other], asked, product)).toThrow('renewals.not_possible')
  })
})
