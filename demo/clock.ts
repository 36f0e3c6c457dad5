/** The demo's clock: real time plus an offset that only grows. Everything in the demo asks it. */
import { Temporal } from 'temporal-polyfill'

export interface DemoClock {
  readonly now: () => Temporal.Instant
  /** Moves forward to that instant; earlier ones change nothing. */
  moveTo(instant: Temporal.Instant): void
  readonly offsetMs: () => number
}

export function createDemoClock(offsetMs = 0): DemoClock {
  let offset = offsetMs
  const now = () => Temporal.Now.instant().add({ milliseconds: offset })
  return {
    now,
    moveTo(instant) {
      offset += Math.max(0, instant.epochMilliseconds - now().epochMilliseconds)
    },
    offsetMs: () => offset,
  }
}

const MAX_STEPS = 200
const MIN_STEP_MS = 60_000

/**
 * The stops on the way of a jump: whatever is due in between runs at about its own time, at most 200
 * stops, at least a minute apart; the last one is the goal.
 */
export function stopsBetween(
  from: Temporal.Instant,
  goal: Temporal.Instant,
): readonly Temporal.Instant[] {
  const spanMs = goal.epochMilliseconds - from.epochMilliseconds
  if (spanMs <= 0) return []
  const stepMs = Math.max(MIN_STEP_MS, Math.ceil(spanMs / MAX_STEPS))
  const steps = Math.ceil(spanMs / stepMs)
  return Array.from({ length: steps }, (_, index) =>
    index === steps - 1 ? goal : from.add({ milliseconds: stepMs * (index + 1) }),
  )
}
