/** What installed products and backends are told at the boundaries of time, and by a clock that jumps (C12, C13). */
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../server/app.ts'
import { HostEntitlements } from '../../../server/contract/host.ts'
import { Update } from '../../../server/contract/releases.ts'
import { deliverWebhooks } from '../../../server/jobs/deliver-webhooks.ts'
import { rotateKey } from '../../../server/usecases/change-key.ts'
import { hostOf, type HostBackend } from '../../support/host.ts'
import { createInstallation } from '../../support/installation.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { startReceiver } from '../../support/receiver.ts'
import { startVault, type Bought, type Vault } from '../../support/vault.ts'

let center: Vault
let host: HostBackend
beforeAll(async () => {
  center = await startVault()
  host = await hostOf(center, 'vault')
})
afterAll(async () => {
  await expectInvariants(center.system)
  await center.remove()
})

/** The same center by another clock, asked without a network. */
function centerAt(now: Temporal.Instant) {
  const deps = { ...center.system.deps, now: () => now }
  const app = createApp(deps)
  const { origin } = center.system
  const fetch = (request: Request) => app.fetch(request)
  return {
    deps,
    installation: ({ key }: Bought) => createInstallation({ origin, key, product: 'vault', fetch }),
    entitlementsOf: async ({ customer }: Bought) => {
      const headers = { Authorization: `Bearer ${host.key}` }
      const url = `${origin}/v1/host/entitlements?customer=${customer}`
      return HostEntitlements.parse(await (await app.request(url, { headers })).json())
    },
    updateOf: async ({ key }: Bought, version: string) => {
      const body = JSON.stringify({ key, product: 'vault', fingerprint: 'host-a', version })
      const headers = { 'Content-Type': 'application/json' }
      const init = { method: 'POST', headers, body }
      return Update.parse(await (await app.request(`${origin}/v1/updates/check`, init)).json())
    },
  }
}

describe('C12: to the millisecond', () => {
  const MS = { milliseconds: 1 }
  let product: Bought
  let endsAt: Temporal.Instant
  let stopsAt: Temporal.Instant
  beforeAll(async () => {
    product = await center.bought('seats', 1)
    const { license } = await product.ask('activate', { fingerprint: 'host-a' })
    endsAt = Temporal.Instant.from(license?.expires_at ?? '')
    stopsAt = endsAt.add({ hours: 7 * 24 })
    await host.ask('releases', { version: '1.0.0', artifacts: [], reason: 'A release.' })
    const released = endsAt.add({ hours: 1 }).toString()
    const next = { version: '1.1.0', artifacts: [], released_at: released, reason: 'A release.' }
    await host.ask('releases', next)
  })

  const boundaries = () => [
    { at: endsAt.subtract(MS), code: 'EXPIRING', status: 'active' },
    { at: endsAt, code: 'GRACE', status: 'grace' },
    { at: endsAt.add(MS), code: 'GRACE', status: 'grace' },
    { at: stopsAt.subtract(MS), code: 'GRACE', status: 'grace' },
    { at: stopsAt, code: 'EXPIRED', status: 'retained' },
    { at: stopsAt.add(MS), code: 'EXPIRED', status: 'retained' },
  ]

  it('a check, a file and an activation change where the license does', async () => {
    for (const { at, code, status } of boundaries()) {
      const installation = centerAt(at).installation(product)
      for (const verb of ['validate', 'file', 'activate', 'heartbeat'] as const) {
        const answer = await installation.ask(verb, { fingerprint: 'host-a' })
        const isValid = code !== 'EXPIRED'
        expect(answer, `${verb} at ${at}`).toMatchObject({
          code,
          valid: isValid,
          license: { status },
        })
        expect(answer.token !== null, `${verb} at ${at}`).toBe(isValid)
        const until = answer.grace_until === null ? null : Date.parse(answer.grace_until)
        if (until !== null) expect(until).toBeLessThanOrEqual(stopsAt.epochMilliseconds)
      }
    }
  })

  it('so do what the backend of the host is told, and which version there is', async () => {
    for (const { at, code, status } of boundaries()) {
      const there = centerAt(at)
      const { licenses, entitlements } = await there.entitlementsOf(product)
      const isValid = code !== 'EXPIRED'
      expect(licenses, String(at)).toMatchObject([{ status, valid: isValid }])
      expect(entitlements).toEqual(isValid ? ['export', 'sso'] : [])
      const isOut = Temporal.Instant.compare(at, endsAt.add({ hours: 1 })) >= 0
      const { answer, release } = await there.updateOf(product, '1.0.0')
      const expected = isOut ? (isValid ? 'eligible' : 'newest_eligible') : 'up_to_date'
      expect([answer, release?.version], String(at)).toEqual([
        expected,
        expected === 'eligible' ? '1.1.0' : undefined,
      ])
    }
  })
})

describe('C13: while the clock of the center jumps an hour ahead and back', () => {
  const JUMPS = [0, 60, -60, 0, 60] as const
  const jumped = (minutes: number) => centerAt(center.system.deps.now().add({ minutes }))

  it('an installation stays one activation with one unit, and a reference is counted once', async () => {
    const [seats, moves] = [await center.bought('seats', 2), await center.bought('moves', 2)]
    const { clock } = center.system
    clock.moveTo(clock.now().add({ hours: 2 }))
    const ids = new Set<string | undefined>()
    for (const minutes of JUMPS) {
      const there = jumped(minutes)
      const seat = await there.installation(seats).ask('activate', { fingerprint: 'host-a' })
      expect(seat).toMatchObject({ code: 'VALID', license: { in_use: 1 } })
      ids.add(seat.activation?.id)
      await there.installation(seats).ask('heartbeat', { fingerprint: 'host-a' })
      const move = await there.installation(moves).ask('consume', { reference: 'vm-1' })
      expect(move).toMatchObject({ valid: true, license: { in_use: 1 } })
    }
    expect(ids.size).toBe(1)
  })

  it('a key that is changed once is changed once', async () => {
    const { id, key } = await center.bought('seats', 1)
    const { catalogue, clock } = center.system
    clock.moveTo(clock.now().add({ hours: 2 }))
    const vault = catalogue.products.find((sold) => sold.id === 'vault')
    if (vault === undefined) throw new Error('nothing is sold')
    const command = { scope: null, licenseId: id, actor: 'operator:mia', reason: 'A test.' }
    const rotated = new Set<string>()
    for (const minutes of JUMPS) {
      const asked = { ...command, keyLast4: key.slice(-4), overlapHours: 0 }
      rotated.add((await rotateKey(jumped(minutes).deps, vault, asked)).key)
    }
    expect(rotated.size).toBe(1)
  })

  it('an endpoint hears of each event once, in its order', async () => {
    const receiver = await startReceiver()
    await host.ask('webhook-endpoints', { url: receiver.url, email: 'ops@host.example' })
    const product = await center.bought('seats', 1)
    await product.ask('activate', { fingerprint: 'host-a' })
    await product.ask('deactivate', { fingerprint: 'host-a' })
    for (const minutes of [60, -60, 0, 60, 60, 60, 60]) await deliverWebhooks(jumped(minutes).deps)
    const mine = receiver.received.filter(({ object }) => object === product.id)
    expect(mine.map(({ type }) => type)).toEqual([
      'license.issued',
      'license.activated',
      'license.deactivated',
    ])
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(new Set(ids).size).toBe(ids.length)
  })
})
