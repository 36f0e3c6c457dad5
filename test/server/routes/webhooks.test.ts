import { Hono } from 'hono'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signatureHeader } from '../../../demo/stripe/webhook-sender.ts'
import { providerEvents } from '../../../server/db/schema.ts'
import type { Deps } from '../../../server/deps.ts'
import type { AppEnv } from '../../../server/http/env.ts'
import { onError } from '../../../server/http/problems.ts'
import { createStripePayments } from '../../../server/payments/stripe.ts'
import { webhooks } from '../../../server/routes/webhooks.ts'
import { createTestClock } from '../../support/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { SECRET_KEY, WEBHOOK_SECRET } from '../../support/stripe.ts'

const clock = createTestClock('2026-03-01T10:00:00Z')
const SENT_AT = clock.now().epochMilliseconds / 1000
const BODY = JSON.stringify({ id: 'evt_1', object: 'event', type: 'moon.landed', livemode: false })
const SIGNED = signatureHeader(BODY, WEBHOOK_SECRET, SENT_AT)

let database: TestDatabase
let app: Hono<AppEnv>

beforeEach(async () => {
  database = await createTestDatabase()
  const payments = createStripePayments({
    secretKey: SECRET_KEY,
    webhookSecrets: [WEBHOOK_SECRET],
    now: clock.now,
  })
  const config = {
    centerOrigin: 'https://center.example',
    sandbox: true,
    longPoll: { everyMs: 1, maxMs: 1 },
    addressOf: () => null,
  }
  const deps = asDeps({ db: database.db, payments, now: clock.now, log: () => {}, config })
  app = new Hono<AppEnv>()
  app.onError(onError)
  app.use(async (c, next) => {
    c.set('deps', deps)
    c.set('requestId', 'req_test')
    await next()
  })
  app.route('/webhooks', webhooks)
})
afterEach(() => database.remove())

/** Guarantee: a notification that is refused or of no interest touches nothing else. */
function asDeps(used: Partial<Deps>): Deps {
  return used as Deps
}

function send(body: string | Uint8Array<ArrayBuffer>, signature: string | null) {
  const headers = signature === null ? {} : { 'Stripe-Signature': signature }
  return app.request('/webhooks/stripe', { method: 'POST', body, headers })
}

describe('POST /webhooks/stripe', () => {
  it('P30: takes a signed event of a type that nobody knows', async () => {
    expect((await send(BODY, SIGNED)).status).toBe(200)
  })

  it.each<{ why: string; body: string | Uint8Array<ArrayBuffer>; signature: string | null }>([
    { why: 'no signature', body: BODY, signature: null },
    { why: 'a signature of another body', body: `${BODY} `, signature: SIGNED },
    { why: 'a BOM that was added', body: Buffer.from(`\uFEFF${BODY}`), signature: SIGNED },
    { why: 'a compressed body', body: Uint8Array.from(gzipSync(BODY)), signature: SIGNED },
    { why: 'no body', body: '', signature: SIGNED },
  ])('P24: answers 400 to $why, and stores nothing', async ({ body, signature }) => {
    const reply = await send(body, signature)
    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ code: 'webhook.signature_invalid' })
    expect(await database.db.orm.select().from(providerEvents)).toEqual([])
  })
})
