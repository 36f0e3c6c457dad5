/** The Worker's size and start, and quotes and point reads on each runtime, against bare handlers there. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort, startWorker } from '../../demo/worker-system.ts'
import { runBuilt } from './built.ts'
import { report } from './ratio.ts'
import { configOf } from './worker-config.ts'

const KILOBYTE = 1000
const SIZE_BUDGET_KB = 700
const START_BUDGET_MS = 400
const STARTS = 5

const root = fileURLToPath(new URL('../..', import.meta.url))
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'license-center-bench-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function wrangler(...args: readonly string[]): Promise<string> {
  const command = join(root, 'node_modules/.bin/wrangler')
  const { stdout } = await promisify(execFile)(command, args, { cwd: root })
  return stdout
}

it('keeps the upload within its size', async () => {
  const stdout = await wrangler('deploy', '--dry-run', '--outdir', join(directory, 'upload'))
  const [, kibibytes] = /gzip: ([\d.]+) KiB/.exec(stdout) ?? []
  const kilobytes = (Number(kibibytes) * 1024) / KILOBYTE
  report('worker: upload', [
    ['gzip', `${kilobytes.toFixed(1)} kB`],
    ['budget', `${SIZE_BUDGET_KB} kB`],
  ])
  expect(kilobytes).toBeLessThanOrEqual(SIZE_BUDGET_KB)
})

it('starts in workerd: what the script does before it can answer, as Cloudflare counts it', async () => {
  const profile = join(directory, 'startup.cpuprofile')
  const stdout = await wrangler('check', 'startup', '--outfile', profile)
  const [, active = 'unknown'] = /Active: ([\d.]+ ms)/.exec(stdout) ?? []
  report('worker: start of the script', [
    ['active', active],
    ['budget', `${START_BUDGET_MS} ms`],
  ])
})

it('starts in workerd: process to first answer, against a Worker that does nothing', async () => {
  const script = join(directory, 'empty.mjs')
  await writeFile(script, "export default { fetch: () => new Response('') }")
  const configs = {
    ours: join(root, 'wrangler.toml'),
    empty: await configOf(directory, script, false),
  }
  const tookMs = { ours: [] as number[], empty: [] as number[] }
  for (let start = 0; start < STARTS; start++) {
    tookMs.empty.push(await startMs(configs.empty))
    tookMs.ours.push(await startMs(configs.ours))
  }
  const [ours, empty] = [median(tookMs.ours), median(tookMs.empty)]
  report('worker: start', [
    ['ours', `${ours.toFixed(0)} ms`],
    ['empty worker', `${empty.toFixed(0)} ms`],
    ['difference', `${(ours - empty).toFixed(0)} ms`],
    ['budget', `${START_BUDGET_MS} ms`],
  ])
})

/** Unconfigured, ours answers 503 to everything, but everything of it is loaded. */
async function startMs(config: string): Promise<number> {
  const port = await freePort()
  const from = performance.now()
  const worker = await startWorker(config, port, {})
  await (await fetch(`http://localhost:${port}/health`)).arrayBuffer()
  const tookMs = performance.now() - from
  await worker.dispose()
  return tookMs
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN
}

it('answers on each runtime, against bare handlers with the same statements', async () => {
  await runBuilt('on-runtimes')
})
