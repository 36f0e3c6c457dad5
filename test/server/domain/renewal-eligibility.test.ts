import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, anchorOf } from '../../../server/domain/calendar.ts'
import {
  isTooFarAhead,
  isTooShort,
  renewalObstacle,
} from '../../../server/domain/renewal-eligibility.ts'
import { renewalPeriod } from '../../../server/domain/renewal-period.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { aProduct, recurringPlan } from '../../support/catalogue.ts'
import { RUNS } from '../../support/laws.ts'
import { renewable } from '../../support/renewals.ts'

describe('renewalObstacle()', () => {
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
