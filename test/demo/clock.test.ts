import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { createDemoClock, stopsBetween } from '../../demo/clock.ts'

const DAY_MS = 86_400_000
const instant = Temporal.Instant.from

describe('the demo clock', () => {
  it('runs with real time, as far ahead as it was moved', () => {
    const clock = createDemoClock(DAY_MS)
    const aheadMs = clock.now().epochMilliseconds - Temporal.Now.instant().epochMilliseconds
    expect(aheadMs).toBeGreaterThan(DAY_MS - 1000)
    expect(aheadMs).toBeLessThanOrEqual(DAY_MS)
  })

  it('moves to an instant', () => {
    const clock = createDemoClock()
    const goal = clock.now().add({ hours: 30 })
    clock.moveTo(goal)
    expect(Temporal.Instant.compare(clock.now(), goal)).toBeGreaterThanOrEqual(0)
    expect(clock.offsetMs()).toBeGreaterThan(30 * 3_600_000 - 1000)
  })

  it('never goes back', () => {
    const clock = createDemoClock()
    clock.moveTo(clock.now().subtract({ hours: 1 }))
    expect(clock.offsetMs()).toBe(0)
  })
})

describe('stopsBetween()', () => {
  const from = instant('2026-01-31T12:00:00Z')

  it('stops every minute on a short way, and at the goal', () => {
    const stops = stopsBetween(from, instant('2026-01-31T12:02:30Z'))
    expect(stops.map(String)).toEqual([
      '2026-01-31T12:01:00Z',
      '2026-01-31T12:02:00Z',
      '2026-01-31T12:02:30Z',
    ])
  })

  it('makes at most 200 stops on a long way', () => {
    const goal = instant('2027-01-31T12:00:00Z')
    const stops = stopsBetween(from, goal)
    expect(stops).toHaveLength(200)
    expect(stops.at(-1)?.equals(goal)).toBe(true)
  })

  it('has nowhere to stop on the way back', () => {
    expect(stopsBetween(from, from)).toEqual([])
    expect(stopsBetween(from, from.subtract({ seconds: 1 }))).toEqual([])
  })
})
