/**
 * The simulation in `npm test`: past failures, a fixed set of seeds, and each planted bug from the
 * seed that finds it. `npm run simulate:power` looks for those seeds anew.
 */
import { availableParallelism } from 'node:os'
import { bundle } from './bundle.ts'
import { CORPUS } from './corpus.ts'
import { permutationProblems } from './permutations.ts'
import { openPool } from './pool.ts'
import { replayPlanted } from './power.ts'
import { reportOf } from './report.ts'
import { search } from './search.ts'

/** What leaves `npm test` under its 15 minutes on two cores; `npm run simulate` plays any number. */
const SCHEDULES = 2000
/** A prime, so that the sample has every number of copies. */
const PERMUTATIONS_EVERY = 31

const built = await bundle(null)
const pool = openPool(availableParallelism())
const problems: string[] = []
try {
  for (const { seed, schedule, cause } of CORPUS) {
    const { violation } = await pool.replay(built, { seed, schedule })
    if (violation === null) continue
    problems.push(
      `${violation.invariant} is broken again: ${cause}\n` +
        `Replay: npm run simulate -- --seed ${seed} --schedule '${schedule}'`,
    )
  }
  console.log(`${CORPUS.length} past failures replayed`)
  const { failure, played, seconds } = await search(pool, {
    bundle: built,
    from: 1,
    count: SCHEDULES,
    isShrunk: true,
  })
  if (failure !== null) problems.push(reportOf(failure))
  const rate = (played / seconds).toFixed(0)
  console.log(
    `${played} schedules in ${seconds.toFixed(1)} s, ${rate} a second on ${pool.size} cores`,
  )
  problems.push(...(await permutationProblems(pool, built, PERMUTATIONS_EVERY)))
  problems.push(...(await replayPlanted(pool, built)))
} finally {
  pool.close()
}
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
