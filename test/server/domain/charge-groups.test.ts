import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import {
  chargeGroups,
  LARGEST_GROUP,
  type DueCharge,
} from '../../../server/domain/charge-groups.ts'
import { instants } from '../../support/arbitraries.ts'

const now = at('2025-04-24T03:00:00Z')
const due = (licenseId: string, facts: Partial<DueCharge> = {}): DueCharge => ({
  licenseId,
  customerId: 'cus_1',
  currency: 'USD',
  endsAt: at('2025-05-01T15:59:59Z'),
  softFailures: 0,
  ...facts,
})
const ids = (groups: readonly (readonly DueCharge[])[]) =>
  groups.map((group) => group.map(({ licenseId }) => licenseId).join(' '))

describe('chargeGroups()', () => {
  it('makes one order of what a customer owes in one currency on one day', () => {
    expect(ids(chargeGroups([due('c'), due('a'), due('b')], now))).toEqual(['a b c'])
  })

  it('keeps customers and currencies apart', () => {
    const charges = [due('a'), due('b', { currency: 'EUR' }), due('c', { customerId: 'cus_2' })]
    expect(ids(chargeGroups(charges, now)).toSorted()).toEqual(['a', 'b', 'c'])
  })

  it('charges alone what failed twice, and leaves the others together', () => {
    const charges = [due('a', { softFailures: 2 }), due('b', { softFailures: 1 }), due('c')]
    expect(ids(chargeGroups(charges, now))).toEqual(['a', 'b c'])
  })

  it('charges each alone from three days before the earliest expiry on, the earliest first', () => {
    const charges = [due('a'), due('b', { endsAt: at('2025-04-27T03:00:00Z') })]
    expect(ids(chargeGroups(charges, now))).toEqual(['b', 'a'])
    const earlier = at('2025-04-24T02:59:59Z')
    expect(ids(chargeGroups(charges, earlier))).toEqual(['b a'])
  })

  it('charges first what ends first, also where that is charged with others', () => {
    const failed = { endsAt: at('2025-05-03T00:00:00Z'), softFailures: 2 }
    expect(ids(chargeGroups([due('a', failed), due('b'), due('c')], now))).toEqual(['b c', 'a'])
  })

  it('makes orders of at most 100 lines, each license in one of them', () => {
    const many = Array.from({ length: 250 }, (_, index) => due(String(1000 + index)))
    const groups = chargeGroups(many, now)
    expect(groups.map(({ length }) => length)).toEqual([100, 100, 50])
    expect(groups.flat()).toEqual(many)
  })

  const charges = fc.uniqueArray(
    fc.record({
      licenseId: fc.integer({ min: 1, max: 400 }).map((n) => `lic_${n}`),
      customerId: fc.constantFrom('cus_1', 'cus_2'),
      currency: fc.constantFrom('USD', 'EUR'),
      endsAt: instants,
      softFailures: fc.integer({ min: 0, max: 7 }),
    }),
    { selector: ({ licenseId }) => licenseId, maxLength: 320, size: 'max' },
  )

  it('charges every license exactly once, in orders of one purse and at most 100 lines', () => {
    fc.assert(
      fc.property(charges, instants, (all, when) => {
        const groups = chargeGroups(all, when)
        expect(ids(groups).join(' ').split(' ').filter(Boolean).toSorted()).toEqual(
          all.map(({ licenseId }) => licenseId).toSorted(),
        )
        for (const group of groups) {
          expect(new Set(group.map((each) => `${each.customerId} ${each.currency}`)).size).toBe(1)
          expect(group.length).toBeLessThanOrEqual(LARGEST_GROUP)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on the order in which they were found', () => {
    fc.assert(
      fc.property(charges, instants, (all, when) => {
        const one = ids(chargeGroups(all, when)).toSorted()
        expect(ids(chargeGroups(all.toReversed(), when)).toSorted()).toEqual(one)
      }),
      { numRuns: 60 },
    )
  })
})
