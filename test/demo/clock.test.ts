import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { createDemoClock, firesBetween, nextStop, stepOf } from '../../demo/clock.ts'

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

describe('nextStop()', () => {
  const from = instant('2026-01-31T12:00:00Z')
  const walk = (goal: string, due: readonly string[] = []) => {
    const stops: string[] = []
    const stepMs = stepOf(from, instant(goal))
    for (let at = from; ;) {
      const stop = nextStop(at, instant(goal), stepMs, due.map(instant))
      if (stop === null) return stops
      stops.push(stop.toString())
      at = stop
    }
  }

  it('stops every minute on a short way, and at the goal', () => {
    expect(walk('2026-01-31T12:02:30Z')).toEqual([
      '2026-01-31T12:01:00Z',
      '2026-01-31T12:02:00Z',
      '2026-01-31T12:02:30Z',
    ])
  })

  it('stops where something falls due, at its own time, in order', () => {
    const due = ['2026-01-31T12:01:20Z', '2026-01-31T12:00:10Z', '2026-01-31T11:59:00Z']
    expect(walk('2026-01-31T12:02:00Z', due)).toEqual([
      '2026-01-31T12:00:10Z',
      '2026-01-31T12:01:10Z',
      '2026-01-31T12:01:20Z',
      '2026-01-31T12:02:00Z',
    ])
  })

  it('makes about 24 stops, but at least one a day on a long way', () => {
    expect(walk('2026-02-10T12:00:00Z')).toHaveLength(24)
    const year = walk('2027-01-31T12:00:00Z')
    expect(year).toHaveLength(365)
    expect(year.at(-1)).toBe('2027-01-31T12:00:00Z')
  })

  it('has nowhere to stop on the way back', () => {
    expect(walk(from.toString())).toEqual([])
    expect(walk(from.subtract({ seconds: 1 }).toString())).toEqual([])
  })
})

describe('a job on the way', () => {
  const tenMinutes = { pattern: '0 */10 * * * *' }

  it.each([
    ['10:00:00', '10:09:59', false],
    ['10:00:00', '10:10:00', true],
    ['10:09:59.5', '10:10:00', true],
    ['10:10:00', '10:11:00', false],
    ['10:00:00', '14:00:00', true],
  ])('after %s, until %s: fires %s', (after, until, fires) => {
    const at = (time: string) => instant(`2031-01-10T${time}Z`)
    expect(firesBetween(tenMinutes, at(after), at(until))).toBe(fires)
  })
})
