/**
 * Six events of one order in every order, each one to three times (P03), against what comes out when
 * they arrive as they happened. `npm run simulate:all` tells them all; `npm test` a sample.
 */
import type { Pool } from './pool.ts'

const EVENTS = 6
const COPIES = [1, 2, 3]
const CHUNK = 40

/** @param every  of all orders and numbers of copies, each so many-th. @returns sentences */
export async function permutationProblems(
  pool: Pool,
  bundle: string,
  every: number,
): Promise<string[]> {
  const inOrder = Array.from({ length: EVENTS }, (_, index) => index)
  const [truth] = await pool.tell(bundle, [{ arrivals: inOrder }])
  const all = permutations(inOrder).flatMap((order) =>
    COPIES.map((copies) => order.flatMap((event) => Array<number>(copies).fill(event))),
  )
  const told = all.filter((_, index) => index % every === 0)
  const chunks = Array.from({ length: Math.ceil(told.length / CHUNK) }, (_, index) =>
    told.slice(index * CHUNK, (index + 1) * CHUNK),
  )
  const problems = await Promise.all(
    chunks.map(async (chunk) => {
      const tellings = chunk.map((arrivals) => ({ arrivals }))
      const ends = await pool.tell(bundle, tellings)
      return ends.flatMap(({ violation, state }, index) => {
        if (violation === null && state === truth?.state) return []
        const why = violation === null ? `${state}\ninstead of\n${truth?.state}` : violation.says
        return [`Events arrive as ${chunk[index]?.join('')}: ${why}`]
      })
    }),
  )
  console.log(`${told.length} of ${all.length} orders of one life told`)
  return problems.flat()
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  )
}
