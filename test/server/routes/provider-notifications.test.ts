/** P24, P30: what is said at the door of the webhooks, and by whom. */
import { gzipSync } from 'node:zlib'
import { count } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signatureHeader } from '../../../demo/stripe/webhook-sender.ts'
import { createApp } from '../../../server/app.ts'
import { orders, providerEvents } from '../../../server/db/schema.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { DR_MONTHLY, problemIn } from '../../support/buyer.ts'
import {
  deliver,
  eventOf,
  holdWebhooks,
  post,
  signed,
  type SentEvent,
} from '../../support/provider-events.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
let event: SentEvent
let body: string
beforeAll(async () => {
  center = await startTestSystem()
  await holdWebhooks(center.system)
  const order = await center.as('recover', 'acme').buy(DR_MONTHLY)
  await center.pay(order)
  event = await eventOf(center.system, order.id, 'checkout.session.completed')
  body = JSON.stringify(event)
})
afterAll(() => center.remove())

async function storedEvents(): Promise<number> {
  const { orm } = center.system.deps.db
  const [row] = await orm.select({ rows: count() }).from(providerEvents)
  return row?.rows ?? 0
}

const FIELDS = (
  'id type livemode created account data api_version object.id object.object object.status ' +
  'object.client_reference_id object.metadata object.payment_intent object.amount_total'
).split(' ')

const bytes = (text: string) => new TextEncoder().encode(text)

describe('P24: a webhook', () => {
  const forgeries: readonly [string, () => [string | Uint8Array<ArrayBuffer>, string | null]][] = [
    ['no signature', () => [body, null]],
    ['an empty signature', () => [body, '']],
    ['another secret', () => [body, signatureHeader(body, 'whsec_other', nowSeconds())]],
    ['a truncated signature', () => [body, signed(center.system, body).slice(0, -1)]],
    ['only v0', () => [body, signed(center.system, body).replace('v1=', 'v0=')]],
    ['two timestamps', () => [body, `${signed(center.system, body)},t=${nowSeconds()}`]],
    ['301 s in the future', () => [body, signed(center.system, body, 303)]],
    ['301 s in the past', () => [body, signed(center.system, body, -301)]],
    ['a body written anew', () => [JSON.stringify(event, null, 1), signed(center.system, body)]],
    ['an added byte order mark', () => [bytes(`\u{feff}${body}`), signed(center.system, body)]],
    ['a zipped body', () => [new Uint8Array(gzipSync(body)), signed(center.system, body)]],
  ]

  it.each(forgeries)('with %s is 400 and leaves no row', async (_, forge) => {
    const [content, signature] = forge()
    const problem = await problemIn(await post(center.system, content, signature))
    expect([problem.status, problem.code]).toEqual([400, 'webhook.signature_invalid'])
    expect(await storedEvents()).toBe(0)
  })

  it('P23: is 503, never 200, where no secret is configured', async () => {
    const { deps } = center.system
    const readEvent = () => Promise.reject(new Refused('webhook.not_configured'))
    const app = createApp({ ...deps, payments: { ...deps.payments, readEvent } })
    const answer = await deliver(center.system, event, (request) => app.fetch(request))
    expect((await problemIn(answer)).status).toBe(503)
  })

  function nowSeconds(): number {
    return Math.floor(center.system.clock.now().epochMilliseconds / 1000)
  }
})

describe('P30: a signed webhook', () => {
  it.each(['null', '[]', '"x"', '{', '{}', '{"id":1,"type":[]}', '{"data":{"object":null}}'])(
    'that reads %s is 2xx and changes nothing',
    async (text) => {
      expect((await deliver(center.system, text)).status).toBe(200)
      expect(await storedEvents()).toBe(0)
    },
  )

  it('of an unknown type, a new version and with fields nobody knows is 2xx', async () => {
    const future = { ...event, id: 'evt_1', type: 'moon.landed', api_version: '2099', extra: [1] }
    const answer = await deliver(center.system, future)
    expect([answer.status, (await answer.json()).outcome]).toEqual([200, 'ignored'])
  })

  it('with anything in place of any of its fields is 2xx, and no order becomes what it is not', async () => {
    const paths = fc.constantFrom(...FIELDS)
    const junk = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('cs_x', 'pi_x', 'ord_x'))
    await fc.assert(
      fc.asyncProperty(paths, junk, async (path, value) => {
        const mutated = JSON.stringify(replaced(path, value))
        expect((await deliver(center.system, mutated)).status).toBe(200)
      }),
      { numRuns: 150 },
    )
    const { orm } = center.system.deps.db
    const states = await orm.select({ state: orders.state, total: orders.total }).from(orders)
    expect(states).toEqual([{ state: 'fulfilled', total: 37_500 }])
  })

  function replaced(path: string, value: unknown): object {
    const copy = { ...event, id: `evt_${Math.random()}` }
    if (!path.startsWith('object.')) return { ...copy, [path]: value }
    const { data } = JSON.parse(body)
    const object = { ...data.object, [path.slice('object.'.length)]: value }
    return { ...copy, data: { object } }
  }
})

// Last, because the server hangs up on whoever sends so much.
it('N02: a webhook of more than a megabyte is 413', async () => {
  const large = ' '.repeat(1024 * 1024 + 1)
  const answer = await post(center.system, large, signed(center.system, large))
  expect(answer.status).toBe(413)
})
