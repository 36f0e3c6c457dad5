/** Holds that are over, kept with a license (section 5): what they move, told in advance for queries. */
import type { Temporal } from 'temporal-polyfill'
import { graceEndsAt, retentionEndsAt, type Hold, type LicenseFacts } from './license.ts'

export interface HeldTime {
  readonly holds: readonly Hold[]
  /** The end of the license that the shifts are for: another end is moved by nothing. */
  readonly heldEndAt: Temporal.Instant
  readonly heldGraceMs: number
  readonly heldRetentionMs: number
}

/**
 * A hold ends: its time no longer counts, also where several overlap.
 *
 * @param license  with the holds before this one
 */
export function released(license: LicenseFacts, hold: Hold): HeldTime {
  const holds = [...(license.holds ?? []), hold]
  const free = { ...license, holds: [] }
  const held = { ...license, holds }
  const heldGraceMs = msBetween(graceEndsAt(free), graceEndsAt(held))
  const heldBoth = msBetween(retentionEndsAt(free), retentionEndsAt(held))
  return { holds, heldEndAt: license.endsAt, heldGraceMs, heldRetentionMs: heldBoth - heldGraceMs }
}

/** As `released`, of a license that may not have been held. */
export function heldFrom(
  license: LicenseFacts,
  from: Temporal.Instant | null,
  until: Temporal.Instant,
): Partial<HeldTime> {
  const isHeld = from !== null && from.epochMilliseconds < until.epochMilliseconds
  return isHeld ? released(license, { from, until }) : {}
}

function msBetween(from: Temporal.Instant, until: Temporal.Instant): number {
  return until.epochMilliseconds - from.epochMilliseconds
}
