/**
 * What a check of an installed product answers (S66, R21): always a code, never just "no".
 * Pure: the row of the license, the caller's activation and the question go in, the code comes out.
 */
import { Temporal } from 'temporal-polyfill'
import { hoursAfter } from './calendar.ts'
import { isStale, silenceTimes, type ActivationFacts } from './activation.ts'
import type { LicenseStatus, LicenseFacts, RenewalFacts } from './license.ts'
import { graceEndsAt, isExpiring, statusAt } from './license.ts'
import type { Plan } from './catalogue.ts'
import type { ValidationCode } from './validation-codes.ts'

export interface CheckedLicense extends Omit<LicenseFacts, 'renewalMode'>, RenewalFacts {
  readonly productId: string
  /** Units that are taken: activations, or units of a one-time license. */
  readonly reserved: number
}

/** What the caller says about itself. */
export interface Question {
  readonly product: string
  /** Null: the license alone is asked about, not this installation. */
  readonly fingerprint: string | null
  readonly name: string | null
  readonly entitlements: readonly string[]
}

/** What is known about the caller's installation. */
export interface InstallationFacts {
  /** The latest activation with this fingerprint, or null. */
  readonly own: ActivationFacts | null
  /** An active activation of the same name has another fingerprint. */
  readonly isNameBoundElsewhere: boolean
}

const HELD: Readonly<Partial<Record<LicenseStatus, ValidationCode>>> = {
  revoked: 'REVOKED',
  under_review: 'UNDER_REVIEW',
  suspended: 'SUSPENDED',
  consumed: 'CONSUMED',
  retained: 'EXPIRED',
  ended: 'EXPIRED',
  pending: 'NOT_ACTIVATED',
}

/**
 * @param license  null when no license has this key
 * @param plan     null when the catalogue no longer has it: then it grants no named entitlement
 */
export function validationCode(
  license: CheckedLicense | null,
  plan: Plan | null,
  installation: InstallationFacts,
  question: Question,
  now: Temporal.Instant,
): ValidationCode {
  if (license === null) return 'NOT_FOUND'
  if (license.productId !== question.product) return 'WRONG_PRODUCT'
  const status = statusAt(license, now)
  const held = HELD[status]
  if (held !== undefined) return held
  const unbound = unboundCode(license, plan, installation, question, now)
  if (unbound !== null) return unbound
  const granted = plan?.entitlements ?? []
  if (!question.entitlements.every((name) => granted.includes(name))) return 'ENTITLEMENT_MISSING'
  if (status === 'grace') return 'GRACE'
  return isExpiring(license, now) ? 'EXPIRING' : 'VALID'
}

/** One-time licenses are bound to references of the host, not to installations. */
function unboundCode(
  license: CheckedLicense,
  plan: Plan | null,
  { own, isNameBoundElsewhere }: InstallationFacts,
  { fingerprint }: Question,
  now: Temporal.Instant,
): ValidationCode | null {
  if (license.oneTime || fingerprint === null) return null
  if (own?.state === 'active') {
    return isStale(own, plan?.heartbeat_minutes, now) ? 'HEARTBEAT_DEAD' : null
  }
  if (own?.state === 'culled') return 'HEARTBEAT_DEAD'
  if (isNameBoundElsewhere) return 'FINGERPRINT_MISMATCH'
  const isFull = license.reserved >= license.total
  if (isFull) return license.total === 1 ? 'FINGERPRINT_MISMATCH' : 'LIMIT_REACHED'
  return 'NOT_ACTIVATED'
}

export interface CheckTimes {
  /** When the product asks again at the latest. */
  readonly checkAfter: Temporal.Instant
  /** Until when it may run without reaching the center (S67); never after the end and its grace (R19). */
  readonly graceUntil: Temporal.Instant
}

const HOURS_A_DAY = 24

/**
 * Of what a check answers: for products that call. A floating unit may go to others once its installation
 * was silent for too long, so what lets it run without calling ends by then.
 *
 * @param own  the caller's activation; null: the license alone is asked about
 */
export function checkTimes(
  license: LicenseFacts,
  plan: Pick<Plan, 'check_every_hours' | 'offline_days' | 'heartbeat_minutes'> | null,
  own: ActivationFacts | null,
  now: Temporal.Instant,
): CheckTimes {
  const stopsAt = graceEndsAt(license)
  const due = hoursAfter(now, plan?.check_every_hours ?? HOURS_A_DAY)
  const offlineUntil = hoursAfter(due, (plan?.offline_days ?? 0) * HOURS_A_DAY)
  const changesAt = Temporal.Instant.compare(now, license.endsAt) < 0 ? license.endsAt : stopsAt
  const silent = own === null ? null : silenceTimes(own, plan?.heartbeat_minutes)
  const checkAfter = earliest(due, changesAt)
  const graceUntil = earliest(offlineUntil, stopsAt)
  if (silent === null) return { checkAfter, graceUntil }
  return {
    checkAfter: earliest(checkAfter, silent.staleAt),
    graceUntil: earliest(graceUntil, silent.cullableAt),
  }
}

/** Of a license file: for hosts that never call, so it ends with the license and its grace, or with the plan's limit. */
export function fileTimes(
  license: LicenseFacts,
  plan: Pick<Plan, 'file_days'> | null,
  now: Temporal.Instant,
): CheckTimes {
  const stopsAt = graceEndsAt(license)
  const graceUntil =
    plan?.file_days === undefined
      ? stopsAt
      : earliest(hoursAfter(now, plan.file_days * HOURS_A_DAY), stopsAt)
  const isInGrace = Temporal.Instant.compare(now, license.endsAt) >= 0
  return { checkAfter: isInGrace ? graceUntil : earliest(license.endsAt, graceUntil), graceUntil }
}

function earliest(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? one : other
}
