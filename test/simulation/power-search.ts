/**
 * `npm run simulate:power -- [--within N] [name …]`: looks for planted bugs anew, all of them unless
 * some are named, and prints the schedule that found each.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { PLANTED, patchNamed } from './planted/patches.ts'
import { openPool } from './pool.ts'
import { foundBugs, isExpected, keepFound, searchPlanted, SEARCH, type FoundBug } from './power.ts'

const { values, positionals } = parseArgs({
  options: {
    within: { type: 'string', default: String(SEARCH) },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
  allowPositionals: true,
})
const within = Number(values.within)
const wanted = positionals.length === 0 ? PLANTED : positionals.map(patchNamed)
const pool = openPool(Number(values.workers))
const found: Record<string, FoundBug> = { ...foundBugs() }
let survivors = 0
const queue = [...wanted]
const work = async () => {
  for (let bug = queue.shift(); bug !== undefined; bug = queue.shift()) {
    const at = await searchPlanted(pool, bug, within)
    const isFound = at !== null && isExpected(bug, at.invariant)
    if (isFound) found[bug.name] = at
    else delete found[bug.name]
    if (!isFound) survivors += 1
    const where = at === null ? `SURVIVED ${within}` : `${isFound ? '' : 'OTHERWISE '}${at.seed}`
    console.log(`${bug.name.padEnd(52)} ${where.padStart(14)}  ${at?.invariant ?? ''}`)
    keepFound(found)
  }
}
try {
  await Promise.all(Array.from({ length: pool.size }, work))
} finally {
  pool.close()
}
console.log(`${wanted.length} planted bugs, ${survivors} not found as expected`)
process.exitCode = survivors === 0 ? 0 : 1
