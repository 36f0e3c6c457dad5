/** `npm run crash -- --kills 300 --seed 7`: a real process, killed that often during purchases. */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
console.log(`--kills ${values.kills} --seed ${values.seed}`)
const { status } = spawnSync(
  'vitest',
  ['run', '-c', 'test/vitest.config.ts', '--project', 'crash'],
  {
    stdio: 'inherit',
    env: { ...process.env, CRASH_KILLS: values.kills, CRASH_SEED: values.seed },
  },
)
process.exit(status ?? 1)
