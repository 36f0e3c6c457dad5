/** The order of events about one object, and a receiver for which very many wait (N15). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dueOf, endpointsOf } from '../../../server/db/queries/webhooks.ts'
import { provenHost } from '../../../server/domain/host-scope.ts'
import type { WebhookOutcome, WebhookPort } from '../../../server/domain/webhook.ts'
import { deliverWebhooks } from '../../../server/jobs/deliver-webhooks.ts'
import { deleteEndpoint } from '../../../server/usecases/change-webhook-endpoints.ts'
import { hostOf, type HostBackend } from '../../support/host.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'
import { plantQueue } from '../../support/webhook-queue.ts'

const OK: WebhookOutcome = { kind: 'answered', status: 204, retryAfterSeconds: null }
const BUSY: WebhookOutcome = { kind: 'answered', status: 503, retryAfterSeconds: null }

let center: TestSystem
let host: HostBackend
beforeAll(async () => {
  center = await startTestSystem()
  host = await hostOf(center, 'recover')
})
beforeEach(async () => {
  const { deps } = center.system
  const scope = provenHost('recover', 'test')
  for (const { id } of await endpointsOf(deps.db, scope)) await deleteEndpoint(deps, scope, id)
})
afterAll(() => center.remove())

async function endpointAt(name: string): Promise<string> {
  const url = `http://localhost:1/${name}`
  return String((await host.ask('webhook-endpoints', { url, email: 'it@acme.example' }))['id'])
}

/** Published, offered to more, withdrawn: three events about one release. */
async function threeEventsOf(version: string): Promise<void> {
  const reason = 'A test.'
  await host.ask('releases', { version, rollout_percent: 1, reason })
  await host.ask(`releases/${version}/rollout`, { rollout_percent: 50, reason })
  await host.ask(`releases/${version}/yank`, { reason })
}

/** Runs the job. @returns what was told: receiver, event, release */
async function run(answer: (told: string) => WebhookOutcome = () => OK) {
  const told: string[] = []
  const webhooks: WebhookPort = {
    post: async (url, _, body) => {
      const { type, data } = JSON.parse(body) as { type: string; data: { version?: string } }
      const said = `${url.split('/').at(-1)} ${type.split('.')[1]} ${data.version ?? ''}`.trim()
      told.push(said)
      return answer(said)
    },
  }
  const attempts = await deliverWebhooks({ ...center.system.deps, webhooks })
  expect(attempts).toBe(told.length)
  return told
}

describe('what happened to one object', () => {
  it('is told in its order and in one run', async () => {
    await endpointAt('a')
    await threeEventsOf('1.0.0')
    expect(await run()).toEqual(['a published 1.0.0', 'a rolled_out 1.0.0', 'a yanked 1.0.0'])
    expect(await run()).toEqual([])
  })

  it('waits behind its first failure, while other objects go on and other endpoints do not notice', async () => {
    await endpointAt('a')
    await endpointAt('b')
    await threeEventsOf('1.1.0')
    await threeEventsOf('1.2.0')
    const isBad = (told: string) => told === 'a rolled_out 1.1.0'
    const first = await run((told) => (isBad(told) ? BUSY : OK))
    const of = (name: string, told: readonly string[]) =>
      told.filter((one) => one.startsWith(`${name} `)).map((one) => one.slice(2))
    expect(of('a', first)).toEqual(['published 1.1.0', 'rolled_out 1.1.0'])
    expect(of('b', first)).toHaveLength(6)
    const others = ['published 1.2.0', 'rolled_out 1.2.0', 'yanked 1.2.0']
    expect(of('a', await run())).toEqual(others)
    expect(await run()).toEqual([])
    const { clock } = center.system
    clock.moveTo(clock.now().add({ minutes: 1 }))
    expect(await run()).toEqual(['a rolled_out 1.1.0', 'a yanked 1.1.0'])
  })
})

describe('N15: a dead endpoint for which very many events wait', () => {
  it('costs one attempt a run, and the others nothing', async () => {
    const dead = await endpointAt('dead')
    await endpointAt('fine')
    await plantQueue(center.system.deps.db, dead, 2000)
    await threeEventsOf('2.0.0')
    for (const events of [3, 0, 0]) {
      const told = await run((one) => (one.startsWith('dead') ? BUSY : OK))
      expect(told.filter((one) => one.startsWith('dead'))).toHaveLength(1)
      expect(told.filter((one) => one.startsWith('fine'))).toHaveLength(events)
    }
  })

  it('is read in the order of the journal, never sorted', async () => {
    const { db, now } = center.system.deps
    const { sql, params } = dueOf(db, 'whe_1', now(), 10).toSQL()
    const args = params.map((value) => (typeof value === 'number' ? value : String(value)))
    const explained = await db.client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args })
    const plan = explained.rows.map(({ detail }) => String(detail)).join('\n')
    expect(plan).toContain('webhook_deliveries_pending')
    expect(plan).toContain('webhook_deliveries_of_object')
    expect(plan).not.toContain('TEMP B-TREE')
  })
})
