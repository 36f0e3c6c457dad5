/** P30: what an event says, and what nobody can read in it. */
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { readWebhook } from '../../../server/payments/stripe-webhook.ts'

const NOW = Temporal.Instant.from('2026-03-01T10:00:00Z')
const read = (event: object) => readWebhook(JSON.stringify(event), NOW)
const about = (object: object) => read({ id: 'evt_1', type: 'a.b', data: { object } })
const purpose = (of: string) => ({ metadata: { purpose: of } })

describe('an event', () => {
  it.each([
    { object: { object: 'checkout.session', id: 'cs_1' }, sessionId: 'cs_1' },
    { object: { object: 'invoice', id: 'in_1', ...purpose('charge') }, sessionId: 'in_1' },
    { object: { object: 'invoice', id: 'in_1', ...purpose('page') }, sessionId: null },
    { object: { object: 'invoice', id: 'in_1' }, sessionId: null },
    { object: { object: 'refund', id: 'in_1', ...purpose('charge') }, sessionId: null },
    { object: { object: 'refund', id: 'cs_1' }, sessionId: null },
  ])('about $object is about the attempt $sessionId', async ({ object, sessionId }) => {
    expect((await about(object)).sessionId).toBe(sessionId)
  })

  it.each([
    { object: { object: 'payment_method', id: 'pm_1' }, methodId: 'pm_1' },
    { object: { object: 'payment_method', id: 'src_1' }, methodId: null },
    { object: { object: 'charge', id: 'pm_1' }, methodId: null },
  ])('about $object is about the method $methodId', async ({ object, methodId }) => {
    expect((await about(object)).methodId).toBe(methodId)
  })

  it.each([
    { created: 1_700_000_000, at: '2023-11-14T22:13:20Z' },
    { created: -1, at: '1969-12-31T23:59:59Z' },
    { created: 8_640_000_000_000, at: '+275760-09-13T00:00:00Z' },
    { created: 8_640_000_000_001, at: NOW.toString() },
    { created: 1.5, at: NOW.toString() },
    { created: '1700000000', at: NOW.toString() },
    { created: null, at: NOW.toString() },
  ])('that was made at $created was made at $at', async ({ created, at }) => {
    expect((await read({ id: 'evt_1', created })).createdAt.toString()).toBe(at)
  })

  it.each([
    { length: 255, isKept: true },
    { length: 256, isKept: false },
  ])('keeps a name of $length characters: $isKept', async ({ length, isKept }) => {
    const type = 'x'.repeat(length)
    expect((await read({ id: 'evt_1', type })).type).toBe(isKept ? type : 'unknown')
  })

  it('without an id has one of its text: the same for the same, another for another', async () => {
    const [one, again, other] = await Promise.all([{}, {}, { type: 'a' }].map(read))
    expect(one?.id).toMatch(/^evt_unidentified_[0-9a-f]{32}$/)
    expect(again?.id).toBe(one?.id)
    expect(other?.id).not.toBe(one?.id)
  })
})
