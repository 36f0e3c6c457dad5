/** The demo's clock: real time plus an offset that only grows. Everything in the demo asks it. */
import { Cron } from 'croner'
import { Temporal } from 'temporal-polyfill'

export interface DemoClock {
  readonly now: () => Temporal.Instant
  /** Moves forward to that instant; earlier ones change nothing. */
  moveTo(instant: Temporal.Instant): void
  readonly offsetMs: () => number
}

export function createDemoClock(offsetMs = 0): DemoClock {
  let offset = offsetMs
  const now = () =>
    Temporal.Instant.fromEpochMilliseconds(Temporal.Now.instant().epochMilliseconds + offset)
  return {
    now,
    moveTo(instant) {
      offset += Math.max(0, instant.epochMilliseconds - now().epochMilliseconds)
    },
    offsetMs: () => offset,
  }
}

/** The same for tests: it stands still until it is moved, however slow the machine is. */
export function createStandingClock(offsetMs = 0): DemoClock {
  let at = Temporal.Now.instant().add({ milliseconds: offsetMs })
  return {
    now: () => at,
    moveTo(instant) {
      if (Temporal.Instant.compare(instant, at) > 0) at = instant
    },
    offsetMs: () => at.epochMilliseconds - Temporal.Now.instant().epochMilliseconds,
  }
}

const MAX_STEPS = 24
const MIN_STEP_MS = 60_000
const MAX_STEP_MS = 24 * 3_600_000

/**
 * How far apart the stops of a jump are where nothing is known to fall due: about 24 on the way, at
 * least a minute and at most a day apart, since some jobs know their time only when they look.
 */
export function stepOf(from: Temporal.Instant, goal: Temporal.Instant): number {
  const spanMs = goal.epochMilliseconds - from.epochMilliseconds
  return Math.min(MAX_STEP_MS, Math.max(MIN_STEP_MS, Math.ceil(spanMs / MAX_STEPS)))
}

/**
 * The next stop on the way: what falls due first happens at its own time, not when the jump is over.
 *
 * @param due  when something falls due next, as far as it is known; what is due already is ignored
 * @returns    after `now`, not after `goal`; null when the way is over
 */
export function nextStop(
  now: Temporal.Instant,
  goal: Temporal.Instant,
  stepMs: number,
  due: readonly Temporal.Instant[],
): Temporal.Instant | null {
  if (Temporal.Instant.compare(now, goal) >= 0) return null
  const ahead = due.filter((at) => Temporal.Instant.compare(at, now) > 0)
  const stops = [goal, now.add({ milliseconds: stepMs }), ...ahead]
  return stops.reduce((first, at) => (Temporal.Instant.compare(at, first) < 0 ? at : first))
}

/** Whether cron would have run it after the first instant, the second one included. */
export function firesBetween(
  { pattern }: { readonly pattern: string },
  after: Temporal.Instant,
  until: Temporal.Instant,
): boolean {
  const cron = new Cron(pattern, { paused: true, timezone: 'UTC' })
  const next = cron.nextRun(new Date(after.epochMilliseconds))
  return next !== null && next.getTime() <= until.epochMilliseconds
}
