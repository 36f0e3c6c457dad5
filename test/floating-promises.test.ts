/**
 * C19: on Workers, work that is not awaited ends with the response that did not wait for it. Only what
 * runs on Node alone may start something and go on.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { droppedPromises, typedProgram } from './support/promise-law.ts'
import { sourceFiles } from './support/source-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
/** Never part of the Worker: its own start, its shutdown, the command line, the client of installed products. */
const ON_NODE = /^server\/(runtime\/(node|shutdown|cli)\b|client\/|vite)/

describe('the server', () => {
  it('waits for everything that it starts', () => {
    const files = sourceFiles(root, 'server')
      .map(({ path }) => path)
      .filter((path) => /\.tsx?$/.test(path) && !ON_NODE.test(path))
    const program = typedProgram(root, files)
    expect(files.length).toBeGreaterThan(100)
    expect(files.flatMap((file) => droppedPromises(root, program, file))).toEqual([])
  }, 120_000)

  it('would be caught dropping one, with or without saying so', () => {
    const directory = mkdtempSync(join(tmpdir(), 'license-center-law-'))
    writeFileSync(join(directory, 'tsconfig.json'), '{"compilerOptions":{"strict":true}}')
    const text = [
      'declare function send(): Promise<void>',
      'send()',
      'void send()',
      'await send()',
      'const later = send()',
      'export const both = Promise.all([later])',
    ]
    writeFileSync(join(directory, 'sends.ts'), text.join('\n'))
    const program = typedProgram(directory, ['sends.ts'])
    expect(droppedPromises(directory, program, 'sends.ts')).toEqual([
      'sends.ts:2: send()',
      'sends.ts:3: void send()',
    ])
  })
})
