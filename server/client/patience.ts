/** How long a center that cannot be reached is left alone, so that a crowd does not keep it down. */

const FIRST_MS = 30_000
const LONGEST_MS = 3_600_000

export interface Patience {
  /** True while it makes no sense to try again. */
  isWaiting(nowMs: number): boolean
  /** @param retryAfterMs  as the center asked; null: it did not say */
  failed(nowMs: number, retryAfterMs: number | null): void
  reached(): void
}

/** Twice as long after each failure, an hour at most, each by chance up to half shorter. */
export function createPatience(random: () => number): Patience {
  let failures = 0
  let until = { fromMs: 0, toMs: 0 }
  return {
    // Also over when the clock was turned back: then the center is the one to ask.
    isWaiting: (nowMs) => nowMs >= until.fromMs && nowMs < until.toMs,
    failed(nowMs, retryAfterMs) {
      const ceilingMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures++)
      const pauseMs = Math.max(retryAfterMs ?? 0, ceilingMs * (1 - random() / 2))
      until = { fromMs: nowMs, toMs: nowMs + pauseMs }
    },
    reached() {
      failures = 0
      until = { fromMs: 0, toMs: 0 }
    },
  }
}
