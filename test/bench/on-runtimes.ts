/** Quotes, point reads and checks on each runtime, against bare handlers there with the same statements. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { freePort, startWorker } from '../../demo/worker-system.ts'
import { createApp } from '../../server/app.ts'
import { RUNTIME_NAMES, startRuntime, type Runtime } from '../parity/runtimes.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import { createInstallation } from '../support/installation.ts'
import { pay } from '../support/payment-page.ts'
import { createBare } from './bare.ts'
import { checkOf, post } from './check.ts'
import { okay } from './okay.ts'
import { compare } from './ratio.ts'
import { record } from './record.ts'
import type { Tape } from './tape.ts'
import { configOf } from './worker-config.ts'

/** Many short rounds find a quiet moment of a busy machine; where they are long, there are few. */
const LOAD = { calls: 200, concurrency: 4 }
const ROUNDS = { 'node + file': 12, 'node + http': 4, 'workerd + http': 2 } as const
const PATIENCE_MS = 10_000
const BARE_WORKER = fileURLToPath(new URL('../../test/bench/bare-worker.ts', import.meta.url))

interface Answering {
  readonly send: (url: string, init: RequestInit) => Response | Promise<Response>
  readonly stop: () => Promise<void>
}

for (const name of RUNTIME_NAMES) {
  const runtime = await startRuntime(name)
  await measure(runtime)
  await runtime.stop()
}
process.exit(0)

async function measure(runtime: Runtime): Promise<void> {
  const { deps } = runtime.system
  for (const [request, [url, init]] of Object.entries(await requestsTo(runtime))) {
    const tape = await record(deps, (app) => okay(app.request(url, init)))
    const ours = startOurs(runtime)
    const bare = await startBare(runtime, tape)
    await compare(
      `${runtime.name}: ${request}`,
      () => okay(ours.send(url, init)),
      () => okay(bare.send('/', init)),
      { ...LOAD, rounds: ROUNDS[runtime.name] },
    )
    await bare.stop()
  }
}

async function requestsTo(runtime: Runtime) {
  const { origin } = runtime.system
  const buyer = runtime.as('recover', 'bench')
  const order = await buyer.buy(DR_MONTHLY)
  await pay(order)
  const license = (await buyer.follow(order.id, 20)).licenses[0] ?? ''
  const revealed = await buyer.send(`licenses/${license}/reveal`, { method: 'POST' })
  const { key } = z.object({ key: z.string() }).parse(await revealed.json())
  const about = { key, product: 'recover' }
  const authorized = { Authorization: `Bearer ${await buyer.token()}` }
  const base = `${origin}/w/pk_demo_recover`
  const check = await checkOf(createInstallation({ origin, ...about }), about)
  return {
    'POST quotes': [`${base}/quotes`, post({ items: [DR_MONTHLY] }, authorized)],
    'GET licenses/{id}': [`${base}/licenses/${license}`, { headers: authorized }],
    'POST validate': [`${origin}/v1/licenses/validate`, check],
  } as const
}

function isWorker({ name }: Runtime): boolean {
  return name === 'workerd + http'
}

function startOurs(runtime: Runtime): Pick<Answering, 'send'> {
  if (isWorker(runtime)) return { send: patient }
  const app = createApp(runtime.system.deps)
  return { send: (url, init) => app.request(url, init) }
}

/** On the same runtime as ours, over the same database. */
async function startBare(runtime: Runtime, tape: Tape): Promise<Answering> {
  const { system, libsql } = runtime
  if (!isWorker(runtime)) {
    const app = createBare(tape, () => system.deps.db.client)
    return { send: (path, init) => app.request(path, init), stop: async () => {} }
  }
  const directory = await mkdtemp(join(tmpdir(), 'license-center-bench-'))
  const port = await freePort()
  const worker = await startWorker(await configOf(directory, BARE_WORKER, true), port, {
    DATABASE_URL: libsql?.url ?? '',
    DATABASE_AUTH_TOKEN: system.stateFile.state.linkToken,
    TAPE: JSON.stringify(tape),
  })
  return {
    send: (path, init) => patient(`http://localhost:${port}${path}`, init),
    stop: async () => {
      await worker.dispose()
      await rm(directory, { recursive: true })
    },
  }
}

/** What hangs shall fail here, not minutes later. */
function patient(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
}
