/** What the backend of a host reads: entitlements of a customer, and what happened, in order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HostEntitlements, HostEvents } from '../../../server/contract/host.ts'
import { revokeHostKey } from '../../../server/usecases/change-host-keys.ts'
import { openCommandLine } from '../../support/command-line.ts'
import { hostOf, type HostBackend } from '../../support/host.ts'
import { startVault, type Vault } from '../../support/vault.ts'

let center: Vault
let host: HostBackend
beforeAll(async () => {
  center = await startVault()
  host = await hostOf(center, 'vault')
})
afterAll(() => center.remove())

describe('entitlements', () => {
  it('tells all licenses of one customer in one call, and what they allow now', async () => {
    const seats = await center.bought('seats', 3)
    const subject = 'customer-1'
    const path = `entitlements?customer=${subject}`
    const answer = HostEntitlements.parse(await host.ask(path))
    expect(answer).toMatchObject({
      customer: subject,
      entitlements: ['export', 'sso'],
      licenses: [{ id: seats.id, status: 'active', valid: true, total: 3, in_use: 0 }],
    })
    await center.decided(seats.id, 'suspend')
    expect(await host.ask(path)).toMatchObject({
      entitlements: [],
      licenses: [{ status: 'suspended', valid: false }],
    })
  })

  it('knows no customer of another product, and answers as for one that does not exist (T01)', async () => {
    const other = await hostOf(center, 'other')
    const asked = await other.ask('entitlements?customer=customer-1')
    const nobody = await other.ask('entitlements?customer=nobody')
    expect({ ...asked, customer: '', now: '' }).toEqual({ ...nobody, customer: '', now: '' })
    expect((await host.problem('entitlements')).status).toBe(422)
  })
})

describe('events', () => {
  it('tells in order what happened after an event, once each, page by page', async () => {
    const start = HostEvents.parse(await host.ask('events?limit=200'))
    const seats = await center.bought('seats', 2)
    await seats.ask('activate', { fingerprint: 'host-a' })
    await center.decided(seats.id, 'revoke')
    const after = start.next
    const all = HostEvents.parse(await host.ask(`events?after=${after}`))
    const mine = all.data.filter(({ object }) => object.id === seats.id)
    expect(mine.map(({ type }) => type)).toEqual([
      'license.issued',
      'license.activated',
      'license.revoked',
    ])
    expect(mine.map(({ object }) => object.version)).toEqual([1, 3, 4])
    const pages = []
    for (let cursor = after; ;) {
      const page = HostEvents.parse(await host.ask(`events?after=${cursor}&limit=1`))
      pages.push(...page.data)
      cursor = page.next
      if (!page.has_more) break
    }
    expect(pages).toEqual(all.data)
    const idle = HostEvents.parse(await host.ask(`events?after=${all.next}`))
    expect(idle).toEqual({ data: [], next: all.next, has_more: false })
  })

  it('names no key, no person and no reason of an operator (T17)', async () => {
    const text = JSON.stringify(await host.ask('events?limit=200'))
    expect(text).not.toMatch(/last4|@|A test|reason|actor|operator/)
  })

  it('tells nothing of another product (T01)', async () => {
    const other = await hostOf(center, 'other')
    expect(await other.ask('events')).toEqual({ data: [], next: null, has_more: false })
  })
})

describe('an API key', () => {
  it.each([
    ['none', '', 'token.missing'],
    ['one that never was', `Bearer sk_${'a'.repeat(43)}`, 'token.invalid'],
    ['another scheme', `Basic sk_${'a'.repeat(43)}`, 'token.invalid'],
    ['a word', 'Bearer sk_', 'token.invalid'],
  ])('is needed: %s', async (_, authorization, code) => {
    const headers = { Authorization: authorization }
    const response = await fetch(`${center.system.origin}/v1/host/events`, { headers })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ code })
  })

  it('is shown once by the command line, works, and is refused once revoked (T06)', async () => {
    const { system, directory } = center
    const env = { DATABASE_URL: `file:${directory}/license-center.db` }
    const line = await openCommandLine(env, { now: system.clock.now })
    const refused = await line.run('product', 'api-keys', 'create', 'nothing', 'x', '--reason', 'x')
    expect(refused.exit).not.toBe(0)
    const one = await hostOf(center, 'vault')
    expect((await one.send('events')).status).toBe(200)
    const stored = JSON.stringify(
      await system.deps.db.client.execute('SELECT * FROM host_api_keys'),
    )
    expect(stored).not.toContain(one.key)
    const name = /"(backend-\d+)"(?!.*backend)/s.exec(stored)?.[1] ?? ''
    const account = { actor: 'operator:mia', reason: 'It leaked.' }
    await revokeHostKey(system.deps, { product: 'vault', name, ...account })
    expect((await one.send('events')).status).toBe(401)
    expect((await host.send('events')).status).toBe(200)
  })
})
