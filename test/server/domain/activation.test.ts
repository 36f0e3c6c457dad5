import { describe, expect, it } from 'vitest'
import {
  isCullable,
  isHeartbeatDue,
  isStale,
  runsWithoutUs,
  silenceTimes,
  type ActivationFacts,
} from '../../../server/domain/activation.ts'
import { parseInstant as at } from '../../../server/domain/calendar.ts'

const SEEN = at('2026-03-01T12:00:00Z')
const minutesLater = (minutes: number) => SEEN.add({ minutes })
const justBefore = (minutes: number) => minutesLater(minutes).subtract({ milliseconds: 1 })
/** The plan's heartbeat period in all of these. */
const PERIOD = 60

function activation(facts: Partial<ActivationFacts> = {}): ActivationFacts {
  return { state: 'active', lastSeenAt: SEEN, commitment: null, offlineUntil: null, ...facts }
}

describe('a floating unit', () => {
  it('is stale after one silent period, and not a moment earlier', () => {
    expect(isStale(activation(), PERIOD, justBefore(60))).toBe(false)
    expect(isStale(activation(), PERIOD, minutesLater(60))).toBe(true)
  })

  it('goes back after two silent periods, and not a moment earlier', () => {
    expect(isCullable(activation(), PERIOD, justBefore(120))).toBe(false)
    expect(isCullable(activation(), PERIOD, minutesLater(120))).toBe(true)
  })

  it('goes back only once: what is given back or culled is left alone', () => {
    const much = minutesLater(1000)
    expect(isCullable(activation({ state: 'deactivated' }), PERIOD, much)).toBe(false)
    expect(isCullable(activation({ state: 'culled' }), PERIOD, much)).toBe(false)
  })

  it('stays for as long as a license file of it may be about', () => {
    const filed = activation({ offlineUntil: minutesLater(500) })
    expect(silenceTimes(filed, PERIOD)).toEqual({
      staleAt: minutesLater(500),
      cullableAt: minutesLater(500),
    })
    expect(isCullable(filed, PERIOD, justBefore(500))).toBe(false)
    expect(isCullable(filed, PERIOD, minutesLater(500))).toBe(true)
  })

  it('is not kept by a license file that ends within its periods', () => {
    const filed = activation({ offlineUntil: minutesLater(90) })
    expect(silenceTimes(filed, PERIOD)).toEqual({
      staleAt: minutesLater(90),
      cullableAt: minutesLater(120),
    })
  })
})

describe('a unit that stays until it is given back', () => {
  it.each([
    { why: 'a plan without heartbeats', facts: {}, minutes: undefined },
    { why: 'a host on its code, which cannot call', facts: { commitment: 'c' }, minutes: PERIOD },
  ])('is never stale and never goes back: $why', ({ facts, minutes }) => {
    const kept = activation(facts)
    expect(silenceTimes(kept, minutes)).toBe(null)
    expect(isStale(kept, minutes, minutesLater(100_000))).toBe(false)
    expect(isCullable(kept, minutes, minutesLater(100_000))).toBe(false)
  })
})

describe('runsWithoutUs()', () => {
  it('is true of a host on its code, for ever', () => {
    expect(runsWithoutUs(activation({ commitment: 'c' }), minutesLater(100_000))).toBe(true)
  })

  it('is true of a host with a license file until that ends', () => {
    const filed = activation({ offlineUntil: minutesLater(500) })
    expect(runsWithoutUs(filed, justBefore(500))).toBe(true)
    expect(runsWithoutUs(filed, minutesLater(500))).toBe(false)
  })

  it('is false of a host that calls', () => {
    expect(runsWithoutUs(activation(), SEEN)).toBe(false)
  })
})

describe('isHeartbeatDue()', () => {
  it('stores a heartbeat when the last one is a quarter of the period old', () => {
    expect(isHeartbeatDue(activation(), PERIOD, justBefore(15))).toBe(false)
    expect(isHeartbeatDue(activation(), PERIOD, minutesLater(15))).toBe(true)
  })

  it('stores none for a plan without heartbeats', () => {
    expect(isHeartbeatDue(activation(), undefined, minutesLater(100_000))).toBe(false)
  })
})
