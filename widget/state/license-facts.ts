/** What a license says about itself, decided without a clock: `now` is the server's. */
import type { License } from '../../server/contract/licenses.ts'

export type StatusLabel = License['status'] | 'expiring'

/** Every label that a filter may ask for, in the order of a license's life. */
export const STATUS_LABELS: readonly StatusLabel[] = [
  'pending',
  'active',
  'expiring',
  'grace',
  'retained',
  'ended',
  'suspended',
  'under_review',
  'revoked',
  'consumed',
]

export type RenewalKind = 'auto' | 'manual' | 'pay_per_use' | 'canceled' | 'one_time' | 'none'

const DAY_MS = 86_400_000

/** `expiring` is a label of an active license, not a state. */
export function statusLabel({ status, expiring }: License): StatusLabel {
  return status === 'active' && expiring ? 'expiring' : status
}

/** Whole days of grace that remain, the running one not counted; null outside grace. */
export function graceDaysLeft({ status, grace_until }: License, now: string): number | null {
  if (status !== 'grace' || grace_until === null || grace_until === undefined) return null
  return Math.max(0, Math.floor((Date.parse(grace_until) - Date.parse(now)) / DAY_MS))
}

/** Null where the license is over, because nothing will happen to it by itself. */
export function renewalKind(license: License): RenewalKind | null {
  if (['ended', 'revoked', 'consumed'].includes(license.status)) return null
  if (license.one_time) return 'one_time'
  return license.renewal_mode ?? 'none'
}

/**
 * Licenses that appeared since the answer before: not seen yet, and activated after it was given.
 * Others only moved here from another page.
 */
export function appeared(
  licenses: readonly License[],
  seen: ReadonlySet<string>,
  since: string,
): string[] {
  return licenses
    .filter(({ id, activated_at }) => !seen.has(id) && activated_at >= since)
    .map(({ id }) => id)
}
