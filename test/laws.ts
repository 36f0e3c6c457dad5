/**
 * `npm run laws`: every law of the domain, 100,000 times each or as often as `--runs N` says, with new
 * values each time. One process for each law, as many at a time as there are cores.
 * `-- --only TEXT` takes those whose title or file contains it.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

const FOLDER = 'test/server/domain'
const VITEST = ['node_modules/vitest/vitest.mjs']
const CONFIG = ['-c', 'test/vitest.config.ts', '--project', 'server']
/** Nothing here waits for anything: a law takes as long as it takes. */
const NO_LIMIT = '--testTimeout=86400000'

interface Law {
  readonly title: string
  /** From the root of the project. */
  readonly file: string
  readonly line: number
  /** Some say themselves how often, since they cost more. */
  readonly runs: number
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
})
const runs = Number(values.runs)
const laws = (await lawsOf(FOLDER)).filter(({ title, file }) =>
  `${file} ${title}`.includes(values.only),
)
const startedAt = performance.now()
const broken: Law[] = []
const waiting = [...laws]
await Promise.all(Array.from({ length: Number(values.workers) }, work))
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
console.log(`${laws.length - broken.length} of ${laws.length} laws held, ${minutes} minutes`)
process.exitCode = broken.length === 0 && laws.length > 0 ? 0 : 1

async function work(): Promise<void> {
  for (let law = waiting.shift(); law !== undefined; law = waiting.shift()) {
    const from = performance.now()
    const { code, output } = await vitest(['run', ...CONFIG, NO_LIMIT, `${law.file}:${law.line}`])
    const seconds = ((performance.now() - from) / 1000).toFixed(0)
    console.log(`${code === 0 ? 'holds ' : 'BROKEN'} ${law.runs} runs ${seconds} s  ${law.title}`)
    if (code === 0) continue
    broken.push(law)
    console.error(output)
  }
}

async function lawsOf(folder: string): Promise<Law[]> {
  const { output } = await vitest(['list', ...CONFIG, folder, '--json'])
  const listed: unknown = JSON.parse(output.slice(output.indexOf('[\n')))
  if (!Array.isArray(listed)) throw new Error(`no list: ${output}`)
  const tests = listed.map(({ name, file, location }) => ({
    title: String(name),
    file: String(file).slice(process.cwd().length + 1),
    line: Number(location.line),
  }))
  return tests.flatMap((one) => {
    const next = tests
      .filter(({ file, line }) => file === one.file && line > one.line)
      .reduce((first, { line }) => Math.min(first, line), Infinity)
    const body = readFileSync(one.file, 'utf8')
      .split('\n')
      .slice(one.line - 1, next - 1)
      .join('\n')
    if (!body.includes('fc.assert(')) return []
    const own = /numRuns: ([\d_]+)[ ,}]/.exec(body)?.[1]?.replaceAll('_', '')
    return [{ ...one, runs: own === undefined ? runs : Number(own) }]
  })
}

function vitest(given: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [...VITEST, ...given], {
    env: { ...process.env, LAW_RUNS: String(runs), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}
