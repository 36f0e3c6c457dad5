/**
 * `npm run mutation`, or `npm run mutation -- license money`, or `-- --again money`: changes each file
 * of `server/domain` in small ways, one at a time, and asks the tests of that file to notice. What
 * survives is a gap in the tests, or a change that means nothing; `test/README.md` lists the scores.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

const DOMAIN = 'server/domain'
const TESTS = 'test/server/domain'
const CACHE = 'node_modules/.cache/mutation'
/** Asks the tests only about what they did not find the last time. */
const AGAIN = '--again'
/** Words for people are not rules: a changed sentence is no mistake that a test should find. */
const isRule = (name) => !name.endsWith('-words')
/** Files whose rules are told in the tests of others. */
const TOLD_IN = {
  'catalogue-findings': ['catalogue-mistakes', 'catalogue-parse'],
  'catalogue-plan-rules': ['catalogue-mistakes', 'catalogue-parse'],
  'catalogue-rules': ['catalogue-mistakes', 'catalogue-parse'],
  'co-term': ['co-term-upgrade'],
  'co-term-pricing': ['co-term', 'co-term-upgrade', 'renewal-quotes'],
  'coverage-entries': ['coverage', 'coverage-laws'],
  'extension-quote': ['co-term', 'co-term-upgrade', 'renewal-quotes'],
  'renewal-period': ['renewal-eligibility', 'renewal-laws', 'renewal-quotes'],
  'renewal-pricing': ['renewal-quotes', 'renewal-selection'],
  'renewal-refusals': ['renewal-selection', 'co-term'],
  complimentary: ['pricing', 'renewal-quotes'],
  gf32: ['code-text', 'license-key'],
  plan: ['line-price', 'pricing', 'golden'],
  quote: ['pricing', 'renewal-quotes'],
  release: ['update'],
  totals: ['pricing', 'renewal-quotes'],
}

const asked = process.argv.slice(2)
const isAgain = asked.includes(AGAIN)
const wanted = asked.filter((word) => word !== AGAIN)
const names = readdirSync(DOMAIN)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => isRule(name) && (wanted.length === 0 || wanted.includes(name)))
mkdirSync(CACHE, { recursive: true })

const total = { killed: 0, all: 0 }
for (const name of names) {
  const told = [name, `${name}-laws`, ...(TOLD_IN[name] ?? [])]
  const tests = told.map((test) => `${TESTS}/${test}.test.ts`).filter(existsSync)
  if (tests.length === 0) {
    console.log(`${name.padEnd(24)} is tested through others only`)
    continue
  }
  const report = `${CACHE}/${name}.json`
  const mutate = ['run', 'test/mutation/stryker.config.mjs', '--mutate', `${DOMAIN}/${name}.ts`]
  if (isAgain && existsSync(report)) {
    mutate.push('--incremental', '--incrementalFile', foundLastTime(report))
  }
  const env = {
    // A change that a law finds, it mostly finds at once.
    LAW_RUNS: '200',
    ...process.env,
    MUTATION_TESTS: tests.join(','),
    MUTATION_REPORT: report,
  }
  const { status, stdout } = spawnSync('stryker', mutate, { env, encoding: 'utf8' })
  if (status !== 0) console.log(stdout)
  else show(name, JSON.parse(readFileSync(report, 'utf8')))
}
console.log(`${'all'.padEnd(24)} ${percent(total)}`)

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
  console.log(`${name.padEnd(24)} ${percent(score)}`)
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
