import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WebhookPort } from '../../../server/domain/webhook.ts'
import { deliverWebhooks } from '../../../server/jobs/deliver-webhooks.ts'
import { hostOf } from '../../support/host.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

it('makes 200 attempts in a run at most, and the next run goes on', async () => {
  const { deps } = center.system
  const host = await hostOf(center, 'recover')
  for (let n = 0; n < 21; n++) {
    const url = `http://localhost:1/${n}`
    await host.ask('webhook-endpoints', { url, email: 'it@acme.example' })
  }
  for (let n = 0; n < 10; n++) await host.ask('releases', { version: `1.0.${n}`, reason: 'Ten.' })
  const told: string[] = []
  const webhooks: WebhookPort = {
    post: async (url, headers) => {
      told.push(`${url} ${headers['webhook-id']}`)
      return { kind: 'answered', status: 204, retryAfterSeconds: null }
    },
  }
  expect(await deliverWebhooks({ ...deps, webhooks })).toBe(200)
  expect(await deliverWebhooks({ ...deps, webhooks })).toBe(10)
  expect(await deliverWebhooks({ ...deps, webhooks })).toBe(0)
  expect(new Set(told).size).toBe(210)
})
