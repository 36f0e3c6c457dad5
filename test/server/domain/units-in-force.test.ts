import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { unitsAt, unitsInForce } from '../../../server/domain/units-in-force.ts'

const NOW = at('2026-03-01T00:00:00Z')
const LATER = at('2026-04-01T00:00:00Z')
const fewerLater = { total: 10, next: { total: 4, at: LATER } }

describe('unitsInForce()', () => {
  it('R14: is what the ledger says, now and for later', () => {
    expect(unitsInForce({ total: 10, next: null }, 3, NOW)).toEqual({
      total: 10,
      nextTotal: null,
      nextTotalAt: null,
    })
    expect(unitsInForce(fewerLater, 10, NOW)).toEqual({
      total: 10,
      nextTotal: 4,
      nextTotalAt: LATER,
    })
  })

  it('I4: falls no further than what is in use, and is to fall from now on', () => {
    expect(unitsInForce({ total: 4, next: null }, 7, NOW)).toEqual({
      total: 7,
      nextTotal: 4,
      nextTotalAt: NOW,
    })
  })

  it('I4: with more in use than is paid for, still tells what is to come and when', () => {
    expect(unitsInForce(fewerLater, 12, NOW)).toEqual({
      total: 12,
      nextTotal: 4,
      nextTotalAt: LATER,
    })
  })
})

describe('unitsAt()', () => {
  const stored = (reserved: number, consumed: number) => ({
    total: 10,
    nextTotal: 4,
    nextTotalAt: LATER,
    reserved,
    consumed,
  })

  it('R14: keeps them until the moment at which some go', () => {
    expect(unitsAt(stored(2, 1), LATER.subtract({ milliseconds: 1 }))).toEqual({
      total: 10,
      nextTotal: 4,
      nextTotalAt: LATER,
    })
  })

  it('R14: has let them go from that moment on, and waits for nothing more', () => {
    for (const inUse of [stored(2, 1), stored(2, 2)]) {
      expect(unitsAt(inUse, LATER)).toEqual({ total: 4, nextTotal: null, nextTotalAt: null })
    }
  })

  it('I4: lets go only what is neither reserved nor used up, and the rest with each unit', () => {
    expect(unitsAt(stored(5, 2), LATER)).toEqual({ total: 7, nextTotal: 4, nextTotalAt: LATER })
    expect(unitsAt(stored(3, 2), LATER)).toEqual({ total: 5, nextTotal: 4, nextTotalAt: LATER })
  })

  it('stays where nothing is to go', () => {
    const kept = { total: 10, nextTotal: null, nextTotalAt: null, reserved: 12, consumed: 0 }
    expect(unitsAt(kept, LATER)).toEqual({ total: 10, nextTotal: null, nextTotalAt: null })
  })
})
