/** `npm run simulate:power [name …]`: looks for every planted bug anew, and prints where it was found. */
import { availableParallelism } from 'node:os'
import { PLANTED } from './planted/patches.ts'
import { openPool } from './pool.ts'
import { foundBugs, isExpected, keepFound, searchPlanted, SEARCH, type FoundBug } from './power.ts'

const only = process.argv.slice(2)
const pool = openPool(availableParallelism())
const found: Record<string, FoundBug> = { ...foundBugs() }
let survivors = 0
try {
  for (const bug of PLANTED.filter(({ name }) => only.length === 0 || only.includes(name))) {
    delete found[bug.name]
    const at = await searchPlanted(pool, bug)
    const isFound = at !== null && isExpected(bug, at.invariant)
    if (at !== null && isFound) found[bug.name] = at
    else survivors += 1
    const where = at === null ? `SURVIVED ${SEARCH}` : `${isFound ? '' : 'OTHERWISE '}${at.seed}`
    console.log(`${bug.name.padEnd(52)} ${where.padStart(14)}  ${at?.invariant ?? ''}`)
    keepFound(found)
  }
} finally {
  pool.close()
}
console.log(`${survivors} planted bugs were not found as expected`)
process.exitCode = survivors === 0 ? 0 : 1
