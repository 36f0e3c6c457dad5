/** Limits in the memory of one process: the times of the last tries of each source, bounded in both ways. */
import type { Limiter } from '../deps.ts'

export interface Window {
  readonly tries: number
  readonly seconds: number
  /** Sources that are remembered; the one that was quiet for longest is forgotten first. */
  readonly sources: number
}

export const KEY_GUESSES: Window = { tries: 20, seconds: 60, sources: 10_000 }

/** @param now  epoch milliseconds */
export function createLimiter(now: () => number, guesses: Window = KEY_GUESSES): Limiter {
  const keyGuess = slidingWindow(now, guesses)
  return { keyGuess: async (source) => keyGuess(source) }
}

/** @returns takes a try: seconds until the next one is allowed, 0 when this one is. A refused try does not count. */
export function slidingWindow(
  now: () => number,
  { tries, seconds, sources }: Window,
): (source: string) => number {
  const taken = new Map<string, readonly number[]>()
  return (source) => {
    const at = now()
    const since = at - seconds * 1000
    const recent = (taken.get(source) ?? []).filter((time) => time > since)
    const [first] = recent
    const isAllowed = recent.length < tries
    // Deleted and set again, so that the map stays in the order of use.
    taken.delete(source)
    taken.set(source, isAllowed ? [...recent, at] : recent)
    for (const quiet of taken.keys()) {
      if (taken.size <= sources) break
      taken.delete(quiet)
    }
    return isAllowed || first === undefined ? 0 : Math.max(1, Math.ceil((first - since) / 1000))
  }
}
