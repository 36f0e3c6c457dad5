/** `npm run fuzz -- --runs 100000 --seed 7 --minutes 10`: the fuzzer for as long as you like. */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    minutes: { type: 'string', default: '10' },
  },
})
console.log(`--runs ${values.runs} --seed ${values.seed} --minutes ${values.minutes}`)
const { status } = spawnSync(
  'vitest',
  ['run', '-c', 'test/vitest.config.ts', '--project', 'server', 'test/fuzz'],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      FUZZ_RUNS: values.runs,
      FUZZ_SEED: values.seed,
      FUZZ_MINUTES: values.minutes,
    },
  },
)
process.exit(status ?? 1)
