import { describe, expect, it } from 'vitest'
import { formatInstant as text, parseInstant as at } from '../../../server/domain/calendar.ts'
import { type GrantTerms, grantOf, grantedPlan } from '../../../server/domain/grant.ts'
import { aProduct, oneTimePlan, recurringPlan } from '../../support/catalogue.ts'
import { errorsOf } from '../../support/renewals.ts'

const terms = (given: Partial<GrantTerms> = {}): GrantTerms => ({
  plan: 'dr',
  quantity: 4,
  months: null,
  days: null,
  ...given,
})
const plans = [recurringPlan({ quantity: { min: 4, max: 10, step: 2 } }), oneTimePlan()]
const product = aProduct({ plans })

describe('grantedPlan() (S10, S34)', () => {
  it.each([
    { why: 'fewer units than are sold', given: { quantity: 2 } },
    { why: 'as many as are sold', given: { quantity: 10 } },
    { why: 'one month', given: { months: 1 } },
    { why: 'five years', given: { months: 60 } },
    { why: 'one day', given: { days: 1 } },
    { why: 'as many days', given: { days: 1830 } },
  ])('gives $why', ({ given }) => {
    expect(grantedPlan(product, terms(given)).id).toBe('dr')
  })

  it('counts steps from the smallest number that is sold', () => {
    const odd = aProduct({ plans: [recurringPlan({ quantity: { min: 1, max: 9, step: 2 } })] })
    expect(grantedPlan(odd, terms({ quantity: 3 })).id).toBe('dr')
    const errors = errorsOf(() => grantedPlan(odd, terms({ quantity: 4 })))
    expect(errors).toEqual([
      { pointer: '/quantity', detail: 'Whole units, at most 9, in steps of 2 from 1.' },
    ])
  })

  it.each([
    { given: { plan: 'gone' }, pointer: '/plan' },
    { given: { quantity: 0 }, pointer: '/quantity' },
    { given: { quantity: 3 }, pointer: '/quantity' },
    { given: { quantity: 12 }, pointer: '/quantity' },
    { given: { quantity: 2.5 }, pointer: '/quantity' },
    { given: { months: 1, days: 1 }, pointer: '/days' },
    { given: { months: 0 }, pointer: '/months' },
    { given: { months: 61 }, pointer: '/months' },
    { given: { days: 0 }, pointer: '/days' },
    { given: { days: 1831 }, pointer: '/days' },
  ])('names $pointer for $given', ({ given, pointer }) => {
    const errors = errorsOf(() => grantedPlan(product, terms(given)))
    expect(errors).toEqual([{ pointer, detail: expect.stringMatching(/\w.*\.$/) }])
  })
})

describe('grantOf()', () => {
  const when = { startsAt: at('2025-01-31T16:55:10Z'), zone: 'UTC' }
  const [dr, failback] = plans
  const grant = (plan: typeof dr, given: Partial<GrantTerms> = {}) => {
    if (plan === undefined) throw new Error('no plan')
    const { coverage, entries: _, plan: of, ...rest } = grantOf(plan, terms(given), when)
    return { ...rest, plan: of.id, endsAt: text(coverage.endsAt), total: coverage.total }
  }
  const renewable = { kind: 'grant', plan: 'dr', cycle: 'month', renewalMode: 'manual' }

  it('S10: is one cycle where no length is named, and can be renewed by hand (S80)', () => {
    expect(grant(dr)).toEqual({
      ...renewable,
      nextChargeAt: null,
      endsAt: '2025-02-28T16:55:10Z',
      total: 4,
    })
  })

  it('S10: is as many months or days as are given', () => {
    expect(grant(dr, { months: 3 }).endsAt).toBe('2025-04-30T16:55:10Z')
    expect(grant(dr, { days: 10 }).endsAt).toBe('2025-02-10T16:55:10Z')
  })

  it('is the validity of a plan without cycles, and is never renewed (S24)', () => {
    expect(grant(failback)).toMatchObject({
      cycle: null,
      renewalMode: null,
      endsAt: '2025-04-30T16:55:10Z',
    })
    const whole = oneTimePlan({ one_time: false })
    expect(grant(whole).renewalMode).toBeNull()
    const once = recurringPlan({ one_time: true })
    expect(grant(once).renewalMode).toBeNull()
  })
})
