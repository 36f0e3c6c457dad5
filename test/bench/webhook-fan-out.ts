/**
 * Events told to living endpoints, with and without a dead one for which 100,000 wait (N15): real
 * receivers, the real sender. In each round there are new events, and it ends when all living ones heard
 * of all of them; a run that still waits for a dead one goes on beside the next, as in the product.
 */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { provenHost } from '../../server/domain/host-scope.ts'
import { deliverWebhooks } from '../../server/jobs/deliver-webhooks.ts'
import { createWebhookSender } from '../../server/runtime/webhook-sender.ts'
import { deleteEndpoint } from '../../server/usecases/change-webhook-endpoints.ts'
import { hostOf } from '../support/host.ts'
import { promised } from '../support/promised.ts'
import { startTestSystem } from '../support/system.ts'
import { plantQueue } from '../support/webhook-queue.ts'
import { report } from './ratio.ts'

const LIVING = 4
const EVENTS = 20
const ROUNDS = 5
const QUEUED = Number(process.env['QUEUED'] ?? 100_000)
/** In place of the fifteen seconds of the product, so that a run of the bench ends. */
const ATTEMPT_MS = 1000

const center = await startTestSystem()
const { clock } = center.system
const deps = {
  ...center.system.deps,
  webhooks: createWebhookSender({ allowsLoopback: true, maxMs: ATTEMPT_MS }),
}
const host = await hostOf(center, 'recover')
let heard = 0
let goal = Infinity
let asked = 0
let allHeard = promised<void>()
const underWay: Promise<number>[] = []
const living = await receiver((_request, response) => {
  heard += 1
  response.writeHead(204).end()
  if (heard === goal) allHeard.resolve()
})
const busy = await receiver((_request, response) => {
  asked += 1
  response.writeHead(503).end()
})
const silent = await receiver(() => void (asked += 1))

for (let number = 0; number < LIVING; number++) await endpointAt(`${living}/${number}`)
let version = 0
await round()

report('webhooks: four living endpoints', await measured())
for (const [words, url] of [
  ['and one that answers 503', busy],
  ['and one that never answers', silent],
] as const) {
  const id = await endpointAt(url)
  await plantQueue(deps.db, id, QUEUED)
  report(`webhooks: ${words}`, [...(await measured()), ['waiting for it', String(QUEUED)]])
  await deleteEndpoint(deps, provenHost('recover', 'bench'), id)
}
await center.remove()
process.exit(0)

async function measured(): Promise<[string, string][]> {
  const rounds: Awaited<ReturnType<typeof round>>[] = []
  asked = 0
  for (let number = 0; number < ROUNDS; number++) rounds.push(await round())
  await Promise.all(underWay)
  const best = rounds.toSorted((a, b) => a.tookMs - b.tookMs)[0]
  const tookMs = best?.tookMs ?? Infinity
  const core = Math.min(...rounds.map(({ coreMs }) => coreMs))
  return [
    ['events heard', `${((LIVING * EVENTS * 1000) / tookMs).toFixed(0)}/s`],
    ['runs a round', String(Math.max(...rounds.map(({ runs }) => runs)))],
    ['core ms a round', core.toFixed(0)],
    ['attempts at the dead one', String(asked)],
  ]
}

/** Until everybody who lives has heard; a dead endpoint may not add a run. */
async function round() {
  for (let event = 0; event < EVENTS; event++) {
    version += 1
    await host.ask('releases', { version: `1.${version}.0`, reason: 'A bench.' })
  }
  clock.moveTo(clock.now().add({ seconds: 15 }))
  goal = heard + LIVING * EVENTS
  allHeard = promised()
  const before = process.cpuUsage()
  const startedAt = performance.now()
  let runs = 0
  for (; heard < goal; runs++) {
    const run = deliverWebhooks(deps)
    underWay.push(run)
    await Promise.race([run, allHeard.promise])
  }
  const tookMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(before)
  return { tookMs, runs, coreMs: (user + system) / 1000 }
}

async function endpointAt(url: string): Promise<`whe_${string}`> {
  const { id } = await host.ask('webhook-endpoints', { url, email: 'it@acme.example' })
  return String(id) as `whe_${string}`
}

async function receiver(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response))
  })
  await new Promise<void>((ready) => server.listen(0, ready))
  return `http://localhost:${(server.address() as AddressInfo).port}`
}
