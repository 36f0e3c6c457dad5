import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { heldFrom, released } from '../../../server/domain/held-time.ts'
import { license } from '../../support/license-facts.ts'

/** End of the license; seven days of grace and fifteen of retention follow. */
const END = at('2025-01-31T16:55:10Z')
const DAY_MS = 86_400_000
const days = (count: number) => END.add({ hours: 24 * count })
const hold = (from: number, until: number) => ({ from: days(from), until: days(until) })

describe('released()', () => {
  it('gives grace the days that it was held', () => {
    expect(released(license(), hold(1, 3))).toEqual({
      holds: [hold(1, 3)],
      heldEndAt: END,
      heldGraceMs: 2 * DAY_MS,
      heldRetentionMs: 0,
    })
  })

  it('gives retention the days that it was held after the grace', () => {
    const { heldGraceMs, heldRetentionMs } = released(license(), hold(9, 12))
    expect([heldGraceMs, heldRetentionMs]).toEqual([0, 3 * DAY_MS])
  })

  it('counts days of two holds that overlap once, and the holds before this one', () => {
    const before = license({ holds: [hold(1, 3)] })
    const { holds, heldGraceMs } = released(before, hold(2, 5))
    expect(holds).toEqual([hold(1, 3), hold(2, 5)])
    expect(heldGraceMs).toBe(4 * DAY_MS)
  })

  it('gives nothing for a hold that was over before the end', () => {
    const { heldGraceMs, heldRetentionMs } = released(license(), hold(-9, -2))
    expect([heldGraceMs, heldRetentionMs]).toEqual([0, 0])
  })
})

describe('heldFrom()', () => {
  it('is a hold that ends', () => {
    expect(heldFrom(license(), days(1), days(3))).toEqual(released(license(), hold(1, 3)))
  })

  it('is nothing for a license that was not held, or not for any time', () => {
    expect(heldFrom(license(), null, days(3))).toEqual({})
    expect(heldFrom(license(), days(3), days(3))).toEqual({})
  })
})
