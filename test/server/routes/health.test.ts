import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../server/app.ts'
import { databaseOf, openDatabase } from '../../../server/db/open.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

describe('GET /ready', () => {
  it('answers 200 while the database does', async () => {
    const reply = await fetch(`${center.system.origin}/ready`)
    expect([reply.status, await reply.json()]).toEqual([200, { status: 'ready' }])
  })

  it('answers 503 without one, while /health stays 200: a restart would not help', async () => {
    const url = `file:${center.directory}/empty.db`
    const app = createApp({ ...center.system.deps, db: await openDatabase({ url }) })
    const reply = await app.request('/ready')
    expect(reply.status).toBe(503)
    expect(await reply.json()).toMatchObject({ code: 'database.unavailable' })
    expect((await app.request('/health')).status).toBe(200)
  })

  it('answers 503 when the database does not answer in time', async () => {
    const { deps } = center.system
    const sleep = () => Promise.resolve()
    const slow = new Proxy(deps.db.client, {
      get: (client, name) =>
        name === 'execute' ? () => new Promise(() => {}) : Reflect.get(client, name),
    })
    const app = createApp({ ...deps, sleep, db: databaseOf(slow) })
    expect((await app.request('/ready')).status).toBe(503)
  })

  it('answers 503 once the process is asked to end', async () => {
    const app = createApp({ ...center.system.deps, stopping: AbortSignal.abort() })
    const reply = await app.request('/ready')
    expect([reply.status, reply.headers.get('Retry-After')]).toEqual([503, '5'])
  })
})
