/** Outbound webhooks by Standard Webhooks (N12–N16, C17): verified by its own library, in order, and fair. */
import { eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import type { Temporal } from 'temporal-polyfill'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { mails } from '../../../server/db/schema.ts'
import type { Deps } from '../../../server/deps.ts'
import { isId } from '../../../server/domain/ids.ts'
import { deliverWebhooks } from '../../../server/jobs/deliver-webhooks.ts'
import { createWebhookSender } from '../../../server/runtime/webhook-sender.ts'
import { holdLicense } from '../../../server/usecases/hold-license.ts'
import { DR_MONTHLY } from '../../support/buyer.ts'
import { hostOf, type HostBackend } from '../../support/host.ts'
import { says, startReceiver, takes, type Received, type Receiver } from '../../support/receiver.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

interface Shown {
  readonly id: string
  readonly secret: string
}

let center: TestSystem
let deps: Deps
let host: HostBackend
let endpoints: string[] = []
beforeAll(async () => {
  center = await startTestSystem()
  // Two seconds are long for a machine that talks to itself; receivers that never end would cost 15.
  const webhooks = createWebhookSender({ allowsLoopback: true, maxMs: 2000 })
  deps = { ...center.system.deps, webhooks }
  host = await hostOf(center, 'recover')
})
afterAll(() => center.remove())
afterEach(async () => {
  for (const id of endpoints) await host.send(`webhook-endpoints/${id}`, { method: 'DELETE' })
  endpoints = []
})

async function endpointAt({ url }: Pick<Receiver, 'url'>): Promise<Shown> {
  const asked = { url, email: 'it@acme.example' }
  const shown = (await host.ask('webhook-endpoints', asked)) as unknown as Shown
  endpoints.push(shown.id)
  return shown
}

let customers = 0

/** A purchase of two licenses. @returns their ids */
async function bought(): Promise<readonly string[]> {
  const buyer = center.as('recover', `hooked-${++customers}`)
  const order = await buyer.buy(DR_MONTHLY)
  await center.pay(order)
  return (await buyer.follow(order.id, 10)).licenses
}

async function suspended(id: string): Promise<void> {
  if (!isId('lic', id)) throw new Error(id)
  const account = { actor: 'operator:mia', reason: 'A test.' }
  await holdLicense(deps, id, { hold: 'suspend', ...account })
}

function later(duration: Temporal.DurationLike): void {
  const { clock } = center.system
  clock.moveTo(clock.now().add(duration))
}

function verified(secret: string, { headers, body }: Received): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>)
}

/** An event for every endpoint of the product. */
async function tested(): Promise<void> {
  await host.send('webhook-endpoints/test', { method: 'POST' })
}

async function stateOf({ id }: Shown) {
  const { data } = (await host.ask('webhook-endpoints')) as {
    data: { id: string; state: string }[]
  }
  return data.find((endpoint) => endpoint.id === id)?.state
}

async function deliveriesTo({ id }: Shown) {
  const answer = await host.ask(`webhook-endpoints/${id}/deliveries`)
  return answer['data'] as { event: string; state: string; attempts: number; outcome: string }[]
}

describe('an endpoint', () => {
  it('is told what happens from now on, signed so that the reference library verifies it', async () => {
    await bought()
    const receiver = await startReceiver()
    const { secret } = await endpointAt(receiver)
    const licenses = await bought()
    await deliverWebhooks(deps)
    const told = receiver.received.map((message) => verified(secret, message))
    expect(told).toHaveLength(receiver.received.length)
    const issued = receiver.received.filter(({ type }) => type === 'license.issued')
    expect(issued.map(({ object }) => object).toSorted()).toEqual([...licenses].toSorted())
    const [first] = receiver.received
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ id: first?.headers['webhook-id'] })
    expect(() =>
      verified(secret, { ...issued[0], body: `${issued[0]?.body} ` } as Received),
    ).toThrow()
    await deliverWebhooks(deps)
    expect(receiver.received).toHaveLength(told.length)
  })

  it('is told nothing of another product, and is not there for it (T01)', async () => {
    const receiver = await startReceiver()
    const { id } = await endpointAt(receiver)
    const other = await hostOf(center, 'shift')
    expect(await other.problem(`webhook-endpoints/${id}/rotate-secret`, {})).toMatchObject({
      code: 'webhook_endpoint.not_found',
    })
    await other.send('webhook-endpoints/test', { method: 'POST' })
    await deliverWebhooks(deps)
    expect(receiver.received).toEqual([])
  })

  it('is verified by the old and by the new secret while they overlap, then by the new one (N16)', async () => {
    const receiver = await startReceiver()
    const { id, secret } = await endpointAt(receiver)
    const rotated = await host.ask(`webhook-endpoints/${id}/rotate-secret`, { overlap_hours: 1 })
    const fresh = String(rotated['secret'])
    await tested()
    await deliverWebhooks(deps)
    const [both] = receiver.received
    expect(both && [verified(secret, both), verified(fresh, both)]).toHaveLength(2)
    later({ hours: 2 })
    await tested()
    await deliverWebhooks(deps)
    const [, after] = receiver.received
    const signatures = String(after?.headers['webhook-signature']).split(' ')
    expect(signatures).toHaveLength(1)
    // More than five minutes from the receiver's own clock: a replay, for all that it knows.
    expect(() => after && verified(fresh, after)).toThrow('timestamp')
    expect(String(both?.headers['webhook-signature']).split(' ')).toHaveLength(2)
  })

  it('hears of each object in its order: what failed holds back what came after it, and nothing else', async () => {
    const receiver = await startReceiver()
    const endpoint = await endpointAt(receiver)
    const [held = ''] = await bought()
    await suspended(held)
    receiver.answer = (response, { object }) => {
      if (object === held) says(500)(response, receiver.received[0] as Received)
      else takes(response, receiver.received[0] as Received)
    }
    for (let run = 0; run < 6; run++) await deliverWebhooks(deps)
    const states = await deliveriesTo(endpoint)
    expect(states.filter(({ state }) => state === 'pending')).toHaveLength(2)
    const tried = receiver.received.filter(({ object }) => object === held)
    expect(tried).toHaveLength(1)
    receiver.answer = takes
    later({ seconds: 6 })
    await deliverWebhooks(deps)
    await deliverWebhooks(deps)
    const ids = receiver.received
      .filter(({ object }) => object === held)
      .map(({ headers }) => headers['webhook-id'])
    expect(ids).toEqual([ids[0], ids[0], ids[2]])
    expect(new Set(ids).size).toBe(2)
    expect((await deliveriesTo(endpoint)).every(({ state }) => state === 'delivered')).toBe(true)
  })

  it('is tried ten times in three days, then disabled with a mail, and told again once it is enabled', async () => {
    const receiver = await startReceiver(says(500))
    const endpoint = await endpointAt(receiver)
    await tested()
    for (let hour = 0; hour < 80; hour++) {
      await deliverWebhooks(deps)
      later({ hours: 1 })
    }
    expect(receiver.received.length).toBeGreaterThanOrEqual(8)
    expect(receiver.received.length).toBeLessThanOrEqual(10)
    expect(await stateOf(endpoint)).toBe('disabled')
    expect(await mailsAbout(endpoint)).toHaveLength(1)
    receiver.answer = takes
    await host.ask(`webhook-endpoints/${endpoint.id}/enable`, {})
    const [{ event = '' } = {}] = await deliveriesTo(endpoint)
    await host.send(`webhook-endpoints/${endpoint.id}/deliveries/${event}/redeliver`, {
      method: 'POST',
    })
    await deliverWebhooks(deps)
    expect(await deliveriesTo(endpoint)).toMatchObject([{ event, state: 'delivered', attempts: 1 }])
  })

  it('drops what waits when it is deleted (N14)', async () => {
    const receiver = await startReceiver(says(500))
    const { id } = await endpointAt(receiver)
    await tested()
    await deliverWebhooks(deps)
    expect((await host.send(`webhook-endpoints/${id}`, { method: 'DELETE' })).status).toBe(200)
    later({ minutes: 10 })
    await deliverWebhooks(deps)
    expect(receiver.received).toHaveLength(1)
  })
})

describe('a bad receiver', () => {
  const elsewhere: Received[] = []
  it.each([
    ['answers 500', says(500), '500'],
    ['redirects', says(302, { Location: 'http://localhost:1/private' }), '302'],
    ['never answers', () => {}, 'timeout'],
    ['says that it is gone', says(410), '410'],
    ['asks to wait', says(429, { 'Retry-After': '3600' }), '429'],
  ])(
    'that %s keeps nobody else waiting, and is said by its outcome',
    async (_, answer, outcome) => {
      const bad = await startReceiver(answer)
      const good = await startReceiver()
      const [failing, fine] = [await endpointAt(bad), await endpointAt(good)]
      await bought()
      await deliverWebhooks(deps)
      expect(bad.received).toHaveLength(1)
      expect((await deliveriesTo(fine)).every(({ state }) => state === 'delivered')).toBe(true)
      expect((await deliveriesTo(failing)).map((one) => one.outcome)).toContain(outcome)
      expect(await stateOf(failing)).toBe(outcome === '410' ? 'disabled' : 'enabled')
      expect(await mailsAbout(failing)).toHaveLength(outcome === '410' ? 1 : 0)
      expect(elsewhere).toEqual([])
    },
  )

  it('is cut off when its answer does not end, and what it says is never kept (N12, N13)', async () => {
    const endless = await startReceiver((response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write('secret '.repeat(1000)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    const endpoint = await endpointAt(endless)
    await tested()
    await deliverWebhooks(deps)
    const delivered = await deliveriesTo(endpoint)
    expect(delivered).toMatchObject([{ state: 'delivered', outcome: '200' }])
    expect(JSON.stringify(delivered)).not.toContain('secret')
  })
})

function mailsAbout({ id }: Shown) {
  return deps.db.orm
    .select()
    .from(mails)
    .where(eq(mails.kind, 'webhook.disabled'))
    .then((rows) => rows.filter(({ reference }) => reference.startsWith(id)))
}
