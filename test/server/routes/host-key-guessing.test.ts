/** T10, T11: guessing at API keys of host backends is limited as guessing at license keys is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../server/app.ts'
import type { Deps } from '../../../server/deps.ts'
import { createLimiter } from '../../../server/runtime/sliding-window.ts'
import { problemIn } from '../../support/buyer.ts'
import { hostOf, type HostBackend } from '../../support/host.ts'
import { randomBytes } from '../../support/secrets.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

const LIMIT = 20

let center: TestSystem
let host: HostBackend
beforeAll(async () => {
  center = await startTestSystem()
  host = await hostOf(center, 'recover')
})
afterAll(() => center.remove())

/** The same center with a limiter of its own, asked from any address; its clock stands still. */
function server(changes: Partial<Deps> = {}) {
  const { deps, origin } = center.system
  const at = deps.now()
  const config = { ...deps.config, addressOf: ({ headers }: Request) => headers.get('x-test-from') }
  const limiter = createLimiter(() => at.epochMilliseconds)
  const app = createApp({ ...deps, now: () => at, config, limiter, ...changes })
  return async (key: string, from: string) =>
    app.fetch(
      new Request(`${origin}/v1/host/events`, {
        headers: { Authorization: `Bearer ${key}`, 'x-test-from': from },
      }),
    )
}

function guess(): string {
  return `sk_${Buffer.from(randomBytes(32)).toString('base64url')}`
}

describe('guessing at API keys', () => {
  it('hears one answer, is limited to 20 a minute and source, and writes nothing', async () => {
    const ask = server()
    const { client } = center.system.deps.db
    const changes = async () => (await client.execute('SELECT total_changes() AS n')).rows[0]?.['n']
    const before = await changes()
    for (let number = 0; number < LIMIT; number++) {
      const answer = await ask(guess(), `2001:db8:1:2::${number}`)
      expect(await problemIn(answer)).toMatchObject({ status: 401, code: 'token.invalid' })
    }
    const refused = await ask(guess(), '2001:db8:1:2::ffff')
    expect(refused.headers.get('Retry-After')).toBe('60')
    expect(await problemIn(refused)).toMatchObject({ status: 429, code: 'request.rate_limited' })
    expect((await ask(guess(), '2001:db8:1:3::1')).status).toBe(401)
    expect(await changes(), 'rows written').toBe(before)
  })

  it('never keeps a key that exists from being answered, nor counts it', async () => {
    const ask = server()
    for (let number = 0; number < LIMIT + 1; number++) {
      expect((await ask(host.key, '192.0.2.1')).status).toBe(200)
    }
    for (let number = 0; number < LIMIT; number++) {
      expect((await ask(guess(), '192.0.2.1')).status).toBe(401)
    }
    expect((await ask(guess(), '192.0.2.1')).status).toBe(429)
    expect((await ask(host.key, '192.0.2.1')).status).toBe(200)
  })

  it('is refused while the limiter is down, and keys that exist are answered', async () => {
    const limiter = { keyGuess: () => Promise.reject(new Error('no limiter')) }
    const ask = server({ limiter, log: () => {} })
    expect((await ask(guess(), '192.0.2.2')).status).toBe(429)
    expect((await ask(host.key, '192.0.2.2')).status).toBe(200)
  })

  it('is no guess without the form of a key: that asks nothing, and is only refused', async () => {
    const ask = server()
    for (let number = 0; number < LIMIT + 1; number++) {
      expect((await ask('sk_word', '192.0.2.3')).status).toBe(401)
    }
    expect((await ask(guess(), '192.0.2.3')).status).toBe(401)
  })
})
