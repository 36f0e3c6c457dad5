/** Plays seeds on all workers, in chunks, until one breaks an invariant. */
import type { Failure } from './core/find.ts'
import type { Pool, Seeds } from './pool.ts'

export interface Search extends Seeds {
  /** Prints progress. */
  readonly isTold?: boolean
}

export interface Found {
  /** Of the lowest seed that failed; null when all ended well. */
  readonly failure: Failure | null
  readonly played: number
  readonly seconds: number
}

const CHUNK = 20
const TELL_EVERY_MS = 10_000

export async function search(pool: Pool, what: Search): Promise<Found> {
  const { from, count, isTold = false, ...shared } = what
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1000
  let next = from
  let played = 0
  let toldAt = startedAt
  const found: Failure[] = []
  const work = async () => {
    while (found.length === 0 && next < from + count) {
      const chunk = { from: next, count: Math.min(CHUNK, from + count - next) }
      next += chunk.count
      const failure = await pool.search({ ...shared, ...chunk })
      played += failure === null ? chunk.count : failure.seed - chunk.from + 1
      if (failure !== null) found.push(failure)
      if (isTold && performance.now() - toldAt > TELL_EVERY_MS) {
        toldAt = performance.now()
        console.log(`${played} schedules, ${(played / seconds()).toFixed(0)} a second`)
      }
    }
  }
  await Promise.all(Array.from({ length: pool.size }, work))
  if (isTold) console.log(`${played} schedules in ${seconds().toFixed(1)} s`)
  const [failure = null] = found.toSorted((one, other) => one.seed - other.seed)
  return { failure, played, seconds: seconds() }
}
