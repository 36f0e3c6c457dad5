import { describe, expect, it } from 'vitest'
import { formatInstant as text, parseInstant as at } from '../../../server/domain/calendar.ts'
import { complimentaryGrant, grantsOf, type PaidLine } from '../../../server/domain/issuance.ts'
import { aProduct, oneTimePlan, recurringPlan } from '../../support/catalogue.ts'

const startsAt = at('2025-01-31T16:55:10Z')
const line = (given: Partial<PaidLine> = {}): PaidLine => ({
  planId: 'dr',
  quantity: 5,
  cycle: 'month',
  months: 1,
  autoRenew: true,
  ...given,
})
const issue = (given: Partial<PaidLine> = {}, canRenewByItself = true, product = aProduct()) =>
  grantsOf(product, line(given), { startsAt, zone: 'America/New_York', canRenewByItself })

describe('grantsOf() (S22–S25)', () => {
  it('brings one license from the payment on, and the complimentary ones until its end', () => {
    const [paid, free, ...others] = issue()
    expect(paid).toMatchObject({ kind: 'paid', plan: { id: 'dr' }, cycle: 'month' })
    expect(free).toMatchObject({
      kind: 'complimentary',
      plan: { id: 'failback' },
      cycle: null,
      renewalMode: null,
      nextChargeAt: null,
    })
    expect(others).toEqual([])
    for (const grant of [paid, free]) {
      expect(grant?.coverage.total).toBe(5)
      expect(grant && text(grant.coverage.endsAt)).toBe('2025-02-28T16:55:10Z')
    }
    expect(paid?.entries.map(({ kind }) => kind)).toEqual(['purchase', 'units_granted'])
    expect(free?.entries.map(({ kind }) => kind)).toEqual(['complimentary', 'units_granted'])
  })

  it('R4: renews by itself from the last 03:00 a week before its end, where that was chosen', () => {
    const [paid] = issue()
    expect(paid?.renewalMode).toBe('auto')
    // 03:00 in New York on 21 February.
    expect(paid?.nextChargeAt && text(paid.nextChargeAt)).toBe('2025-02-21T08:00:00Z')
  })

  it.each([
    { why: 'it was not chosen', given: { autoRenew: false }, can: true },
    { why: 'no payment method was kept', given: {}, can: false },
  ])('R4: waits to be renewed where $why', ({ given, can }) => {
    expect(issue(given, can)[0]).toMatchObject({ renewalMode: 'manual', nextChargeAt: null })
  })

  it('S24: never renews what is used up', () => {
    const once = { planId: 'failback', cycle: null, months: 3 } as const
    const grants = issue(once)
    expect(grants).toHaveLength(1)
    expect(grants[0]).toMatchObject({ kind: 'paid', renewalMode: null, nextChargeAt: null })
  })

  it('a plan that the catalogue of the order lacks is a bug', () => {
    expect(() => issue({ planId: 'gone' })).toThrow('product recover has no plan gone')
    const product = aProduct({
      plans: [recurringPlan({ complimentary: [{ plan: 'gone' }] }), oneTimePlan()],
    })
    expect(() => issue({}, true, product)).toThrow('no plan gone')
  })
})

describe('complimentaryGrant()', () => {
  it('S26: is used once, from the start to the end of what it came with', () => {
    const [paid] = issue()
    if (paid === undefined) throw new Error('nothing was issued')
    const grant = complimentaryGrant(aProduct(), 'failback', paid.coverage, 2)
    expect(grant).toMatchObject({ kind: 'complimentary', cycle: null, renewalMode: null })
    expect(grant.coverage).toEqual({ ...paid.coverage, total: 2 })
  })
})
