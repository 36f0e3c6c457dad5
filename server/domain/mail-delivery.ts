/** What becomes of a mail after an attempt: sent, tried again, or given up. Pure. */

export const MAX_ATTEMPTS = 8

/**
 * How often a transport without idempotency may be asked while it is unknown whether the mail has
 * gone out already: at most one duplicate (C16).
 */
export const MAX_IN_DOUBT = 2

const MINUTE = 60
const HOUR = 60 * MINUTE
/** Waiting after the first, second … attempt; together two days. */
const WAITS_SECONDS = [
  1 * MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  20 * HOUR,
]

export interface Tries {
  /** Begun, this one included. */
  readonly attempts: number
  /** Of those, how many may have arrived though we never learned it, this one not included. */
  readonly inDoubt: number
  readonly isIdempotent: boolean
}

export type Attempt =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'deferred'; readonly retryAfterSeconds?: number }
  | { readonly kind: 'unknown' }

export type Verdict =
  | { readonly kind: 'sent'; readonly inDoubt: number }
  | { readonly kind: 'again'; readonly inDoubt: number; readonly afterSeconds: number }
  | { readonly kind: 'given_up'; readonly inDoubt: number }

/** @param random  in [0, 1): spreads those that failed together */
export function judgeAttempt(tries: Tries, attempt: Attempt, random: number): Verdict {
  const inDoubt = tries.inDoubt + (attempt.kind === 'unknown' ? 1 : 0)
  switch (attempt.kind) {
    case 'accepted':
      return { kind: 'sent', inDoubt }
    case 'refused':
      return { kind: 'given_up', inDoubt }
    case 'deferred':
    case 'unknown': {
      if (tries.attempts >= MAX_ATTEMPTS || !mayTry({ ...tries, inDoubt })) {
        return { kind: 'given_up', inDoubt }
      }
      const asked = attempt.kind === 'deferred' ? (attempt.retryAfterSeconds ?? 0) : 0
      const afterSeconds = Math.max(asked, waitSeconds(tries.attempts, random))
      return { kind: 'again', inDoubt, afterSeconds }
    }
  }
}

/** False when one more attempt could become a second duplicate. */
export function mayTry({ inDoubt, isIdempotent }: Omit<Tries, 'attempts'>): boolean {
  return isIdempotent || inDoubt < MAX_IN_DOUBT
}

/** Between half of the wait and all of it, in whole seconds. */
function waitSeconds(attempts: number, random: number): number {
  const wait = WAITS_SECONDS[Math.min(attempts, WAITS_SECONDS.length) - 1] ?? MINUTE
  return Math.round(wait * (0.5 + random / 2))
}
