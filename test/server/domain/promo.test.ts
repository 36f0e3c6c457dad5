import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  checkPromo,
  discountsOf,
  promoOf,
  promoProblem,
  promoSentence,
} from '../../../server/domain/promo.ts'
import { aProduct, promoCode } from '../../support/catalogue.ts'

const at = Temporal.Instant.from('2026-11-21T10:00:00Z')
const dr = (amount: number) => ({ planId: 'dr', amount })
const failback = (amount: number) => ({ planId: 'failback', amount })
const off = (minor: number) => promoCode({ amount: { currency: 'USD', minor } })

describe('discountsOf()', () => {
  it.each([
    { why: 'no code', promo: null, lines: [dr(7500)], parts: [0] },
    {
      why: 'a percentage, rounded on each line',
      promo: promoCode({ percent_bp: 1500 }),
      lines: [dr(33), dr(33), dr(33)],
      parts: [5, 5, 5],
    },
    {
      why: 'an amount, by largest remainder',
      promo: off(100),
      lines: [dr(50), dr(100)],
      parts: [33, 67],
    },
    { why: 'never below 0', promo: off(100_000), lines: [dr(7500), dr(1)], parts: [7500, 1] },
    {
      why: 'only the plans it is for',
      promo: promoCode({ percent_bp: 5000, plans: ['failback'] }),
      lines: [dr(1000), failback(1000)],
      parts: [0, 500],
    },
    {
      why: 'everything',
      promo: promoCode({ percent_bp: 10_000 }),
      lines: [dr(1), failback(2)],
      parts: [1, 2],
    },
  ])('takes off $why', ({ promo, lines, parts }) => {
    expect(discountsOf(promo, lines, 'USD')).toEqual(parts)
  })

  it('takes nothing off in another currency', () => {
    expect(discountsOf(off(100), [dr(1000)], 'EUR')).toEqual([0])
  })
})

describe('promoProblem()', () => {
  const use = { planIds: ['dr'], currency: 'USD', at }
  const limited = promoCode({ percent_bp: 1000, max_uses: 3, max_uses_per_customer: 2 })

  it.each([
    { total: 2, byCustomer: 1, problem: null },
    { total: 3, byCustomer: 0, problem: 'used_up' },
    { total: 2, byCustomer: 2, problem: 'used_by_customer' },
  ])('with $total uses, $byCustomer of them theirs: $problem', ({ problem, ...uses }) => {
    expect(promoProblem(limited, { ...use, uses })).toBe(problem)
  })

  it('lets a customer use a code once where nothing else is said', () => {
    const once = promoCode({ percent_bp: 1000 })
    expect(promoProblem(once, { ...use, uses: { total: 1, byCustomer: 1 } })).toBe(
      'used_by_customer',
    )
  })

  it('is over at the very second that it names', () => {
    const code = promoCode({ percent_bp: 1000, expires_at: '2026-11-21T10:00:00Z' })
    expect(promoProblem(code, use)).toBe('expired')
    expect(promoProblem(code, { ...use, at: at.subtract({ seconds: 1 }) })).toBeNull()
  })

  it('applies when it fits any of the chosen plans', () => {
    const code = promoCode({ percent_bp: 1000, plans: ['failback'] })
    expect(promoProblem(code, { ...use, planIds: ['dr', 'failback'] })).toBeNull()
    expect(promoProblem(code, use)).toBe('other_plans')
  })

  it('takes an amount off in its own currency only', () => {
    expect(promoProblem(off(100), use)).toBeNull()
    expect(promoProblem(off(100), { ...use, currency: 'EUR' })).toBe('other_currency')
  })

  it('is unknown where there is no such code, and fine where nobody counted its uses', () => {
    expect(promoProblem(null, use)).toBe('unknown')
    expect(promoProblem(limited, use)).toBeNull()
  })

  it('has a sentence of its own for every problem', () => {
    const problems = ['unknown', 'expired', 'other_plans', 'other_currency', 'used_up'] as const
    const sentences = [...problems, 'used_by_customer' as const].map(promoSentence)
    expect(new Set(sentences).size).toBe(6)
    for (const sentence of sentences) expect(sentence).toMatch(/code .*\.$/)
  })
})

describe('a code that somebody typed', () => {
  const welcome = promoCode({ percent_bp: 1000 })
  const product = aProduct({ promo_codes: [promoCode({ code: 'OTHER', percent_bp: 1 }), welcome] })
  const use = { planIds: ['dr'], currency: 'USD' }

  it('is found however it was typed', () => {
    expect(promoOf(product, ' welcome ')).toEqual(welcome)
    expect(promoOf(product, 'WELCOM')).toBeNull()
  })

  it('is taken, or named with what is wrong with it; none is fine', () => {
    const check = (promoCode: string | null) => checkPromo(product, { promoCode, at }, use)
    expect(check('Welcome')).toEqual({ code: welcome, errors: [] })
    for (const none of [null, '']) expect(check(none)).toEqual({ code: null, errors: [] })
    expect(check('NOBODY')).toEqual({
      code: null,
      errors: [{ pointer: '/promo_code', detail: promoSentence('unknown') }],
    })
  })

  it('is checked at the time of the question', () => {
    const expired = promoCode({ percent_bp: 1, expires_at: '2026-11-21T10:00:00Z' })
    const typed = { promoCode: 'WELCOME', at }
    expect(checkPromo(aProduct({ promo_codes: [expired] }), typed, use).errors).toEqual([
      { pointer: '/promo_code', detail: promoSentence('expired') },
    ])
  })
})
