/** `npm run simulate:all`: every order of one life's events. */
import { availableParallelism } from 'node:os'
import { bundle } from './bundle.ts'
import { permutationProblems } from './permutations.ts'
import { openPool } from './pool.ts'

const built = await bundle(null)
const pool = openPool(availableParallelism())
try {
  const problems = await permutationProblems(pool, built, Number(process.argv[2] ?? 1))
  for (const problem of problems.slice(0, 5)) console.error(problem)
  console.log(`${problems.length} end otherwise than in order`)
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  pool.close()
}
