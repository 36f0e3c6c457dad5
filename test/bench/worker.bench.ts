/** The Worker's size and start, and quotes and point reads on each runtime, against bare handlers there. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freePort, startWorker } from '../../demo/worker-system.ts'
import { createApp } from '../../server/app.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import { pay } from '../support/payment-page.ts'
import { RUNTIME_NAMES, startRuntime, type Runtime } from '../parity/runtimes.ts'
import { createBare } from './bare.ts'
import { compare, report } from './ratio.ts'
import { record } from './record.ts'
import type { Tape } from './tape.ts'

const KILOBYTE = 1000
const SIZE_BUDGET_KB = 700
const START_BUDGET_MS = 400
const STARTS = 5
const LOAD = { calls: 200, concurrency: 4 }
const PATIENCE_MS = 10_000

const root = fileURLToPath(new URL('../..', import.meta.url))
let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'license-center-bench-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** Our own configuration, for another script. */
async function configOf(name: string, script: string, isBundled: boolean): Promise<string> {
  const file = join(directory, `${name}.toml`)
  const ours = await readFile(join(root, 'wrangler.toml'), 'utf8')
  const text = ours
    .replace(/^main = .*$/m, `main = ${JSON.stringify(script)}`)
    .replace(/^no_bundle = .*$/m, `no_bundle = ${!isBundled}`)
    .replace(/^directory = "/m, `directory = "${root}`)
  await writeFile(file, text)
  return file
}

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
    empty: await configOf('empty', script, false),
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

type Send = (path: string, init?: RequestInit) => Promise<Response>

describe.each(RUNTIME_NAMES)('%s', (name) => {
  let runtime: Runtime
  let license: string
  let key: string
  let headers: Record<string, string>
  beforeAll(async () => {
    runtime = await startRuntime(name)
    const buyer = runtime.as('recover', 'bench')
    const order = await buyer.buy(DR_MONTHLY)
    await pay(order)
    license = (await buyer.follow(order.id, 20)).licenses[0] ?? ''
    const revealed = await buyer.send(`licenses/${license}/reveal`, { method: 'POST' })
    key = z.object({ key: z.string() }).parse(await revealed.json()).key
    headers = {
      Authorization: `Bearer ${await buyer.token()}`,
      'Content-Type': 'application/json',
    }
  })
  afterAll(() => runtime.stop())

  it('quotes, reads a license and validates one, against bare handlers with the same statements', async () => {
    const base = `${runtime.system.origin}/w/pk_demo_recover`
    const requests = {
      'POST quotes': [
        `${base}/quotes`,
        { method: 'POST', headers, body: JSON.stringify({ items: [DR_MONTHLY] }) },
      ],
      'GET licenses/{id}': [`${base}/licenses/${license}`, { headers }],
      'POST validate': [
        `${runtime.system.origin}/v1/licenses/validate`,
        { method: 'POST', headers, body: JSON.stringify({ key, product: 'recover' }) },
      ],
    } as const
    for (const [request, [url, init]] of Object.entries(requests)) {
      const { deps } = runtime.system
      const tape = await record(deps, (app) => okay(app.request(url, init)))
      const app = createApp(deps)
      const ours: Send = async () =>
        name === 'workerd + http' ? patient(url, init) : app.request(url, init)
      const bare = await startBare(tape)
      await compare(
        `${name}: ${request}`,
        () => okay(ours(url, init)),
        () => okay(bare.send('/', init)),
        LOAD,
      )
      await bare.stop()
    }
  })

  /** On the same runtime as ours, over the same database. */
  async function startBare(tape: Tape): Promise<{ send: Send; stop: () => Promise<void> }> {
    if (name !== 'workerd + http') {
      const app = createBare(tape, () => runtime.system.deps.db.client)
      return { send: async (path, init) => app.request(path, init), stop: async () => {} }
    }
    const port = await freePort()
    const config = await configOf('bare', join(root, 'test/bench/bare-worker.ts'), true)
    const worker = await startWorker(config, port, {
      DATABASE_URL: runtime.libsql?.url ?? '',
      DATABASE_AUTH_TOKEN: runtime.system.stateFile.state.linkToken,
      TAPE: JSON.stringify(tape),
    })
    return {
      send: (path, init) => patient(`http://localhost:${port}${path}`, init),
      stop: () => worker.dispose(),
    }
  }
})

/** What hangs shall fail here, not minutes later. */
function patient(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
}

async function okay(answer: Response | Promise<Response>): Promise<void> {
  const response = await answer
  if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`)
  await response.arrayBuffer()
}
