/** Which version a license lets an installation update to (S83, S84, R20). Pure. */
import { Temporal } from 'temporal-polyfill'
import { subtractMonths, type Anchor } from './calendar.ts'
import type { UpdatePolicy } from './catalogue.ts'
import type { Release } from './release.ts'
import { compareVersions, isSameLine } from './semver.ts'
import type { ValidationCode } from './validation-codes.ts'
import { isValid } from './validation-codes.ts'

export const UPDATE_ANSWERS = ['eligible', 'up_to_date', 'newest_eligible', 'not_entitled'] as const
export type UpdateAnswer = (typeof UPDATE_ANSWERS)[number]

/** What the license says about updates. */
export interface Entitlement {
  readonly code: ValidationCode
  readonly activatedAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly anchor: Anchor
  readonly policy: UpdatePolicy
}

export interface UpdateDecision<R extends Release> {
  readonly answer: UpdateAnswer
  /** What to install; null: nothing newer, or nothing that the license covers. */
  readonly release: R | null
  /** The newest that is offered at all. */
  readonly latest: R | null
  /** The newest that the license covers, newer or not. */
  readonly lastEligible: R | null
}

/** @param offers  what is offered to the installation, the newest first */
export function decideUpdate<R extends Release>(
  offers: readonly R[],
  installed: string,
  entitlement: Entitlement | null,
): UpdateDecision<R> {
  const covered = entitlement === null ? [] : offers.filter(coverage(entitlement, offers))
  const latest = offers[0] ?? null
  const lastEligible = covered[0] ?? null
  const facts = { latest, lastEligible, release: null }
  if (entitlement === null || !mayUpdate(entitlement.code))
    return { ...facts, answer: 'not_entitled' }
  if (latest === null || compareVersions(latest.version, installed) <= 0) {
    return { ...facts, answer: 'up_to_date' }
  }
  if (lastEligible === null) return { ...facts, answer: 'not_entitled' }
  const isNewer = compareVersions(lastEligible.version, installed) > 0
  const answer = lastEligible === latest ? 'eligible' : 'newest_eligible'
  return { ...facts, answer, release: isNewer ? lastEligible : null }
}

/** Whoever is suspended, revoked or another's has no updates, whatever was covered before. */
function mayUpdate(code: ValidationCode): boolean {
  return isValid(code) || code === 'EXPIRED'
}

function coverage(
  { code, policy, endsAt, activatedAt, anchor }: Entitlement,
  offers: readonly Release[],
): (release: Release) => boolean {
  if (isValid(code)) return () => true
  if (code !== 'EXPIRED') return () => false
  const inTime = (until: Temporal.Instant) => (release: Release) =>
    Temporal.Instant.compare(release.releasedAt, until) <= 0
  const fallback = fallbackUntil({ policy, endsAt, activatedAt, anchor })
  const isFallback = fallback === null ? () => false : inTime(fallback)
  const isInTime = inTime(endsAt)
  switch (policy.after_expiry) {
    case 'allow':
      return () => true
    case 'maintain': {
      const lines = offers.filter(isInTime)
      return ({ version }) => lines.some((release) => isSameLine(release.version, version))
    }
    case 'restrict':
      return isInTime
    case 'revoke':
      return isFallback
  }
}

/** What was out when the last whole fallback period began stays for ever, once one was paid for. */
function fallbackUntil({
  policy,
  endsAt,
  activatedAt,
  anchor,
}: Omit<Entitlement, 'code'>): Temporal.Instant | null {
  const months = policy.perpetual_fallback_months
  if (months === undefined) return null
  const begunAt = subtractMonths(endsAt, months, anchor)
  return Temporal.Instant.compare(begunAt, activatedAt) < 0 ? null : begunAt
}
