/** Waiting for a change without holding anything: it looks again, a bounded number of times. */
import type { Deps } from '../deps.ts'

export interface Poll<T> {
  readonly seconds: number
  readonly signal: AbortSignal
  readonly read: () => Promise<T>
  /** Waiting makes sense only while this holds. */
  readonly isOpen: (value: T) => boolean
  readonly isChanged: (first: T, value: T) => boolean
}

/** Answers at once unless open, else on a change or when the time is over. */
export async function pollUntil<T>(deps: Deps, poll: Poll<T>): Promise<T> {
  const { everyMs, maxMs } = deps.config.longPoll
  const looks = Math.floor(Math.min(poll.seconds * 1000, maxMs) / everyMs)
  const signal = AbortSignal.any([poll.signal, ...(deps.stopping ? [deps.stopping] : [])])
  const first = await poll.read()
  let value = first
  for (let look = 0; look < looks && poll.isOpen(value) && !signal.aborted; look++) {
    await deps.sleep(everyMs, signal)
    value = await poll.read()
    if (poll.isChanged(first, value)) break
  }
  return value
}
