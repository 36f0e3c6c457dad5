import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, anchorOf, parseInstant as at } from '../../../server/domain/calendar.ts'
import {
  NOT_RENEWABLE_REASONS,
  currencyOf,
  isMetered,
  isTooFarAhead,
  isTooShort,
  renewalObstacle,
  unitsNext,
  type NotRenewableReason,
  type RenewableLicense,
} from '../../../server/domain/renewal-eligibility.ts'
import { renewalPeriod } from '../../../server/domain/renewal-period.ts'
import { RENEWAL_WORDS } from '../../../server/domain/renewal-words.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { aProduct, recurringPlan } from '../../support/catalogue.ts'
import { RUNS } from '../../support/laws.ts'
import { buy } from '../../support/ledger.ts'
import { renewable } from '../../support/renewals.ts'

const ORDER = 'ord_01h455vb4pex5vsknk084sn02q'
const then = at('2024-03-01T00:00:00Z')

/** Ends 2024-03-25T15:30:27Z; asked on the first of March unless said. */
const CASES: readonly {
  reason: NotRenewableReason | null
  why: string
  given?: Partial<RenewableLicense>
  when?: string
  retiredAt?: string
}[] = [
  { reason: null, why: 'weeks before its end' },
  { reason: null, why: 'in grace', when: '2024-03-30T00:00:00Z' },
  { reason: null, why: 'a second before it ends', when: '2024-04-16T15:30:26Z' },
  { reason: 'ended', why: 'at that second', when: '2024-04-16T15:30:27Z' },
  { reason: 'revoked', why: 'once revoked', given: { revokedAt: then } },
  { reason: 'refunded', why: 'once refunded', given: { revokedAt: then, isRefunded: true } },
  { reason: null, why: 'refunded, and kept by another order', given: { isRefunded: true } },
  {
    reason: 'refunded',
    why: 'refunded, at the end of its retention',
    given: { isRefunded: true },
    when: '2024-04-16T15:30:27Z',
  },
  {
    reason: 'suspended',
    why: 'suspended for what it owes by the day (S50)',
    given: { renewalMode: 'pay_per_use', suspendedAt: then },
    when: '2024-03-26T00:00:00Z',
  },
  { reason: 'under_review', why: 'while under review', given: { underReviewAt: then } },
  { reason: 'suspended', why: 'while suspended', given: { suspendedAt: then } },
  { reason: 'order_open', why: 'while an order is open', given: { openOrderId: ORDER } },
  { reason: null, why: 'before it is metered (S45)', given: { renewalMode: 'pay_per_use' } },
  {
    reason: 'metered',
    why: 'while it is metered (S50)',
    given: { renewalMode: 'pay_per_use' },
    when: '2024-03-25T15:30:27Z',
  },
  { reason: null, why: 'in the tab of the canceled', given: { renewalMode: 'canceled' } },
  { reason: null, why: 'before its plan is retired', retiredAt: '2024-03-01T00:00:01Z' },
  { reason: 'retired', why: 'once its plan is retired', retiredAt: '2024-03-01T00:00:00Z' },
  { reason: 'retired', why: 'of a plan that is gone', given: { planId: 'gone' } },
  { reason: 'currency', why: 'of a currency without a price', given: { currency: 'EUR' } },
  { reason: null, why: 'paid 59 months ahead', given: { endsAt: at('2029-02-01T00:00:00Z') } },
  {
    reason: 'too_far_ahead',
    why: 'five years ahead',
    given: { endsAt: at('2029-02-25T00:00:00Z') },
  },
]

describe('renewalObstacle() (R3, R4)', () => {
  it.each(CASES)('is $reason $why', ({ reason, given = {}, when, retiredAt }) => {
    const plans = [recurringPlan(retiredAt === undefined ? {} : { retired_at: retiredAt })]
    const license = renewable(undefined, given)
    const now = when === undefined ? then : at(when)
    expect(renewalObstacle(license, aProduct({ plans }), now)).toBe(reason)
  })

  it('has a sentence for every reason in both languages', () => {
    for (const words of [RENEWAL_WORDS.en, RENEWAL_WORDS['zh-CN']]) {
      const sentences = NOT_RENEWABLE_REASONS.map((reason) => words.reasons[reason])
      expect(new Set(sentences).size).toBe(NOT_RENEWABLE_REASONS.length)
    }
  })

  it('is not offered to end within three days', () => {
    const plans = [recurringPlan({ grace_days: 25, retention_days: 2 })]
    const license = renewable(buy('2024-01-25T15:30:27Z', 1, 10), {
      graceDays: 25,
      retentionDays: 5,
    })
    const product = aProduct({ plans })
    expect(renewalObstacle(license, product, at('2024-03-22T15:30:27Z'))).toBeNull()
    expect(renewalObstacle(license, product, at('2024-03-22T15:30:28Z'))).toBe('too_short')
  })

  it('knows near which limits a calendar is needed, for every end, cycle and zone (R3, R5)', () => {
    const late = fc.integer({ min: -60 * 24, max: 10 * 24 })
    const early = fc.integer({ min: 0, max: 2_000 * 24 })
    const cycles = fc.constantFrom('month' as const, 'year' as const)
    const bases = fc.constantFrom('from_expiry' as const, 'skip_stopped' as const)
    fc.assert(
      fc.property(
        instants,
        fc.oneof(late, early),
        zones,
        cycles,
        bases,
        (now, hours, zone, cycle, basis) => {
          const end = now.add({ hours })
          const plan = recurringPlan({ renewal_basis: basis })
          const license = renewable(undefined, {
            endsAt: end,
            anchor: anchorOf(end, zone),
            retentionDays: 100,
            cycle,
          })
          const months = cycle === 'year' ? 12 : 1
          const { endsAt } = renewalPeriod(license, plan, { months, day: null, at: now })
          const expected = isTooFarAhead(endsAt, zone, now)
            ? 'too_far_ahead'
            : isTooShort(endsAt, now)
              ? 'too_short'
              : null
          expect(renewalObstacle(license, aProduct({ plans: [plan] }), now)).toBe(expected)
        },
      ),
      RUNS,
    )
  })
})

describe('isTooShort() (R3)', () => {
  it('is an end within three days, and not the end of the third', () => {
    expect(isTooShort(then.add({ hours: 72 }), then)).toBe(false)
    expect(isTooShort(then.add({ hours: 72 }).subtract({ seconds: 1 }), then)).toBe(true)
  })
})

describe('isMetered() (S50)', () => {
  const metered = { renewalMode: 'pay_per_use' as const, endsAt: then, suspendedAt: null }

  it('is counted use from the expiry on, until it is suspended for what is owed', () => {
    expect(isMetered(metered, then)).toBe(true)
    expect(isMetered(metered, then.subtract({ seconds: 1 }))).toBe(false)
    expect(isMetered({ ...metered, suspendedAt: then }, then)).toBe(false)
    expect(isMetered({ ...metered, renewalMode: 'manual' }, then)).toBe(false)
  })
})

describe('what a renewal begins with', () => {
  it('R14: is the units bought for the next period, else those it has', () => {
    expect(unitsNext(renewable(undefined, { nextTotal: 4 }))).toBe(4)
    expect(unitsNext(renewable())).toBe(10)
  })

  it('R14: is the currency of its last order, else the first of the product', () => {
    const product = aProduct({ currencies: ['EUR', 'USD'] })
    expect(currencyOf({ currency: 'USD' }, product)).toBe('USD')
    expect(currencyOf({ currency: null }, product)).toBe('EUR')
  })
})

describe('isTooFarAhead() (R5)', () => {
  it('begins a second after five years on the calendar of the license, in every zone', () => {
    fc.assert(
      fc.property(instants, zones, (now, zone) => {
        const latest = addMonths(now, 60, anchorOf(now, zone))
        expect(isTooFarAhead(latest, zone, now)).toBe(false)
        expect(isTooFarAhead(latest.add({ seconds: 1 }), zone, now)).toBe(true)
      }),
      RUNS,
    )
  })
})
