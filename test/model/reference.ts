/**
 * The license as section 5 of the requirements tells it, written from its sentences with arithmetic on
 * milliseconds in UTC, and nothing of the server. Time is a list of spans, each of which counts or
 * does not: grace and retention are measured by the sum of what counts behind the expiry.
 */
export type Word =
  | 'active'
  | 'grace'
  | 'retained'
  | 'ended'
  | 'suspended'
  | 'under_review'
  | 'revoked'
  | 'consumed'
export type Use = 'reserved' | 'consumed' | 'released'

export const DAY_MS = 86_400_000
const LAST_SECOND_MS = DAY_MS - 1000

export interface Reference {
  nowMs: number
  endMs: number
  /** Day of the month and time of the day that months are counted on (R1). */
  anchor: { day: number; timeMs: number }
  /** All time in which the license was not held. */
  readonly counting: { readonly fromMs: number; readonly untilMs: number }[]
  isSuspended: boolean
  isUnderReview: boolean
  isRevoked: boolean
  readonly graceMs: number
  readonly retentionMs: number
  readonly isOneTime: boolean
  readonly total: number
  readonly uses: Map<string, Use>
}

export function bought(paidAtMs: number, terms: Terms): Reference {
  const at = new Date(paidAtMs)
  const timeMs = paidAtMs % DAY_MS
  const anchor = { day: at.getUTCDate(), timeMs }
  return {
    nowMs: paidAtMs,
    endMs: monthsLater(paidAtMs, terms.months, anchor),
    anchor,
    counting: [],
    isSuspended: false,
    isUnderReview: false,
    isRevoked: false,
    graceMs: terms.isOneTime ? 0 : terms.graceDays * DAY_MS,
    retentionMs: terms.isOneTime ? 0 : terms.retentionDays * DAY_MS,
    isOneTime: terms.isOneTime,
    total: terms.total,
    uses: new Map(),
  }
}

export interface Terms {
  readonly months: number
  readonly graceDays: number
  readonly retentionDays: number
  readonly isOneTime: boolean
  readonly total: number
}

/** Precedence: revoked > under review > suspended > consumed > ended > retained > grace > active. */
export function wordOf(it: Reference): Word {
  if (it.isRevoked) return 'revoked'
  if (it.isUnderReview) return 'under_review'
  if (it.isSuspended) return 'suspended'
  if (it.isOneTime && counted(it, 'consumed') === it.total) return 'consumed'
  if (it.nowMs < it.endMs) return 'active'
  const lapsedMs = it.counting.reduce(
    (sum, { fromMs, untilMs }) => sum + Math.max(0, untilMs - Math.max(fromMs, it.endMs)),
    0,
  )
  if (lapsedMs < it.graceMs) return 'grace'
  return lapsedMs < it.graceMs + it.retentionMs ? 'retained' : 'ended'
}

export function elapse(it: Reference, ms: number): void {
  const isHeld = it.isSuspended || it.isUnderReview || it.isRevoked
  if (!isHeld) it.counting.push({ fromMs: it.nowMs, untilMs: it.nowMs + ms })
  it.nowMs += ms
}

/** From the current expiry, early or late; what has ended or was revoked is bought anew (R3, R4). */
export function isRenewable(it: Reference): boolean {
  return !it.isOneTime && !['ended', 'revoked'].includes(wordOf(it))
}

export function renew(it: Reference, months: number, day: number | 'last' | null): void {
  const base = monthsLater(it.endMs, months, it.anchor)
  it.endMs = day === null ? base : nextStandardDay(base, day)
  if (day !== null) it.anchor = { day: day === 'last' ? 31 : day, timeMs: LAST_SECOND_MS }
}

export function counted(it: Reference, use: Use): number {
  return [...it.uses.values()].filter((each) => each === use).length
}

/** @returns whether it is allowed; a reference that says the same again changes nothing */
export function use(it: Reference, reference: string, wanted: Use): boolean {
  const current = it.uses.get(reference)
  if (current === wanted || (wanted === 'reserved' && current === 'consumed')) return true
  if (wanted === 'reserved') {
    const isFree = counted(it, 'reserved') + counted(it, 'consumed') < it.total
    if (current !== undefined || !isFree || wordOf(it) !== 'active') return false
  } else if (current !== 'reserved') return false
  else if (wanted === 'consumed') {
    const isHeld = ['revoked', 'under_review', 'suspended'].includes(wordOf(it))
    if (isHeld || it.nowMs >= it.endMs + DAY_MS) return false
  }
  it.uses.set(reference, wanted)
  return true
}

/** Months are added on the anchor, never from a clamped date (R1). */
function monthsLater(ms: number, months: number, anchor: Reference['anchor']): number {
  const at = new Date(ms)
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth() + months]
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(anchor.day, lastDay)) + anchor.timeMs
}

/** The first date not before it whose day is the standard one, in its last second (R5). */
function nextStandardDay(ms: number, day: number | 'last'): number {
  for (let date = ms - (ms % DAY_MS); ; date += DAY_MS) {
    const isLast = new Date(date + DAY_MS).getUTCDate() === 1
    const isStandard = day === 'last' ? isLast : new Date(date).getUTCDate() === day
    if (isStandard) return date + LAST_SECOND_MS
  }
}
