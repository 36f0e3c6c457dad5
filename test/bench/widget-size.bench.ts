/** Bytes that hosts load, against the budgets of the design. */
import { existsSync, readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { report } from './ratio.ts'

const DIRECTORY = 'dist/widget'
const KILOBYTE = 1000
const ENTRY_BUDGET_KB = 22
const STANDALONE_BUDGET_KB = 48
/** Loaded by the pinned file when they are opened. */
const LATE_BUDGETS_KB = { 'desk.js': 26, 'activation.js': 17.5 }

it('keeps what <license-subscribe> needs, and the one file with both elements, within budget', () => {
  const entry = entryFiles('v1/license.js').reduce((sum, file) => sum + brotliBytes(file), 0)
  const standalone = brotliBytes(`${manifest.version}/license.js`)
  line('widget: v1/license.js, usable', entry, ENTRY_BUDGET_KB)
  line(`widget: ${manifest.version}/license.js`, standalone, STANDALONE_BUDGET_KB)
  expect(entry).toBeLessThanOrEqual(ENTRY_BUDGET_KB * KILOBYTE)
  expect(standalone).toBeLessThanOrEqual(STANDALONE_BUDGET_KB * KILOBYTE)
  for (const [name, budget] of Object.entries(LATE_BUDGETS_KB)) {
    const late = brotliBytes(`${manifest.version}/${name}`)
    line(`widget: ${manifest.version}/${name}`, late, budget)
    expect(late).toBeLessThanOrEqual(budget * KILOBYTE)
  }
})

/** The entry and everything that it imports statically; what it loads later does not count. */
function entryFiles(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const text = readFileSync(`${DIRECTORY}/${file}`, 'utf8')
  const imports = [...text.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g)]
  return [
    file,
    ...imports.flatMap(([, path = '']) =>
      entryFiles(new URL(path, `x:/${file}`).pathname.slice(1), seen),
    ),
  ]
}

function brotliBytes(file: string): number {
  const path = `${DIRECTORY}/${file}`
  if (!existsSync(path)) throw new Error(`${path} is missing: run npm run build:widget`)
  return brotliCompressSync(readFileSync(path)).length
}

function line(name: string, bytes: number, budgetKb: number): void {
  report(name, [
    ['brotli', `${(bytes / KILOBYTE).toFixed(1)} kB`],
    ['budget', `${budgetKb} kB`],
  ])
}
