/** The license: what state it is in at an instant, by dates and by what was decided about it (section 5, R17). */
import { Temporal } from 'temporal-polyfill'
import { hoursAfter, serviceLifeDays, type Anchor } from './calendar.ts'
import { Refused } from './refusals.ts'

export const LICENSE_STATUSES = [
  'pending',
  'active',
  'grace',
  'retained',
  'ended',
  'suspended',
  'under_review',
  'revoked',
  'consumed',
] as const
export type LicenseStatus = (typeof LICENSE_STATUSES)[number]

/** How it came: bought, free with a purchase (S22), or from an operator. */
export const LICENSE_KINDS = ['paid', 'complimentary', 'grant'] as const

/** The four tabs of the renewals view (S44). */
export const RENEWAL_MODES = ['manual', 'auto', 'pay_per_use', 'canceled'] as const
export type RenewalMode = (typeof RENEWAL_MODES)[number]

/** What the status depends on. */
export interface LicenseFacts {
  readonly activatedAt: Temporal.Instant
  /** Exclusive. */
  readonly endsAt: Temporal.Instant
  /** Whole 24 hours after the end. */
  readonly graceDays: number
  /** Whole 24 hours after the grace. */
  readonly retentionDays: number
  readonly oneTime: boolean
  /** Units. */
  readonly total: number
  /** Units used up, of a one-time license. */
  readonly consumed: number
  readonly suspendedAt: Temporal.Instant | null
  readonly underReviewAt: Temporal.Instant | null
  readonly revokedAt: Temporal.Instant | null
  /** When it was suspended or under review before, and is so no more; in any order. */
  readonly holds?: readonly Hold[]
  /** Null or absent for what is never renewed. */
  readonly renewalMode?: RenewalMode | null
}

/** `[from, until)`: time that counts neither towards grace nor towards retention. */
export interface Hold {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/** The provider's clock may run ahead of ours: a payment of "just now" is no license of the future. */
const CLOCK_TOLERANCE_MS = 300_000
const HOURS_A_DAY = 24
const HOUR_MS = 3_600_000
const LONGEST_EXPIRING_DAYS = 30
/** A quarter of 28 to 31 days, and of more than 120. */
const EXPIRING_DAYS = { month: 7, year: LONGEST_EXPIRING_DAYS } as const

/**
 * The status at an instant: revoked > under review > suspended > consumed > ended > retained >
 * grace > active. A boundary belongs to what begins there: at `endsAt` the grace has begun (C12).
 */
export function statusAt(license: LicenseFacts, now: Temporal.Instant): LicenseStatus {
  if (license.revokedAt !== null) return 'revoked'
  if (license.underReviewAt !== null) return 'under_review'
  if (license.suspendedAt !== null) return 'suspended'
  if (license.oneTime && license.total > 0 && license.consumed >= license.total) return 'consumed'
  if (isMetered(license, now)) return 'active'
  if (!isBefore(now, retentionEndsAt(license))) return 'ended'
  if (!isBefore(now, graceEndsAt(license))) return 'retained'
  if (!isBefore(now, license.endsAt)) return 'grace'
  const aheadMs = license.activatedAt.epochMilliseconds - now.epochMilliseconds
  return aheadMs > CLOCK_TOLERANCE_MS ? 'pending' : 'active'
}

/** True from the expiry on while it is paid by the day: it works, and is not renewable (S50). */
export function isMetered(
  { renewalMode, endsAt }: Pick<LicenseFacts, 'renewalMode' | 'endsAt'>,
  now: Temporal.Instant,
): boolean {
  return renewalMode === 'pay_per_use' && !isBefore(now, endsAt)
}

/** From here on it is stopped, and still renewable. One-time types have no grace (R17). */
export function graceEndsAt(license: LicenseFacts): Temporal.Instant {
  return daysUnheld(license, license.endsAt, license.oneTime ? 0 : license.graceDays)
}

/** From here on it has ended: a renewal is a new purchase (R3). */
export function retentionEndsAt(license: LicenseFacts): Temporal.Instant {
  return daysUnheld(license, graceEndsAt(license), license.oneTime ? 0 : license.retentionDays)
}

/**
 * Whole days that a renewal at `now` pays for and that are over already, since it starts at the old
 * end (R3); shown before it is confirmed. 0 before the end.
 */
export function lapsedDays(license: Pick<LicenseFacts, 'endsAt'>, now: Temporal.Instant): number {
  const sinceMs = now.epochMilliseconds - license.endsAt.epochMilliseconds
  return Math.max(0, Math.floor(sinceMs / (HOURS_A_DAY * HOUR_MS)))
}

/** What the label "expiring" depends on beside the status. */
export interface RenewalFacts {
  readonly anchor: Anchor
  readonly cycle: 'month' | 'year' | null
  /** Null for a license that has no renewal. */
  readonly renewalMode: RenewalMode | null
  /** True when the last automatic charge failed: the license will not renew by itself. */
  readonly isChargeFailing?: boolean
}

/**
 * The label beside the status: at most min(30, ⌊period days / 4⌋) days left, and nothing will renew
 * the license by itself.
 */
export function isExpiring(license: LicenseFacts & RenewalFacts, now: Temporal.Instant): boolean {
  const isAutoHealthy = license.renewalMode === 'auto' && license.isChargeFailing !== true
  if (isAutoHealthy || isMetered(license, now) || statusAt(license, now) !== 'active') return false
  return !isBefore(now, daysAfter(license.endsAt, -expiringDays(license)))
}

/** How many days before the end the label appears, 0–30. */
export function expiringDays(license: LicenseFacts & RenewalFacts): number {
  const { activatedAt, endsAt, anchor, cycle } = license
  if (cycle !== null) return EXPIRING_DAYS[cycle]
  const periodDays = serviceLifeDays(activatedAt, endsAt, anchor.zone)
  return Math.min(LONGEST_EXPIRING_DAYS, Math.floor(periodDays / 4))
}

export const LICENSE_EVENTS = [
  'start',
  'expire',
  'stop',
  'end',
  'renew',
  'suspend',
  'reinstate',
  'flag',
  'clear',
  'consume',
  'revoke',
] as const
export type LicenseEvent = (typeof LICENSE_EVENTS)[number]

/** Stands for the status that dates and the other decisions give: `statusAt`. */
const COMPUTED = 'computed'
type Target = LicenseStatus | typeof COMPUTED

const HELD = { suspend: 'suspended', flag: 'under_review', revoke: 'revoked' } as const

/**
 * Section 5 as a grid. Time starts, expires, stops and ends a license; people suspend and flag it,
 * and what they take back leads to the state computed from dates. Suspended or flagged, it can be
 * extended and stays held. Nothing leaves `revoked`; what has ended is not renewed (R3).
 */
export const LICENSE_TRANSITIONS: Readonly<
  Record<LicenseStatus, Readonly<Partial<Record<LicenseEvent, Target>>>>
> = {
  pending: { start: 'active', ...HELD },
  active: { expire: 'grace', end: 'ended', renew: 'active', consume: 'consumed', ...HELD },
  grace: { stop: 'retained', end: 'ended', renew: 'active', ...HELD },
  retained: { end: 'ended', renew: 'active', ...HELD },
  ended: { consume: 'consumed', ...HELD },
  suspended: { reinstate: COMPUTED, renew: 'suspended', flag: 'under_review', revoke: 'revoked' },
  under_review: {
    clear: COMPUTED,
    renew: 'under_review',
    suspend: 'under_review',
    reinstate: 'under_review',
    revoke: 'revoked',
  },
  consumed: { ...HELD },
  revoked: {},
}

/**
 * The status after an event.
 *
 * @param computed  the status by `statusAt` once the decision is taken back; only `reinstate` and
 *                  `clear` lead to it
 * @throws Refused `license.transition_refused` when the table has no such move
 */
export function transition(
  status: LicenseStatus,
  event: LicenseEvent,
  computed: LicenseStatus,
): LicenseStatus {
  const target = LICENSE_TRANSITIONS[status][event]
  if (target === undefined) {
    throw new Refused('license.transition_refused', { facts: { status, event } })
  }
  return target === COMPUTED ? computed : target
}

/** So many days after an instant on a clock that stands still while the license is held. */
function daysUnheld(
  { holds = [] }: Pick<LicenseFacts, 'holds'>,
  from: Temporal.Instant,
  days: number,
): Temporal.Instant {
  let reached = from
  let deadline = daysAfter(from, days)
  for (const hold of holds.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))) {
    const stopsAt = isBefore(hold.from, reached) ? reached : hold.from
    if (!isBefore(stopsAt, deadline) || !isBefore(stopsAt, hold.until)) continue
    deadline = deadline.add(stopsAt.until(hold.until))
    reached = hold.until
  }
  return deadline
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0
}

function daysAfter(at: Temporal.Instant, days: number): Temporal.Instant {
  return hoursAfter(at, days * HOURS_A_DAY)
}
