import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { signatureHeader } from '../../../demo/stripe/webhook-sender.ts'
import { createStripePayments } from '../../../server/payments/stripe.ts'
import { anOrder, SECRET_KEY, startStripe, submit, WEBHOOK_SECRET } from '../../support/stripe.ts'

const NOW = Temporal.Instant.from('2026-03-01T10:00:00Z')
const SENT_AT = NOW.epochMilliseconds / 1000
const ORDER_ID = 'ord_01h455vb4pex5vsknk084sn02q'
const COMPLETED = {
  id: 'evt_1',
  object: 'event',
  api_version: '2026-10-28.endive',
  created: SENT_AT,
  livemode: false,
  pending_webhooks: 1,
  type: 'checkout.session.completed',
  data: {
    object: {
      id: 'cs_test_1',
      object: 'checkout.session',
      client_reference_id: ORDER_ID,
      payment_intent: 'pi_1',
      metadata: { order_id: ORDER_ID, attempt: '1' },
    },
  },
}
const BODY = JSON.stringify(COMPLETED)
const SIGNED = signatureHeader(BODY, WEBHOOK_SECRET, SENT_AT)
const DIGEST = SIGNED.split('v1=').join('').slice(-64)

function paymentsWith(...webhookSecrets: string[]) {
  return createStripePayments({ secretKey: SECRET_KEY, webhookSecrets, now: () => NOW })
}

const payments = paymentsWith(WEBHOOK_SECRET)

describe('readEvent()', () => {
  it('reads the ids of a signed event and nothing else', async () => {
    expect(await payments.readEvent(BODY, SIGNED)).toEqual({
      id: 'evt_1',
      type: 'checkout.session.completed',
      livemode: false,
      createdAt: NOW,
      account: null,
      sessionId: 'cs_test_1',
      intentId: 'pi_1',
      orderId: ORDER_ID,
      methodId: null,
    })
  })

  it('reads what the stand-in really sends', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const session = await world.payments.openCheckout(order)
    await submit(session.url)
    await expect.poll(world.receiver.types).toContain('checkout.session.completed')
    const events = await Promise.all(
      world.receiver.received.map(({ body, signature }) =>
        world.payments.readEvent(body, signature),
      ),
    )
    const intentId = events.find((event) => event.type === 'payment_intent.succeeded')?.intentId
    const ofOrder = events.filter((event) => event.orderId === order.orderId)
    expect(ofOrder.map((event) => [event.type, event.sessionId, event.intentId])).toEqual([
      ['payment_intent.created', null, intentId],
      ['charge.succeeded', null, intentId],
      ['payment_intent.succeeded', null, intentId],
      ['invoice.paid', null, null],
      ['checkout.session.completed', session.id, intentId],
    ])
  })

  it('P22: tells the mode and the account that an event is for', async () => {
    const body = JSON.stringify({ ...COMPLETED, livemode: true, account: 'acct_other' })
    const event = await payments.readEvent(body, signatureHeader(body, WEBHOOK_SECRET, SENT_AT))
    expect(event).toMatchObject({ livemode: true, account: 'acct_other' })
  })
})

describe('P24: a signature is refused', () => {
  const signed = (offsetSeconds: number) =>
    signatureHeader(BODY, WEBHOOK_SECRET, SENT_AT + offsetSeconds)

  it.each<{ why: string; body?: string; header: string | null }>([
    { why: 'there is none', header: null },
    { why: 'it is empty', header: '' },
    { why: 'it is of another secret', header: signatureHeader(BODY, 'whsec_other', SENT_AT) },
    {
      why: 'one character is wrong',
      header: SIGNED.slice(0, -1) + (SIGNED.endsWith('0') ? '1' : '0'),
    },
    { why: 'it is truncated', header: SIGNED.slice(0, -8) },
    { why: 'its scheme is v0 only', header: `t=${SENT_AT},v0=${DIGEST}` },
    { why: 'it has no timestamp', header: `v1=${DIGEST}` },
    { why: 'it has two timestamps', header: `t=${SENT_AT - 9000},${SIGNED}` },
    { why: 'it has the same timestamp twice', header: `t=${SENT_AT},${SIGNED}` },
    { why: 'letters follow the timestamp', header: `t=${SENT_AT}x,v1=${DIGEST}` },
    { why: 'the timestamp was changed', header: `t=${SENT_AT + 1},v1=${DIGEST}` },
    { why: 'it is 301 s old', header: signed(-301) },
    { why: 'it is 301 s ahead', header: signed(301) },
    {
      why: 'the body was serialised again',
      body: JSON.stringify(COMPLETED, null, 2),
      header: SIGNED,
    },
    { why: 'the body gained a BOM', body: `\uFEFF${BODY}`, header: SIGNED },
    { why: 'the body is compressed', body: gzipSync(BODY).toString('utf8'), header: SIGNED },
    { why: 'the body is empty', body: '', header: SIGNED },
  ])('when $why', async ({ body = BODY, header }) => {
    await expect(payments.readEvent(body, header)).rejects.toMatchObject({
      code: 'webhook.signature_invalid',
    })
  })

  it.each([-300, 0, 300])('but not %i s beside our clock', async (offsetSeconds) => {
    expect(await payments.readEvent(BODY, signed(offsetSeconds))).toMatchObject({ id: 'evt_1' })
  })
})

describe('P25: while the secret is being changed', () => {
  const next = 'whsec_next'
  const signedWithNext = signatureHeader(BODY, next, SENT_AT)

  it('both are accepted, also in one header', async () => {
    const rotating = paymentsWith(WEBHOOK_SECRET, next)
    const both = `${SIGNED},${signedWithNext.slice(signedWithNext.indexOf('v1='))}`
    for (const header of [SIGNED, signedWithNext, both]) {
      expect(await rotating.readEvent(BODY, header)).toMatchObject({ id: 'evt_1' })
    }
  })

  it('and then the old one fails', async () => {
    const rotated = paymentsWith(next)
    expect(await rotated.readEvent(BODY, signedWithNext)).toMatchObject({ id: 'evt_1' })
    await expect(rotated.readEvent(BODY, SIGNED)).rejects.toMatchObject({
      code: 'webhook.signature_invalid',
    })
  })
})

describe('P30: whatever a signed payload holds', () => {
  const read = (payload: unknown) => {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
    return payments.readEvent(body, signatureHeader(body, WEBHOOK_SECRET, SENT_AT))
  }

  it.each([
    ['an unknown type', { ...COMPLETED, type: 'moon.landed' }],
    ['another API version', { ...COMPLETED, api_version: '2031-01-01.zinnia' }],
    ['a null object', { ...COMPLETED, data: { object: null } }],
    ['null data', { ...COMPLETED, data: null }],
    ['a thin event', { id: 'evt_2', object: 'v2.core.event', type: 'v1.x', created: '2026-03-01' }],
  ])('%s is an event', async (_what, payload) => {
    expect(await read(payload)).toMatchObject({ id: payload.id, type: payload.type })
  })

  it.each([
    ['charge.refunded', { id: 'ch_1', object: 'charge', payment_intent: 'pi_1' }],
    ['charge.dispute.created', { id: 'dp_1', object: 'dispute', payment_intent: { id: 'pi_1' } }],
    ['payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent' }],
  ])('%s names its payment intent', async (type, object) => {
    expect(await read({ ...COMPLETED, type, data: { object } })).toMatchObject({
      intentId: 'pi_1',
      sessionId: null,
      orderId: null,
    })
  })

  it.each(['null', '[]', '"text"', '12', '{}', 'no JSON at all'])(
    '%s is an event',
    async (body) => {
      const [first, second] = [await read(body), await read(body)]
      expect(first).toMatchObject({ type: 'unknown', livemode: false, sessionId: null })
      expect(first.id).toBe(second.id)
    },
  )

  it('an id is text of at most 255 characters', async () => {
    const object = { object: 'checkout.session', id: `cs_${'x'.repeat(253)}`, payment_intent: 1 }
    expect(await read({ ...COMPLETED, data: { object } })).toMatchObject({
      sessionId: null,
      intentId: null,
    })
  })

  it('1,000 mutated events never throw, and every id is text or null', async () => {
    const real = await realEvents()
    const junk = fc.oneof(fc.jsonValue(), fc.constantFrom(null, [], {}, '', -1, 9e15, '💥'))
    const mutation = fc.record({
      event: fc.constantFrom(...real),
      at: fc.nat(),
      junk,
      drop: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(mutation, async ({ event, at, junk: value, drop }) => {
        const paths = pathsOf(event).slice(1)
        const path = paths[at % paths.length] ?? []
        const result = await read(replaceAt(event, path, drop ? undefined : value))
        expect(typeof result.id).toBe('string')
        expect(typeof result.type).toBe('string')
        expect(typeof result.livemode).toBe('boolean')
        for (const id of [result.sessionId, result.intentId, result.orderId, result.account]) {
          expect(id === null || typeof id === 'string').toBe(true)
        }
      }),
      { numRuns: 1000, seed: 30 },
    )
  })
})

/** Every event of a card payment, a decline, a bank debit and an expiry. */
async function realEvents(): Promise<unknown[]> {
  const world = await startStripe()
  const order = await anOrder(world)
  const open = async (attempt: number) =>
    (await world.payments.openCheckout({ ...order, attempt })).url
  await submit(await open(1))
  await submit(await open(2), { card_number: '4000000000000002', exp: '12/34', cvc: '123' })
  await submit(await open(3), { method: 'bank_debit' })
  world.clock.advance('PT1H')
  await world.standIn.settleDue()
  return (await world.stripe.events.list({ limit: 100 })).data
}

type Path = readonly string[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [
    path,
    ...Object.entries(value).flatMap(([name, child]) => pathsOf(child, [...path, name])),
  ]
}

function replaceAt(value: unknown, [head, ...rest]: Path, replacement: unknown): unknown {
  if (head === undefined) return replacement ?? null
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([name, child]) => {
    if (name !== head) return [[name, child]]
    if (rest.length === 0 && replacement === undefined) return []
    return [[name, replaceAt(child, rest, replacement)]]
  })
  return Object.fromEntries(entries)
}
