/** One set of vectors, and everybody who verifies: our client, jose, and one verifier for each language (S69, C14). */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync, copyFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { verify } from '../../demo/verify/verify.ts'
import { judge } from '../../server/client/judge.ts'
import { nothingKept } from '../../server/client/kept.ts'
import { makeVectors, type Vector, type Vectors } from './vectors.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { jwks, vectors } = JSON.parse(
  readFileSync(new URL('license-tokens.json', import.meta.url), 'utf8'),
) as Vectors
const expected = vectors.map(({ name, code }) => `${name}: ${code}`)
const scratch = mkdtempSync(join(tmpdir(), 'license-center-verify-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the published test vectors', () => {
  it('are what we sign today: `node test/conformance/write.ts` makes them anew', async () => {
    const made = await makeVectors()
    expect({ jwks, vectors }).toEqual({ jwks: made.jwks, vectors: made.vectors })
  })

  it('hold for the client of installed products', async () => {
    const answers = vectors.map(async ({ name, token, expected: facts }) => {
      const kept = { ...nothingKept(''), token, seq: facts.seq }
      const ring = { keys: jwks.keys, withdrawn: [] }
      const { code } = await judge(kept, { ...facts, nowMs: facts.now * 1000, ring })
      return `${name}: ${code}`
    })
    expect(await Promise.all(answers)).toEqual(expected)
  })

  it('hold for the verifier in TypeScript', async () => {
    const answers = vectors.map(
      async ({ name, token, expected: facts }) =>
        `${name}: ${await verify([...jwks.keys], token, facts)}`,
    )
    expect(await Promise.all(answers)).toEqual(expected)
  })

  it.runIf(has('python3'))('hold for the verifier in Python', () => {
    place('demo/verify/verify.py', 'test/conformance/readers/reader.py')
    expect(answers('python3', 'reader.py')).toEqual(expected)
  })

  // A machine that never compiled Go compiles its standard library first.
  it.runIf(has('go', 'version'))(
    'hold for the verifier in Go',
    () => {
      place('demo/verify/verify.go', 'test/conformance/readers/main.go')
      expect(answers('go', 'run', 'verify.go', 'main.go')).toEqual(expected)
    },
    120_000,
  )

  it.runIf(has('javac'))(
    'hold for the verifier in Java',
    () => {
      place('demo/verify/Verify.java', 'test/conformance/readers/Reader.java')
      execFileSync('javac', ['Verify.java', 'Reader.java'], { cwd: scratch })
      expect(answers('java', 'Reader')).toEqual(expected)
    },
    60_000,
  )

  it.each(['verify.ts', 'verify.py', 'verify.go', 'Verify.java'])(
    '%s has under 60 lines',
    (file) => {
      const text = readFileSync(join(root, 'demo/verify', file), 'utf8')
      expect(text.trimEnd().split('\n').length).toBeLessThan(60)
    },
  )
})

function has(command: string, flag = '--version'): boolean {
  const isThere = spawnSync(command, [flag]).status === 0
  if (!isThere)
    console.warn(`${command} is missing here: its verifier of license tokens was not run.`)
  return isThere
}

function place(...files: readonly string[]): void {
  for (const file of files) copyFileSync(join(root, file), join(scratch, basename(file)))
}

function answers(command: string, ...args: readonly string[]): string[] {
  const keys = join(scratch, 'jwks.json')
  writeFileSync(keys, JSON.stringify(jwks))
  const input = vectors.map(lineOf).join('\n')
  const said = execFileSync(command, [...args, keys], { cwd: scratch, input, encoding: 'utf8' })
  return said
    .trimEnd()
    .split('\n')
    .map((code, at) => `${vectors[at]?.name}: ${code}`)
}

function lineOf({ token, expected: facts }: Vector): string {
  const { issuer, product, fingerprint, now, seq } = facts
  return [token, issuer, product, fingerprint ?? '', now, seq].join('\t')
}
