/**
 * T10, T11: guessing at license keys. `KEY_GUESSES=100000` is the long run (`npm run guess`); a small one
 * is part of `npm test`.
 */
import { createClient } from '@libsql/client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../../server/app.ts'
import type { Deps, LogEntry } from '../../../server/deps.ts'
import { LICENSE_KEY_BYTES, makeLicenseKey } from '../../../server/domain/license-key.ts'
import { createLimiter } from '../../../server/runtime/sliding-window.ts'
import { problemIn } from '../../support/buyer.ts'
import { randomBytes } from '../../support/secrets.ts'
import { startVault, type Vault } from '../../support/vault.ts'

const GUESSES = Number(process.env['KEY_GUESSES'] ?? 2000)
const LIMIT = 20
/** Of one source; those beyond the limit are refused. */
const EACH = 25

let center: Vault
let key: string
beforeAll(async () => {
  center = await startVault()
  key = (await center.bought('seats', 2)).key
})
afterAll(() => center.remove())

const HOST = { fingerprint: 'host' }
const UNIT = { reference: 'vm-1' }
/** Everything that takes a license key, and what it asks beside it. */
const QUESTIONS: Readonly<Record<string, object>> = {
  'licenses/validate': HOST,
  'licenses/activate': HOST,
  'licenses/heartbeat': HOST,
  'licenses/deactivate': HOST,
  'licenses/file': HOST,
  'licenses/rebind': { ...HOST, name: 'db-1' },
  'licenses/consume': UNIT,
  'licenses/release': UNIT,
  'updates/check': { ...HOST, version: '1.0.0' },
}

/** The same center, asked from any address, with limits of its own. */
function server(changes: Partial<Deps> = {}, path = 'licenses/validate') {
  const { deps } = center.system
  const config = { ...deps.config, addressOf: ({ headers }: Request) => headers.get('x-test-from') }
  // The clock stands still, so that answers can be compared to the letter.
  const at = deps.now()
  const limiter = createLimiter(() => at.epochMilliseconds)
  const app = createApp({ ...deps, now: () => at, config, limiter, ...changes })
  return async (asked: string, from: string, headers = {}) =>
    app.fetch(
      new Request(`${center.system.origin}/v1/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'x-test-from': from, ...headers },
        body: JSON.stringify({ key: asked, product: 'vault', ...QUESTIONS[path] }),
      }),
    )
}

/** By turns with a checksum that is right, of the product's own prefix, and anything. */
function guess(number: number): string {
  const random = randomBytes(LICENSE_KEY_BYTES)
  const isWellFormed = number % 2 === 0
  return isWellFormed ? makeLicenseKey('VAULT', random) : Buffer.from(random).toString('hex')
}

describe('guessing at license keys', () => {
  it(`${GUESSES} times finds none, hears one answer, and is limited to ${LIMIT} a minute and source`, async () => {
    const ask = server()
    await center.told()
    const commits = watchCommits(center)
    const before = await commits()
    const heard = new Map<string, number>()
    for (let number = 0; number < GUESSES; number++) {
      const source = Math.floor(number / EACH)
      const answer = await ask(guess(number), `2001:db8:${source >> 16}:${source & 65_535}::7`)
      const isLimited = answer.status === 429
      expect(isLimited, `guess ${number}`).toBe(number % EACH >= LIMIT)
      const told = isLimited ? (await problemIn(answer)).code : await answer.text()
      heard.set(told, (heard.get(told) ?? 0) + 1)
    }
    const [answer, ...others] = [...heard.keys()].filter((told) => told.startsWith('{'))
    expect(others).toEqual([])
    expect(JSON.parse(answer ?? '')).toMatchObject({ valid: false, code: 'NOT_FOUND' })
    expect(heard.get('request.rate_limited')).toBe((GUESSES / EACH) * (EACH - LIMIT))
    expect(await commits(), 'commits').toBe(before)
  }, 1_800_000)

  it('is told how long to wait, as a problem', async () => {
    const ask = server()
    for (let number = 0; number < LIMIT; number++) await ask(guess(number), '192.0.2.1')
    const answer = await ask(guess(0), '192.0.2.1')
    expect(answer.headers.get('Retry-After')).toBe('60')
    expect(await problemIn(answer)).toMatchObject({ status: 429, code: 'request.rate_limited' })
  })

  it('never counts a key that exists, nor keeps it from being answered', async () => {
    const ask = server()
    for (let number = 0; number < LIMIT * 2; number++) {
      expect((await ask(key, '192.0.2.2')).status).toBe(200)
    }
    for (let number = 0; number < LIMIT; number++) {
      expect((await ask(guess(number), '192.0.2.2')).status).toBe(200)
    }
    expect((await ask(guess(0), '192.0.2.2')).status).toBe(429)
    expect((await ask(key, '192.0.2.2')).status).toBe(200)
  })

  it('T11: counts a /64 as one source, and believes no header about it', async () => {
    const ask = server()
    for (let number = 0; number < LIMIT; number++) {
      await ask(guess(number), `2001:db8:1:2::${number}`, { 'X-Forwarded-For': `10.0.0.${number}` })
    }
    expect((await ask(guess(0), '2001:db8:1:2:ffff::1')).status).toBe(429)
    expect((await ask(guess(0), '2001:db8:1:3::1')).status).toBe(200)
  })

  it('T11: is refused while the limiter is down, and keys that exist are answered', async () => {
    const logs: LogEntry[] = []
    const limiter = { keyGuess: () => Promise.reject(new Error('no limiter')) }
    const ask = server({ limiter, log: (entry) => void logs.push(entry) })
    expect((await ask(guess(0), '192.0.2.3')).status).toBe(429)
    expect((await ask(key, '192.0.2.3')).status).toBe(200)
    expect(logs.filter(({ event }) => event === 'limiter.unavailable')).toHaveLength(1)
  })

  it.each(Object.keys(QUESTIONS))('T11: is limited alike where %s takes the key', async (path) => {
    const ask = server({}, path)
    for (let number = 0; number < LIMIT; number++) {
      const answer = await ask(guess(number), '2001:db8:1:2::1', { 'X-Forwarded-For': '10.0.0.1' })
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND' })
    }
    const spoofed = { 'X-Forwarded-For': '10.0.0.2', 'CF-Connecting-IP': '10.0.0.3' }
    expect((await ask(guess(0), '2001:db8:1:2::ffff', spoofed)).status).toBe(429)
    expect((await ask(guess(0), '2001:db8:1:3::1')).status).toBe(200)
    const isDown = { limiter: { keyGuess: () => Promise.reject(new Error('no limiter')) } }
    const askDown = server({ ...isDown, log: () => {} }, path)
    expect((await askDown(guess(0), '192.0.2.9')).status).toBe(429)
    expect((await askDown(key, '192.0.2.9')).status).not.toBe(429)
  })

  it('T11: covers every verb of the license API', async () => {
    const answer = await fetch(`${center.system.origin}/openapi.json`)
    const { paths } = (await answer.json()) as { paths: object }
    const taking = Object.keys(paths).filter((path) => /^\/v1\/(licenses|updates)\//.test(path))
    expect(taking.toSorted()).toEqual(
      Object.keys(QUESTIONS)
        .map((path) => `/v1/${path}`)
        .toSorted(),
    )
  })
})

/** Moves on with each commit of anybody else. */
function watchCommits({ directory }: Vault) {
  const client = createClient({ url: `file:${directory}/license-center.db` })
  onTestFinished(() => client.close())
  return async () => (await client.execute('PRAGMA data_version')).rows[0]?.['data_version']
}
