/**
 * Who is served when within one run: a few lanes side by side, each with one at a time. Who has more to
 * do afterwards comes again behind the others, so that those who are quick go on while one is slow (N15).
 */

/** Workers have six connections; a lane uses one at a time. */
const LANES = 4
/** So that those who are known to be slow leave room for the others. */
const LANES_OF_FAILING = 2

export interface Turns<T> {
  /** In one run, the first ones included. */
  readonly limit: number
  readonly isFailing: (one: T) => boolean
  /** @returns whether there was more than fits in one turn */
  readonly serve: (one: T) => Promise<boolean>
  /** @returns the same one as it is now; null when it needs nothing more */
  readonly again: (one: T) => Promise<T | null>
}

/** Each of the first ones has a turn, up to the limit, before anybody has a second one. */
export async function takeTurns<T>(
  first: readonly T[],
  { limit, isFailing, serve, again }: Turns<T>,
): Promise<void> {
  const waiting = first.slice(0, limit)
  let left = limit - waiting.length
  const lane = async (number: number): Promise<void> => {
    const next = () => {
      const index = waiting.findIndex((one) => number < LANES_OF_FAILING || !isFailing(one))
      return index < 0 ? undefined : waiting.splice(index, 1)[0]
    }
    for (let one = next(); one !== undefined; one = next()) {
      const hasMore = await serve(one)
      if (!hasMore || left === 0) continue
      left -= 1
      const same = await again(one)
      if (same !== null) waiting.push(same)
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)))
}
