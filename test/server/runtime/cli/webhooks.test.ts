/** What an operator does for the backend of a host (S54), with what it hears then. */
import { asc } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { journal } from '../../../../server/db/schema.ts'
import type { WebhookPort } from '../../../../server/domain/webhook.ts'
import { deliverWebhooks } from '../../../../server/jobs/deliver-webhooks.ts'
import type { CommandLine } from '../../../support/command-line.ts'
import { BECAUSE, operatorLine } from '../../../support/operator-line.ts'
import { startTestSystem, type TestSystem } from '../../../support/system.ts'

let center: TestSystem
let line: CommandLine
beforeAll(async () => {
  center = await startTestSystem()
})
beforeEach(async () => {
  line = await operatorLine(center)
})
afterAll(() => center.remove())

type Shown = { readonly id: string; readonly state: string; readonly secret: string }

async function webhooks(verb: string, ...words: readonly string[]) {
  const isReading = verb === 'list' || verb === 'deliveries'
  const because = isReading ? [] : BECAUSE
  const ran = await line.run('webhooks', verb, 'recover', ...words, ...because, '--json')
  return { exit: ran.exit, shown: ran.json() as Shown & Record<string, unknown> }
}
const add = async (url: string) => (await webhooks('add', url, '--email', 'it@acme.example')).shown

interface Told {
  readonly id: string
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Every address has a receiver that answers so. @returns what each was told */
async function deliver(status = 204): Promise<ReadonlyMap<string, readonly Told[]>> {
  const told = new Map<string, Told[]>()
  const webhooks: WebhookPort = {
    post: async (url, headers, body) => {
      const { id, type } = JSON.parse(body) as Told
      told.set(url, [...(told.get(url) ?? []), { id, type, headers, body }])
      return { kind: 'answered', status, retryAfterSeconds: null }
    },
  }
  await deliverWebhooks({ ...center.system.deps, webhooks })
  return told
}
function later(seconds: number): void {
  const { clock } = center.system
  clock.moveTo(clock.now().add({ seconds }))
}

describe('webhooks', () => {
  it('adds an address, tests it, and tells an event again with its old id', async () => {
    const url = 'https://hooks.acme.com/tested'
    const endpoint = await add(url)
    expect(await add(url)).toEqual(endpoint)
    expect((await webhooks('test')).exit).toBe(0)
    const first = (await deliver()).get(url)
    expect(first).toMatchObject([{ type: 'webhook.tested' }])
    const { deliveries } = (await webhooks('deliveries', endpoint.id)).shown as unknown as {
      deliveries: { event: string; state: string }[]
    }
    expect(deliveries).toMatchObject([{ state: 'delivered', attempts: 1, outcome: '204' }])
    await webhooks('redeliver', endpoint.id, deliveries[0]?.event ?? '')
    const again = (await deliver()).get(url)
    expect(again).toMatchObject([{ id: first?.[0]?.id, body: first?.[0]?.body }])
  })

  it('takes a test that is repeated at once for the same test, and one a little later for another', async () => {
    later(60)
    const url = 'https://hooks.acme.com/repeated'
    await add(url)
    for (const seconds of [0, 0, 6]) {
      later(seconds)
      // Time stands still for one command line.
      const at = center.system.deps.now()
      line = await operatorLine(center, () => at)
      await webhooks('test')
    }
    expect((await deliver()).get(url)).toHaveLength(2)
  })

  it('makes a new secret, which signs beside the old one for a while (N16)', async () => {
    later(60)
    const url = 'https://hooks.acme.com/rotated'
    const { id, secret } = await add(url)
    const rotated = (await webhooks('rotate', id, '--overlap-hours', '1')).shown
    expect(rotated.secret).not.toBe(secret)
    await webhooks('test')
    const [message] = (await deliver()).get(url) ?? []
    const signatures = String(message?.headers['webhook-signature']).split(' ')
    expect(signatures).toHaveLength(2)
    const timestamp = Number(message?.headers['webhook-timestamp'])
    const signed = [rotated.secret, secret].map((one) =>
      new Webhook(one).sign(
        String(message?.headers['webhook-id']),
        new Date(timestamp * 1000),
        message?.body ?? '',
      ),
    )
    expect(signed).toEqual(signatures)
  })

  it('enables one that was gone, and deletes it; who did so and why is in the journal', async () => {
    later(60)
    const { id } = await add('https://hooks.acme.com/gone')
    await webhooks('test')
    await deliver(410)
    const stateOf = async () =>
      ((await webhooks('list')).shown['endpoints'] as Shown[]).find((one) => one.id === id)?.state
    expect(await stateOf()).toBe('disabled')
    expect((await webhooks('enable', id)).shown.state).toBe('enabled')
    expect((await webhooks('delete', id)).exit).toBe(0)
    expect(await stateOf()).toBeUndefined()
    const { orm } = center.system.deps.db
    const entries = await orm.select().from(journal).orderBy(asc(journal.position))
    const mine = entries.filter(({ stream }) => stream === `webhook_endpoint:${id}`)
    const byMia = mine.filter(({ actor }) => actor === 'operator:mia')
    expect(byMia.map(({ type }) => type.split('.')[1])).toEqual(['created', 'enabled', 'deleted'])
    expect(byMia.every(({ data }) => data['reason'] === 'A test of ours')).toBe(true)
    expect(JSON.stringify(mine)).not.toContain('whsec_')
  })

  it('refuses what it does not know, and what does not belong to the product (T01)', async () => {
    const { id } = await add('https://hooks.acme.com/refused')
    const codeOf = async (...words: Parameters<typeof webhooks>) =>
      ((await webhooks(...words)).shown['error'] as { code: string }).code
    expect(await codeOf('enable', 'whe_none')).toBe('webhook_endpoint.not_found')
    expect(await codeOf('redeliver', id, 'evt_999999')).toBe('webhook_delivery.not_found')
    expect(await codeOf('add', 'ftp://x.example.com', '--email', 'it@acme.example')).toBe(
      'request.invalid',
    )
    const elsewhere = ['webhooks', 'delete', 'shift', id, ...BECAUSE, '--json']
    expect((await line.run(...elsewhere)).json()).toMatchObject({
      error: { code: 'webhook_endpoint.not_found' },
    })
    expect((await webhooks('redeliver', id, '7')).exit).toBe(2)
    expect((await webhooks('rotate', id, '--overlap-hours', '169')).exit).toBe(2)
    expect((await line.run('webhooks', 'test', 'nothing', ...BECAUSE)).exit).toBe(2)
    expect((await line.run('webhooks', 'test', 'recover')).exit).toBe(2)
  })
})
