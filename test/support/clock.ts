import { Temporal } from 'temporal-polyfill'

export interface TestClock {
  readonly now: () => Temporal.Instant
  /** Moves forward by a duration; days, months and years are counted in UTC. */
  advance(duration: Temporal.DurationLike | string): void
}

/** A clock that stands still until it is moved. */
export function createTestClock(start = '2026-01-15T10:00:00Z'): TestClock {
  let instant = Temporal.Instant.from(start)
  return {
    now: () => instant,
    advance(duration) {
      instant = instant.toZonedDateTimeISO('UTC').add(duration).toInstant()
    },
  }
}
