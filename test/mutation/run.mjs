/**
 * `npm run mutation`, or `npm run mutation -- license money payments`, or `-- --again money`: changes each
 * file of these folders in small ways, one at a time, and asks a few tests to notice. What survives is a
 * gap in the tests, or a change that means nothing; `test/README.md` lists the scores. A word is the name
 * of a rule, a file as `usecases/place-order`, or a folder.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { testsOf } from './tests-of.mjs'

const FOLDERS = ['domain', 'usecases', 'payments', 'http']
const CACHE = 'node_modules/.cache/mutation'
const NOTES = `${CACHE}/who-runs.jsonl`
/** Asks the tests only about what they did not find the last time. */
const AGAIN = '--again'
/** Words for people are not rules: a changed sentence is no mistake that a test should find. */
const isRule = (name) => !name.endsWith('-words')

const asked = process.argv.slice(2)
const isAgain = asked.includes(AGAIN)
const wanted = asked.filter((word) => word !== AGAIN)
const isWanted = (folder, name) =>
  wanted.length === 0 ||
  [folder, `${folder}/${name}`, ...(folder === 'domain' ? [name] : [])].some((word) =>
    wanted.includes(word),
  )
const names = FOLDERS.flatMap((folder) =>
  readdirSync(`server/${folder}`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => isRule(name) && isWanted(folder, name))
    .map((name) => `${folder}/${name}`),
)
mkdirSync(CACHE, { recursive: true })

const total = { killed: 0, all: 0 }
for (const name of names) {
  const file = `server/${name}.ts`
  const tests = testsOf(file, NOTES)
  if (tests.length === 0) {
    console.log(`${name.padEnd(36)} is tested through others only`)
    continue
  }
  const report = `${CACHE}/${name.replace('/', '.')}.json`
  const mutate = ['run', 'test/mutation/stryker.config.mjs', '--mutate', file]
  if (isAgain && existsSync(report)) {
    mutate.push('--incremental', '--incrementalFile', foundLastTime(report))
  }
  const env = {
    // A change that a law finds, it mostly finds at once.
    LAW_RUNS: '200',
    ...process.env,
    MUTATION_TESTS: tests.join(','),
    MUTATION_REPORT: report,
    ...(name.startsWith('domain/') ? { MUTATION_OF_RULES: '1' } : {}),
  }
  const { status, stdout } = spawnSync('stryker', mutate, { env, encoding: 'utf8' })
  if (status !== 0) console.log(stdout)
  else show(name, JSON.parse(readFileSync(report, 'utf8')))
}
console.log(`${'all'.padEnd(36)} ${percent(total)}`)

/** What was not found is asked about anew; of what a module does as it is read, nothing else would be. */
function foundLastTime(report) {
  const last = JSON.parse(readFileSync(report, 'utf8'))
  for (const file of Object.values(last.files)) {
    file.mutants = file.mutants.filter(({ status }) => ['Killed', 'Timeout'].includes(status))
  }
  const found = report.replace('.json', '.found')
  writeFileSync(found, JSON.stringify(last))
  return found
}

function show(name, { files }) {
  const [file] = Object.values(files)
  const mutants = file.mutants.filter(({ status }) => !['Ignored', 'CompileError'].includes(status))
  const survivors = mutants.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status))
  const score = { killed: mutants.length - survivors.length, all: mutants.length }
  total.killed += score.killed
  total.all += score.all
  console.log(`${name.padEnd(36)} ${percent(score)}`)
  const lines = file.source.split('\n')
  for (const { location, replacement, mutatorName } of survivors) {
    const line = lines[location.start.line - 1].trim()
    const changed = replacement?.replaceAll(/\s+/g, ' ').slice(0, 80)
    console.log(`  ${location.start.line}: ${line.slice(0, 90)}\n    ${mutatorName} → ${changed}`)
  }
}

function percent({ killed, all }) {
  return `${killed} of ${all} changes found, ${((100 * killed) / Math.max(all, 1)).toFixed(1)} %`
}
