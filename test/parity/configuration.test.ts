import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unstable_readConfig } from 'wrangler'
import { JOBS, triggerOf } from '../../server/runtime/jobs.ts'
import { createWorkerDeps, refusalToServe } from '../../server/runtime/worker-deps.ts'

const SECRET = 'A'.repeat(43)
const COMPLETE = {
  ENVIRONMENT: 'production',
  CENTER_ORIGIN: 'https://licenses.example.com',
  DATABASE_URL: 'libsql://center.example.turso.io',
  DATABASE_AUTH_TOKEN: 'token',
  STRIPE_SECRET_KEY: 'sk_live_abc',
  STRIPE_WEBHOOK_SECRET: 'whsec_abc',
  LICENSE_KEY_HASH_SECRET: SECRET,
  LICENSE_KEY_CIPHER_SECRET: SECRET,
  LINK_TOKEN_SECRET: SECRET,
  ASSETS: { fetch: () => null },
  KEY_GUESSES: { limit: async () => ({ success: true }) },
}

describe('the Worker in production', () => {
  it('serves with everything set, and is no sandbox', async () => {
    expect(await refusalToServe(COMPLETE)).toBe(null)
    expect((await createWorkerDeps(COMPLETE)).config.sandbox).toBe(false)
  })

  it('believes the address that Cloudflare names, and makes a client for each request', async () => {
    const [one, other] = await Promise.all([createWorkerDeps(COMPLETE), createWorkerDeps(COMPLETE)])
    const headers = { 'CF-Connecting-IP': '192.0.2.1', 'X-Forwarded-For': '198.51.100.7' }
    const request = new Request('https://licenses.example.com', { headers })
    expect(one.config.addressOf(request, {})).toBe('192.0.2.1')
    expect(one.db.client).not.toBe(other.db.client)
    expect(one.db.place).toBe(other.db.place)
  })

  it.each([
    ['a stand-in for Stripe', { STRIPE_API_BASE: 'http://localhost:12111' }],
    ['no limit for guesses at keys (T10)', { KEY_GUESSES: undefined }],
    ['a blank webhook secret', { STRIPE_WEBHOOK_SECRET: ' ' }],
    ['a blank secret of our own', { LINK_TOKEN_SECRET: '' }],
    ['a key that is no secret key', { STRIPE_SECRET_KEY: 'pk_live_abc' }],
    ['a database file', { DATABASE_URL: 'file:center.db' }],
    ['no database', { DATABASE_URL: undefined }],
  ])('P23: refuses every request with %s, and shows no value', async (_, change) => {
    const refusal = await refusalToServe({ ...COMPLETE, ...change })
    expect(refusal?.status).toBe(503)
    expect(await refusal?.text()).not.toContain(SECRET)
  })

  it('holds nothing of the demo', () => {
    const script = readFileSync('dist/worker/script/worker.js', 'utf8')
    expect(script).not.toMatch(/\/demo\/|\/_control/)
  })
})

describe('wrangler.toml', () => {
  const { triggers } = unstable_readConfig({ config: 'wrangler.toml' })

  it('lists the trigger of every job, once, and no other', () => {
    expect(triggers.crons).toHaveLength(new Set(triggers.crons).size)
    expect(new Set(triggers.crons)).toEqual(new Set(JOBS.map(triggerOf)))
  })

  it('needs no more triggers than the free plan has, and no weekday by number', () => {
    expect(triggers.crons?.length).toBeLessThanOrEqual(5)
    // Sunday is 1 at Cloudflare and 0 elsewhere.
    for (const { pattern } of JOBS) expect(pattern.split(' ').at(-1)).not.toMatch(/\d/)
  })
})
