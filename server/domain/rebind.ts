/**
 * Whether a customer may move a unit from one installation to another by themselves (S82, C09). Pure:
 * what the license went through lately goes in; approved, or a score with its reasons, comes out.
 */
import type { Temporal } from 'temporal-polyfill'
import type { Plan } from './catalogue.ts'

export const REBIND_STATES = ['requested', 'approved', 'denied', 'withdrawn'] as const
export type RebindState = (typeof REBIND_STATES)[number]

export type RebindRules = Plan['rebind']

/** What the decision depends on. */
export interface RebindFacts {
  readonly now: Temporal.Instant
  /** Requests on this license within the last 30 days, whatever became of them. */
  readonly recent: readonly {
    readonly state: RebindState
    readonly requestedAt: Temporal.Instant
  }[]
  /** Of the installation that is to go. */
  readonly activatedAt: Temporal.Instant
  readonly lastSeenAt: Temporal.Instant
  /** The old host was activated by a code. */
  readonly isOffline: boolean
  /** False when who asks is not proved to have the customer's address. */
  readonly isEmailTheirs: boolean
  /** The newcomer is an installation of another customer's license of the product. */
  readonly isUsedElsewhere: boolean
}

/** What speaks for a look by a person, heaviest first. */
export const REBIND_REASONS = [
  'quota',
  'cooldown',
  'offline',
  'email_mismatch',
  'used_elsewhere',
  'many_lately',
  'young_activation',
  'recently_seen',
] as const
export type RebindReason = (typeof REBIND_REASONS)[number]

/** 100 is certain. */
const WEIGHTS: Readonly<Record<RebindReason, number>> = {
  /** The self-service quota of 30 days is used up. */
  quota: 100,
  /** The last one was too short a time ago. */
  cooldown: 100,
  /** The old host runs on its code or file: it does not learn that it lost its unit. */
  offline: 100,
  email_mismatch: 60,
  used_elsewhere: 60,
  /** More than half of the quota is used. */
  many_lately: 20,
  /** Activated within the last day. */
  young_activation: 20,
  /** The old installation called within the last hour: it is not dead. */
  recently_seen: 20,
}

export interface RebindJudgement {
  readonly isApproved: boolean
  /** 0–100. */
  readonly score: number
  /** Heaviest first. */
  readonly reasons: readonly RebindReason[]
}

export const REBIND_WINDOW = { hours: 30 * 24 }
const YOUNG_HOURS = 24
const SEEN_HOURS = 1
const HIGHEST_SCORE = 100

export function judgeRebind(rules: RebindRules, facts: RebindFacts): RebindJudgement {
  const reasons = reasonsOf(rules, facts)
  const sum = reasons.reduce((score, reason) => score + WEIGHTS[reason], 0)
  const score = Math.min(HIGHEST_SCORE, sum)
  return { isApproved: score < rules.review_score, score, reasons }
}

/**
 * Asking has an end, too: beyond this nothing is stored any more (C09).
 * @returns seconds until the next request is heard; null when this one is
 */
export function refusedForSeconds(
  rules: RebindRules,
  { recent, now }: Pick<RebindFacts, 'recent' | 'now'>,
): number | null {
  if (recent.length < rules.requests_per_30_days) return null
  const [oldest] = recent
    .map(({ requestedAt }) => requestedAt)
    .toSorted((one, other) => one.epochMilliseconds - other.epochMilliseconds)
    .slice(recent.length - rules.requests_per_30_days)
  if (oldest === undefined) return null
  return Math.max(1, Math.ceil(now.until(oldest.add(REBIND_WINDOW)).total('seconds')))
}

function reasonsOf(rules: RebindRules, facts: RebindFacts): RebindReason[] {
  const { now, recent, activatedAt, lastSeenAt } = facts
  const done = recent.filter(({ state }) => state === 'approved')
  const isWithin = (at: Temporal.Instant, hours: number) => hoursBetween(at, now) < hours
  const found: Readonly<Record<RebindReason, boolean>> = {
    quota: done.length >= rules.self_service_per_30_days,
    cooldown: done.some(({ requestedAt }) => isWithin(requestedAt, rules.cooldown_hours)),
    offline: facts.isOffline,
    email_mismatch: !facts.isEmailTheirs,
    used_elsewhere: facts.isUsedElsewhere,
    many_lately: done.length * 2 > rules.self_service_per_30_days,
    young_activation: isWithin(activatedAt, YOUNG_HOURS),
    recently_seen: isWithin(lastSeenAt, SEEN_HOURS),
  }
  return REBIND_REASONS.filter((name) => found[name])
}

function hoursBetween(from: Temporal.Instant, until: Temporal.Instant): number {
  return from.until(until).total('hours')
}
