/**
 * An endpoint that does not answer, and the others meanwhile (N15). It answers here once the others have
 * heard what they were to hear: whoever waited for it would wait for ever.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { endpointsOf } from '../../../server/db/queries/webhooks.ts'
import { provenHost } from '../../../server/domain/host-scope.ts'
import type { WebhookOutcome } from '../../../server/domain/webhook.ts'
import { deliverWebhooks } from '../../../server/jobs/deliver-webhooks.ts'
import { deleteEndpoint } from '../../../server/usecases/change-webhook-endpoints.ts'
import { hostOf, type HostBackend } from '../../support/host.ts'
import { promised } from '../../support/promised.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'
import { plantQueue } from '../../support/webhook-queue.ts'

const OK: WebhookOutcome = { kind: 'answered', status: 204, retryAfterSeconds: null }
const TIMEOUT: WebhookOutcome = { kind: 'failed', reason: 'timeout' }

let center: TestSystem
let host: HostBackend
let told: string[]
beforeAll(async () => {
  center = await startTestSystem()
  host = await hostOf(center, 'recover')
})
beforeEach(async () => {
  told = []
  const { deps } = center.system
  const scope = provenHost('recover', 'test')
  for (const { id } of await endpointsOf(deps.db, scope)) await deleteEndpoint(deps, scope, id)
})
afterAll(() => center.remove())

/** @returns their ids */
async function endpointsAt(...names: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = []
  for (const name of names) {
    const url = `http://localhost:1/${name}`
    ids.push(String((await host.ask('webhook-endpoints', { url, email: 'it@acme.example' }))['id']))
  }
  return ids
}

let version = 0
async function events(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    await host.ask('releases', { version: `1.${++version}.0`, reason: 'A test.' })
  }
}

const heardBy = (name: string) => told.filter((one) => one === name).length

/** One run. @returns how many attempts it made */
function run(answer: (name: string) => Promise<WebhookOutcome> | WebhookOutcome) {
  const post = async (url: string) => {
    const name = url.split('/').at(-1) ?? ''
    told.push(name)
    return answer(name)
  }
  return deliverWebhooks({ ...center.system.deps, webhooks: { post } })
}

const isSilent = (name: string) => name.startsWith('silent')

/** Resolves once `fine` has heard so many. */
function patience(count: number) {
  const { promise, resolve } = promised<WebhookOutcome>()
  return (name: string) => {
    if (heardBy('fine') >= count) resolve(TIMEOUT)
    return isSilent(name) ? promise : OK
  }
}

describe('while an endpoint is silent', () => {
  it('a living one hears all that waits for it in the same run, beyond its first ten', async () => {
    await endpointsAt('silent', 'fine')
    await events(25)
    expect(await run(patience(25))).toBe(26)
    expect(heardBy('silent')).toBe(1)
  })

  it('and three more, all known to fail, a living one hears as much', async () => {
    const silent = ['silent-1', 'silent-2', 'silent-3', 'silent-4']
    await endpointsAt(...silent)
    await events(1)
    expect(await run(() => TIMEOUT)).toBe(4)
    await endpointsAt('fine')
    await events(12)
    const { clock } = center.system
    clock.moveTo(clock.now().add({ minutes: 1 }))
    expect(await run(patience(12))).toBe(16)
    for (const name of silent) expect(heardBy(name)).toBe(2)
  })

  it('the next run does not wait for the run that asked it', async () => {
    await endpointsAt('silent')
    await events(1)
    const answer = patience(2)
    const asked = promised<void>()
    const early = run((name) => {
      asked.resolve()
      return answer(name)
    })
    await asked.promise
    await endpointsAt('fine')
    await events(2)
    expect(await run(answer)).toBe(3)
    expect(await early).toBe(1)
  })
})

describe('a run', () => {
  it('ends after twenty turns, of which whoever waited at its beginning has had one', async () => {
    const [busy = ''] = await endpointsAt('busy', 'fine')
    await plantQueue(center.system.deps.db, busy, 300)
    await events(3)
    expect(await run(() => OK)).toBe(193)
    expect([heardBy('busy'), heardBy('fine')]).toEqual([190, 3])
    expect(await run(() => OK)).toBe(113)
    expect(await run(() => OK)).toBe(0)
  })

  it('gives an endpoint that failed no further turn', async () => {
    await endpointsAt('fine')
    await events(30)
    expect(await run(() => (heardBy('fine') === 10 ? TIMEOUT : OK))).toBe(10)
    expect(await run(() => OK)).toBe(20)
  })
})
