/** Bytes that an installed product takes in with the client. */
import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { report } from './ratio.ts'

const FILE = 'dist/client/license-client.js'
const KILOBYTE = 1000
const BUDGET_KB = 6

it('keeps the client of installed products small, and free of imports', () => {
  const text = readFileSync(FILE, 'utf8')
  const bytes = brotliCompressSync(text).length
  report('client: license-client.js', [
    ['brotli', `${(bytes / KILOBYTE).toFixed(1)} kB`],
    ['plain', `${(text.length / KILOBYTE).toFixed(1)} kB`],
    ['budget', `${BUDGET_KB} kB`],
  ])
  expect(text).not.toMatch(/\bimport\b\s*[\w*{"'(]/)
  expect(bytes).toBeLessThanOrEqual(BUDGET_KB * KILOBYTE)
})
