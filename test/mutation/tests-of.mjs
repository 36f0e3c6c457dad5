/**
 * Which tests are asked about a file. Rules have tests of their own, by their names; everything else is
 * run by many, so that it is measured once which tests run which of its functions, and a few are chosen.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'

const TESTS = 'test/server/domain'
/** Files whose rules are told in the tests of others. */
const TOLD_IN = {
  'catalogue-findings': ['catalogue-parse', 'catalogue-plan-rules', 'catalogue-rules'],
  'catalogue-parse': ['catalogue-mistakes', 'catalogue-parse-places', 'catalogue-rules'],
  'catalogue-plan-rules': ['catalogue-mistakes', 'catalogue-parse'],
  'catalogue-rules': ['catalogue-mistakes', 'catalogue-parse'],
  catalogue: ['catalogue-mistakes', 'catalogue-parse', 'catalogue-schema'],
  'co-term': ['co-term-upgrade'],
  'co-term-pricing': ['co-term', 'co-term-upgrade', 'renewal-quotes'],
  'coverage-entries': ['coverage', 'coverage-laws'],
  'extension-quote': ['co-term', 'co-term-upgrade', 'renewal-quotes'],
  'host-scope': ['scope'],
  'renewal-period': ['renewal-eligibility', 'renewal-laws', 'renewal-quotes'],
  'renewal-pricing': ['renewal-quotes', 'renewal-selection'],
  'renewal-refusals': ['renewal-selection', 'co-term'],
  release: ['update'],
  'validation-codes': ['validation'],
  totals: ['pricing', 'renewal-quotes'],
}

/** Seconds of tests for one file at most, but for what nothing else runs. */
const BUDGET_MS = 12_000
const FEW = 4
/** The longest test of its own that is asked each time: some wait for repeats that the SDK spaces out. */
const OWN_MS = 12_000

/** @returns paths of test files; none when nothing runs it */
export function testsOf(file, notesFile) {
  const name = basename(file, '.ts')
  if (!file.startsWith('server/domain/')) return chosen(file, name, measured(notesFile))
  const told = [name, `${name}-laws`, ...(TOLD_IN[name] ?? [])]
  return told.map((test) => `${TESTS}/${test}.test.ts`).filter(existsSync)
}

/** It reads a page that was built, of which the copy that is changed has none. */
const NEEDS_BUILD = 'test/server/routes/purchase-journey.test.ts'

let notes = null

/** What each test ran, and for how long; asked of all tests when nobody has yet, which takes minutes. */
function measured(notesFile) {
  if (notes !== null) return notes
  if (!existsSync(notesFile)) {
    console.log('Measures which tests run which functions …')
    const config = ['run', '-c', 'test/mutation/who-runs.config.ts']
    const env = { ...process.env, MUTATION_NOTES: notesFile }
    const { status, stdout } = spawnSync('vitest', config, { env, encoding: 'utf8' })
    if (status !== 0) {
      rmSync(notesFile, { force: true })
      throw new Error(`not all tests pass:\n${stdout}`)
    }
  }
  const lines = readFileSync(notesFile, 'utf8').trim().split('\n')
  notes = lines.map((line) => JSON.parse(line))
  return notes
}

/** `stripe-charge-left` is about `stripe-charge`, and nothing is about all that begins with `stripe`. */
function isNamed(test, name) {
  return test === name || (name.includes('-') && test.startsWith(`${name}-`))
}

/** Its own by name, those beside it, those that run what these do not, and those that are about little else. */
function chosen(file, name, all) {
  const candidates = all.flatMap(({ test, ms, ran }) => {
    const own = ran.filter((place) => place.startsWith(`${file}:`))
    if (own.length === 0 || test === NEEDS_BUILD) return []
    return [{ test, ms, own, share: own.length ** 2 / ran.length }]
  })
  const picked = []
  const run = new Set()
  const spent = () => picked.reduce((sum, { ms }) => sum + ms, 0)
  const take = (one) => {
    picked.push(one)
    candidates.splice(candidates.indexOf(one), 1)
    for (const place of one.own) run.add(place)
  }
  candidates
    .filter(({ test, ms }) => isNamed(basename(test, '.test.ts'), name) && ms <= OWN_MS)
    .forEach(take)
  const isBeside = ({ test }) => dirname(test) === `test/${dirname(file)}`
  for (const one of candidates.filter(isBeside).toSorted((a, b) => a.ms - b.ms)) {
    if (spent() + one.ms <= BUDGET_MS) take(one)
  }
  for (;;) {
    const gain = ({ own, ms }) => own.filter((place) => !run.has(place)).length / (ms + 500)
    const best = candidates.toSorted((one, other) => gain(other) - gain(one))[0]
    if (best === undefined || gain(best) === 0) break
    take(best)
  }
  for (const one of candidates.toSorted((a, b) => b.share - a.share)) {
    if (picked.length >= FEW) break
    if (spent() + one.ms <= BUDGET_MS) take(one)
  }
  return picked.map(({ test }) => test)
}
