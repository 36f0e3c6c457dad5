/**
 * `npm test`: installs what is missing, then every check, with the minutes of each. What needs one
 * core runs beside others; what each printed comes when it has ended, and of what failed once more
 * at the end. Plain JavaScript, because it runs before anything is installed (Node >= 20).
 */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { installMissing } from '../demo/install.mjs'
import { makeScratch } from './scratch.mjs'

/** Cores, as far as a step keeps them busy; `after`: what it needs from another. */
const STEPS = [
  { name: 'format', command: 'npm run format:check', cores: 1 },
  { name: 'build', command: 'npm run build', cores: 1 },
  { name: 'lint', command: 'npm run lint', cores: 1 },
  { name: 'server', command: 'npm run test:server', cores: 2, after: 'build' },
  // Browsers wait more than they compute.
  { name: 'journeys', command: 'npm run test:journeys', cores: 1, after: 'build' },
  { name: 'parity', command: 'npm run test:parity', cores: 1, after: 'build' },
  { name: 'widget', command: 'npm run test:widget', cores: 1, after: 'build' },
  { name: 'crash', command: 'npm run test:crash', cores: 1, after: 'build' },
  { name: 'simulation', command: 'npm run simulate:test', cores: 2 },
]
const PROGRESS_MS = 30_000
const LAST_LINES = 80

const isColourful = process.stdout.isTTY || process.env['CI'] !== undefined
const env = {
  ...process.env,
  ...(isColourful ? { FORCE_COLOR: '1' } : {}),
  TEST_SCRATCH: makeScratch(),
}

/** Step → its promise. */
const running = new Map()

/** @returns {Promise<{ name: string, ok: boolean, seconds: number, output: string }>} */
function run({ name, command }) {
  console.log(`> ${name}: ${command}`)
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], env })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text))
    }
    child.on('close', (code) => {
      const seconds = (performance.now() - startedAt) / 1000
      console.log(`\n${output}\n${code === 0 ? 'ok' : 'FAIL'} ${name} ${seconds.toFixed(0)} s\n`)
      resolve({ name, ok: code === 0, seconds, output })
    })
  })
}

/** Starts each step as soon as there are cores for it; none overtakes one that could start. */
async function runAll(steps) {
  // One more than there are: each step waits a quarter of its time, for disks, timers and answers.
  const cores = Math.max(2, availableParallelism()) + 1
  const results = []
  const waiting = [...steps]
  const isReady = ({ after }) =>
    ![...waiting, ...running.keys()].some((other) => other.name === after)
  const busy = () => [...running.keys()].reduce((sum, step) => sum + step.cores, 0)
  while (waiting.length + running.size > 0) {
    const step = waiting.find(isReady)
    if (step !== undefined && busy() + step.cores <= cores) {
      waiting.splice(waiting.indexOf(step), 1)
      running.set(
        step,
        run(step).then((result) => {
          running.delete(step)
          results.push(result)
        }),
      )
    } else await Promise.race(running.values())
  }
  return results
}

installMissing()
const only = process.argv.slice(2)
const chosen = STEPS.filter(({ name }) => only.length === 0 || only.includes(name))
const startedAt = performance.now()
const seconds = () => (performance.now() - startedAt) / 1000
const progress = setInterval(() => {
  const underWay = [...running.keys()].map(({ name }) => name).join(', ')
  console.log(`… ${seconds().toFixed(0)} s: ${underWay}`)
}, PROGRESS_MS)
const results = await runAll(chosen)
clearInterval(progress)

const failed = results.filter(({ ok }) => !ok)
for (const { name, output } of failed) {
  console.log(
    `\nthe end of ${name}:\n${output.trimEnd().split('\n').slice(-LAST_LINES).join('\n')}`,
  )
}
console.log()
for (const { name, ok, seconds: own } of results) {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${own.toFixed(1)} s`)
}
console.log(
  `${results.length - failed.length} passed, ${failed.length} failed, ${seconds().toFixed(0)} s in all`,
)
process.exit(failed.length === 0 ? 0 : 1)
