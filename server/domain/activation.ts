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
  /** A license file of it may be about until then: its host is not expected to call. Null without one. */
  readonly offlineUntil: Temporal.Instant | null
}

/** Missed heartbeats before the unit goes back: an activation is stale after one, culled after two. */
const CULLED_AFTER = 2
/** A heartbeat is stored when the last one is this part of the period old, not each time. */
const STORED_EVERY = 1 / 4

/** It runs on a code or on a license file: it does not learn what is decided about it. */
export function runsWithoutUs(
  { commitment, offlineUntil }: Pick<ActivationFacts, 'commitment' | 'offlineUntil'>,
  now: Temporal.Instant,
): boolean {
  return commitment !== null || (offlineUntil !== null && isBefore(now, offlineUntil))
}

export interface SilenceTimes {
  /** The unit is missed: a check of the installation is no longer valid. */
  readonly staleAt: Temporal.Instant
  /** Others may have the unit: whatever lets the installation run has to end by then. */
  readonly cullableAt: Temporal.Instant
}

/**
 * What becomes of a floating unit whose installation says nothing more.
 * @param minutes  the plan's heartbeat period; undefined for units that stay until they are given back
 * @returns null for a unit that stays
 */
export function silenceTimes(
  { lastSeenAt, commitment, offlineUntil }: Omit<ActivationFacts, 'state'>,
  minutes: number | undefined,
): SilenceTimes | null {
  if (commitment !== null || minutes === undefined) return null
  const after = (periods: number) => {
    const at = lastSeenAt.add({ minutes: minutes * periods })
    return offlineUntil !== null && isBefore(at, offlineUntil) ? offlineUntil : at
  }
  return { staleAt: after(1), cullableAt: after(CULLED_AFTER) }
}

/** @param minutes  as of `silenceTimes` */
export function isStale(
  activation: ActivationFacts,
  minutes: number | undefined,
  now: Temporal.Instant,
): boolean {
  const times = silenceTimes(activation, minutes)
  return times !== null && !isBefore(now, times.staleAt)
}

/** @param minutes  as of `silenceTimes` */
export function isCullable(
  activation: ActivationFacts,
  minutes: number | undefined,
  now: Temporal.Instant,
): boolean {
  const times = silenceTimes(activation, minutes)
  return activation.state === 'active' && times !== null && !isBefore(now, times.cullableAt)
}

/** Keeps the hot path free of writes: a fresh heartbeat of a fresh activation stores nothing. */
export function isHeartbeatDue(
  { lastSeenAt }: ActivationFacts,
  minutes: number | undefined,
  now: Temporal.Instant,
): boolean {
  return minutes !== undefined && silence(lastSeenAt, now) >= minutes * STORED_EVERY
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return one.epochMilliseconds < other.epochMilliseconds
}

function silence(lastSeenAt: Temporal.Instant, now: Temporal.Instant): number {
  return lastSeenAt.until(now).total('minutes')
}
