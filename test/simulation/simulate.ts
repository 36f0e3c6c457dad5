/**
 * `npm run simulate`: see README.md.
 *
 *   --schedules N  --seed S  --workers W      N seeds from S on; --actors reader0,buyer1: days of theirs
 *   --seed S --schedule TEXT [--planted BUG]  one schedule, with its trace
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { bundle } from './bundle.ts'
import { openPool } from './pool.ts'
import { patchNamed } from './planted/patches.ts'
import { reportOf, traceOf } from './report.ts'
import { search } from './search.ts'

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    schedule: { type: 'string' },
    planted: { type: 'string' },
    actors: { type: 'string' },
  },
})

const bug = values.planted ?? null
const built = await bundle(bug === null ? null : patchNamed(bug))
const isReplay = values.schedule !== undefined
const pool = openPool(isReplay ? 1 : Number(values.workers))
try {
  const from = Number(values.seed)
  process.exitCode = isReplay ? await replayed(from, values.schedule) : await searched(from)
} finally {
  pool.close()
}

async function searched(from: number): Promise<number> {
  const count = Number(values.schedules)
  const who = values.actors === undefined ? {} : { actors: values.actors.split(',') }
  const what = { bundle: built, from, count, isShrunk: true, isTold: true, ...who }
  const { failure } = await search(pool, what)
  console.log(failure === null ? 'No invariant was broken.' : reportOf(failure, bug))
  return failure === null ? 0 : 1
}

async function replayed(seed: number, schedule = ''): Promise<number> {
  const replay = await pool.replay(built, { seed, schedule })
  console.log(traceOf(replay))
  const { violation } = replay
  console.log(
    violation === null ? 'No invariant was broken.' : `${violation.invariant} was broken.`,
  )
  return violation === null ? 0 : 1
}
