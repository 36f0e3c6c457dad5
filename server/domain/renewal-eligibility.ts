/** Whether a license can be renewed now, and if not, why (R3, R4, section 5). */
import { Temporal } from 'temporal-polyfill'
import { addMonths, anchorOf, type Anchor } from './calendar.ts'
import type { Cycle, Plan, Price, Product } from './catalogue.ts'
import type { Id } from './ids.ts'
import { retentionEndsAt, type LicenseFacts, type RenewalMode } from './license.ts'
import { isRetired, periodMonths, planOf, priceOf } from './plan.ts'
import { renewalPeriod } from './renewal-period.ts'

/** What a renewal depends on. */
export interface RenewableLicense extends LicenseFacts {
  readonly id: Id<'lic'>
  readonly planId: string
  readonly cycle: Cycle | null
  readonly anchor: Anchor
  /** Units of the next period where fewer were bought for it; null while `total` stays. */
  readonly nextTotal: number | null
  /** Units reserved or used. */
  readonly inUse: number
  /** Null for what is never renewed: one-time, complimentary (R4, S26). */
  readonly renewalMode: RenewalMode | null
  /** Of the last paid order; null for a license that was granted. */
  readonly currency: string | null
  /** An order that is pending, processing or in review. */
  readonly openOrderId: Id<'ord'> | null
  /** True when the order that brought it was refunded in full. */
  readonly isRefunded: boolean
}

/** First reason wins, in this order. */
export const NOT_RENEWABLE_REASONS = [
  'revoked',
  'refunded',
  'under_review',
  'order_open',
  'metered',
  'suspended',
  'ended',
  'retired',
  'currency',
  'too_far_ahead',
  'too_short',
] as const
export type NotRenewableReason = (typeof NOT_RENEWABLE_REASONS)[number]

/** Paid time reaches at most so far ahead (R5). */
export const LONGEST_AHEAD_MONTHS = 60
/** Five years are longer in any zone: what ends by then needs no calendar. */
const NEVER_TOO_FAR_DAYS = 5 * 364
/** A renewal that would end sooner helps nobody (R3). */
const SHORTEST_AHEAD_DAYS = 3
const HOURS_A_DAY = 24
const DAY_MS = HOURS_A_DAY * 3_600_000

/** Null when one plain cycle can be bought now; a license without a mode is the caller's matter. */
export function renewalObstacle(
  license: RenewableLicense,
  product: Product,
  at: Temporal.Instant,
): NotRenewableReason | null {
  const held = extensionObstacle(license, product, at)
  if (held !== null) return held
  const plan = planOf(product, license.planId)
  if (plan === null) return 'retired'
  const months = periodMonths(plan, license.cycle)
  if (isFarFromLimits(license.endsAt, months, at)) return null
  const { endsAt } = renewalPeriod(license, plan, { months, day: null, at })
  if (isTooFarAhead(endsAt, license.anchor.zone, at)) return 'too_far_ahead'
  return isTooShort(endsAt, at) ? 'too_short' : null
}

/**
 * True where no calendar can bring a renewal near either limit, which is so for nearly all licenses:
 * months have 28 to 31 days, and zones shift by less than one.
 */
function isFarFromLimits(endsAt: Temporal.Instant, months: number, at: Temporal.Instant): boolean {
  const [end, now] = [endsAt.epochMilliseconds, at.epochMilliseconds]
  const earliest = end + (28 * months - 1) * DAY_MS
  const latest = Math.max(end, now) + (31 * months + 1) * DAY_MS
  return earliest > now + SHORTEST_AHEAD_DAYS * DAY_MS && latest < now + NEVER_TOO_FAR_DAYS * DAY_MS
}

/** What keeps any change that is paid for away from a license: renewal, added units, upgrade. */
export function extensionObstacle(
  license: RenewableLicense,
  product: Product,
  at: Temporal.Instant,
): NotRenewableReason | null {
  if (license.isRefunded && hasStopped(license, at)) return 'refunded'
  if (license.revokedAt !== null) return 'revoked'
  if (license.underReviewAt !== null) return 'under_review'
  if (license.openOrderId !== null) return 'order_open'
  if (isMetered(license, at)) return 'metered'
  if (license.suspendedAt !== null) return 'suspended'
  if (Temporal.Instant.compare(at, retentionEndsAt(license)) >= 0) return 'ended'
  return planObstacle(license, product, at)
}

/** Why its plan is not sold any more to whoever has it, in the currency of its last paid order. */
export function planObstacle(
  license: PlannedLicense,
  product: Product,
  at: Temporal.Instant,
): 'retired' | 'currency' | null {
  const plan = planOf(product, license.planId)
  if (plan === null || isRetired(plan, at)) return 'retired'
  return priceNow(license, plan, product) === null ? 'currency' : null
}

export type PlannedLicense = Pick<RenewableLicense, 'planId' | 'cycle' | 'currency'>

/** True while use beyond the expiry is counted (S50): until it is moved back, it is not renewable. */
export function isMetered(
  license: Pick<RenewableLicense, 'renewalMode' | 'endsAt' | 'suspendedAt'>,
  at: Temporal.Instant,
): boolean {
  const isOver = Temporal.Instant.compare(at, license.endsAt) >= 0
  return license.renewalMode === 'pay_per_use' && isOver && license.suspendedAt === null
}

/** Today's price of its plan in the currency of its last paid order (R14); null where there is none. */
export function priceNow(license: PlannedLicense, plan: Plan, product: Product): Price | null {
  return priceOf(plan, currencyOf(license, product), license.cycle)
}

/** A granted license has no order yet: the product's first currency then. */
export function currencyOf(license: Pick<RenewableLicense, 'currency'>, product: Product): string {
  return license.currency ?? product.currencies[0] ?? ''
}

/** Units that a renewal begins with. */
export function unitsNext({ total, nextTotal }: RenewableLicense): number {
  return nextTotal ?? total
}

export function isTooFarAhead(
  endsAt: Temporal.Instant,
  zone: string,
  at: Temporal.Instant,
): boolean {
  const surely = at.add({ hours: NEVER_TOO_FAR_DAYS * HOURS_A_DAY })
  if (Temporal.Instant.compare(endsAt, surely) <= 0) return false
  const latest = addMonths(at, LONGEST_AHEAD_MONTHS, anchorOf(at, zone))
  return Temporal.Instant.compare(endsAt, latest) > 0
}

export function isTooShort(endsAt: Temporal.Instant, at: Temporal.Instant): boolean {
  const earliest = at.add({ hours: SHORTEST_AHEAD_DAYS * HOURS_A_DAY })
  return Temporal.Instant.compare(endsAt, earliest) < 0
}

function hasStopped(license: RenewableLicense, at: Temporal.Instant): boolean {
  return license.revokedAt !== null || Temporal.Instant.compare(at, retentionEndsAt(license)) >= 0
}
