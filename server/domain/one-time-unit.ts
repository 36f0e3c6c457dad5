/**
 * The life of one unit of a one-time license (S24, S30): available → reserved → consumed | released.
 * Pure decisions; `usecases` commit what they answer, and repeat them safely by (license, reference).
 */
import { Temporal } from 'temporal-polyfill'
import { statusAt, type LicenseFacts } from './license.ts'
import { Refused } from './refusals.ts'

/** What a reference of the host stands for; a reference never used before has none. */
export const UNIT_USES = ['reserved', 'consumed', 'released'] as const
export type UnitUse = (typeof UNIT_USES)[number]

export interface OneTimeLicense extends LicenseFacts {
  /** Units held by a reference and not yet used up. */
  readonly reserved: number
}

/** What to store. `isRepeat` means that the reference has said so before, and nothing changes. */
export interface UnitDecision {
  readonly use: UnitUse
  readonly reserved: number
  readonly consumed: number
  readonly isRepeat: boolean
}

/** A reservation made in time may still be used up this long after the expiry. */
const HOURS_TO_CONSUME = 24

/**
 * Reserves a unit for a reference of the host. None after the expiry, none beyond the total.
 *
 * @param use  what the reference stands for already; null for a new one
 * @throws Refused `license.transition_refused`
 */
export function reserveUnit(
  license: OneTimeLicense,
  use: UnitUse | null,
  now: Temporal.Instant,
): UnitDecision {
  if (use === 'reserved' || use === 'consumed') return repeat(license, use)
  if (use === 'released') throw refused('This reference gave its unit back; take a new one.')
  assertOneTime(license)
  const status = statusAt(license, now)
  if (status !== 'active') throw refused(`No unit can be reserved: the license is ${status}.`)
  if (inUse(license) >= license.total) throw refused('All units of this license are in use.')
  return { use: 'reserved', ...count(license, { reserved: +1 }), isRepeat: false }
}

/**
 * Uses a reserved unit up, for ever; up to 24 hours after the expiry.
 *
 * @throws Refused `license.transition_refused`
 */
export function consumeUnit(
  license: OneTimeLicense,
  use: UnitUse | null,
  now: Temporal.Instant,
): UnitDecision {
  if (use === 'consumed') return repeat(license, use)
  if (use !== 'reserved') throw refused('Only a reserved unit can be used up.')
  if (!isConsumable(license, now)) {
    throw refused(`The unit cannot be used up: the license is ${statusAt(license, now)}.`)
  }
  return { use: 'consumed', ...count(license, { reserved: -1, consumed: +1 }), isRepeat: false }
}

/**
 * Gives a reserved unit back; it is available again. A used unit never is (S30).
 *
 * @throws Refused `license.transition_refused`
 */
export function releaseUnit(license: OneTimeLicense, use: UnitUse | null): UnitDecision {
  if (use === 'released') return repeat(license, use)
  if (use !== 'reserved') throw refused('Only a reserved unit can be given back.')
  return { use: 'released', ...count(license, { reserved: -1 }), isRepeat: false }
}

/** In-use of S32: reserved and consumed units. */
export function inUse(license: Pick<OneTimeLicense, 'reserved' | 'consumed'>): number {
  return license.reserved + license.consumed
}

function isConsumable(license: OneTimeLicense, now: Temporal.Instant): boolean {
  const status = statusAt(license, now)
  if (status !== 'ended') return status === 'active'
  const lastAt = license.endsAt.add({ hours: HOURS_TO_CONSUME })
  return Temporal.Instant.compare(now, lastAt) < 0
}

function count(license: OneTimeLicense, change: { reserved?: number; consumed?: number }) {
  return {
    reserved: license.reserved + (change.reserved ?? 0),
    consumed: license.consumed + (change.consumed ?? 0),
  }
}

function repeat(license: OneTimeLicense, use: UnitUse): UnitDecision {
  return { use, ...count(license, {}), isRepeat: true }
}

function assertOneTime(license: OneTimeLicense): void {
  if (!license.oneTime) throw refused('Units of this license are not used up one by one.')
}

function refused(detail: string): Refused {
  return new Refused('license.transition_refused', { detail })
}
