/**
 * Activations: which installations use a license (S66, S85). Each takes one unit; the same
 * installation twice is the same activation (C07). Pure decisions; `usecases` commit them.
 */
import type { Temporal } from 'temporal-polyfill'

export const ACTIVATION_STATES = ['active', 'deactivated', 'culled'] as const
export type ActivationState = (typeof ACTIVATION_STATES)[number]

export interface ActivationFacts {
  readonly state: ActivationState
  readonly lastSeenAt: Temporal.Instant
  /** Set when it was activated by a code, on a host that cannot call: it has no heartbeat to miss. */
  readonly commitment: string | null
}

/** Missed heartbeats before the unit goes back: an activation is stale after one, culled after two. */
const CULLED_AFTER = 2
/** A heartbeat is stored when the last one is this part of the period old, not each time. */
const STORED_EVERY = 1 / 4

/**
 * Floating units live on heartbeats.
 * @param minutes  the plan's heartbeat period; undefined for units that stay until they are given back
 */
export function isStale(
  { lastSeenAt, commitment }: ActivationFacts,
  minutes: number | undefined,
  now: Temporal.Instant,
): boolean {
  return commitment === null && minutes !== undefined && silence(lastSeenAt, now) >= minutes
}

/** From when on others may have the unit of a stale activation; null: never by itself. */
export function isCullable(
  { state, lastSeenAt, commitment }: ActivationFacts,
  minutes: number | undefined,
  now: Temporal.Instant,
): boolean {
  if (state !== 'active' || commitment !== null || minutes === undefined) return false
  return silence(lastSeenAt, now) >= minutes * CULLED_AFTER
}

/** Keeps the hot path free of writes: a fresh heartbeat of a fresh activation stores nothing. */
export function isHeartbeatDue(
  { lastSeenAt }: ActivationFacts,
  minutes: number | undefined,
  now: Temporal.Instant,
): boolean {
  return minutes !== undefined && silence(lastSeenAt, now) >= minutes * STORED_EVERY
}

function silence(lastSeenAt: Temporal.Instant, now: Temporal.Instant): number {
  return lastSeenAt.until(now).total('minutes')
}
