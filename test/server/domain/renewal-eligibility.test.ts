import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, anchorOf } from '../../../server/domain/calendar.ts'
import { isTooFarAhead } from '../../../server/domain/renewal-eligibility.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { RUNS } from '../../support/laws.ts'

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
