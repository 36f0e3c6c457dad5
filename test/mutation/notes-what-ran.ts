/** Writes down which functions of the server a test file ran, one line of JSON for each file. */
import { appendFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { relative } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'

const NOTES = process.env['MUTATION_NOTES']
const ROOT = new URL('../..', import.meta.url).pathname
const FOLDERS = ['server/usecases/', 'server/payments/', 'server/http/']

const own = globalThis as { coverageSession?: Session }

/** Setup files are read for each test file; the session is one for the process. */
async function session(): Promise<Session> {
  if (own.coverageSession !== undefined) return own.coverageSession
  const opened = new Session()
  opened.connect()
  await opened.post('Profiler.enable')
  await opened.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  return (own.coverageSession = opened)
}

let beganAt = 0
beforeAll(async () => {
  await (await session()).post('Profiler.takePreciseCoverage')
  beganAt = performance.now()
})

afterAll(async () => {
  const { result } = await (await session()).post('Profiler.takePreciseCoverage')
  const ran = result.flatMap(({ url, functions }) => {
    const file = relative(ROOT, url.replace('file://', ''))
    if (!FOLDERS.some((folder) => file.startsWith(folder))) return []
    const counted = functions.filter(({ ranges: [range] }) => (range?.count ?? 0) > 0)
    return counted.map(({ ranges: [range] }) => `${file}:${range?.startOffset}`)
  })
  const test = relative(ROOT, expect.getState().testPath ?? '')
  const ms = Math.round(performance.now() - beganAt)
  if (NOTES !== undefined) appendFileSync(NOTES, `${JSON.stringify({ test, ms, ran })}\n`)
})
