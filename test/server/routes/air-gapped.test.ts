/** A host that has no network is activated, and gives its unit back, by copy and paste alone (S34). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ActivatedByCode, Installation } from '../../../server/contract/installations.ts'
import { Problem } from '../../../server/contract/shared.ts'
import { deactivationCode } from '../../../server/domain/offline-codes.ts'
import { airGappedHost, type AirGappedHost } from '../../support/air-gapped-host.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { startVault, type Bought, type Vault } from '../../support/vault.ts'

let center: Vault
let keys: JsonWebKey[]
beforeAll(async () => {
  center = await startVault()
  const published = await fetch(`${center.system.origin}/.well-known/license-jwks.json`)
  keys = ((await published.json()) as { keys: JsonWebKey[] }).keys
})
afterAll(async () => {
  await expectInvariants(center.system)
  await center.remove()
})

const hostNamed = (fingerprint: string): AirGappedHost => airGappedHost('vault', fingerprint, keys)

async function exchanged({ owner, id }: Bought, code: string, name?: string) {
  const body = { registration_code: code, ...(name === undefined ? {} : { name }) }
  const answer = await owner.send(`licenses/${id}/activation-code`, { body })
  expect(answer.status).toBe(200)
  return ActivatedByCode.parse(await answer.json())
}
async function refusal({ owner, id }: Bought, path: string, body: object) {
  return Problem.parse(await (await owner.send(`licenses/${id}/${path}`, { body })).json())
}
async function released({ owner, id }: Bought, body: object) {
  const answer = await owner.send(`licenses/${id}/release`, { body })
  expect(answer.status).toBe(200)
  return Installation.parse(await answer.json())
}
/** As a person copies it: in small letters, without the hyphens, with letters for digits. */
const byHand = (code: string) => code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o')

describe('a host without a network', () => {
  it('is activated by two codes, and takes a unit as other installations do', async () => {
    const license = await center.bought('seats', 2)
    const host = hostNamed('db-01')
    const done = await exchanged(license, byHand(await host.register()), 'Database')
    const terms = host.activate(byHand(done.activation_code))
    expect(terms).toMatchObject({ plan: 'seats', total: 2 })
    expect(terms.expiresAt).toBe(Date.parse(done.expires_at) / 1000)
    expect(terms.graceUntil).toBe(terms.expiresAt + 7 * 86_400)
    expect(done.activation).toMatchObject({ name: 'Database', offline: true, state: 'active' })
    const check = await license.ask('activate', { fingerprint: 'db-02' })
    expect(check.license?.in_use).toBe(2)
    const host3 = hostNamed('db-03')
    const body = { registration_code: await host3.register() }
    expect((await refusal(license, 'activation-code', body)).code).toBe('license.limit_reached')
  })

  it('is the same activation with the same code, with a new one, and when it is online one day (C07)', async () => {
    const license = await center.bought('seats', 1)
    const host = hostNamed('db-01')
    const code = await host.register()
    const first = await exchanged(license, code)
    const again = await exchanged(license, code)
    expect(again.activation.id).toBe(first.activation.id)
    expect(host.activate(again.activation_code)).toEqual(host.activate(first.activation_code))
    const anew = await exchanged(license, await host.register())
    expect(anew.activation.id).toBe(first.activation.id)
    expect(() => host.activate(first.activation_code)).toThrow('not for this host')
    host.activate(anew.activation_code)
    const online = await license.ask('validate', { fingerprint: 'db-01' })
    expect(online).toMatchObject({ code: 'VALID', activation: { id: first.activation.id } })
    const called = await license.ask('activate', { fingerprint: 'db-01' })
    expect(called).toMatchObject({ license: { in_use: 1 } })
    const log = await license.owner.send(`allocations?license=${license.id}&kind=key`)
    const { data } = (await log.json()) as { data: { event: string; by: string }[] }
    expect(data.map(({ event, by }) => `${event} ${by}`)).toEqual([
      'activation_code_issued customer',
      'key_revealed customer',
    ])
  })

  it('keeps its unit whatever somebody says who knows the key and its name, until it proves that it forgot', async () => {
    const license = await center.bought('seats', 1)
    const host = hostNamed('db-01')
    await exchanged(license, await host.register())
    const asked = { fingerprint: 'db-01' }
    const guess = deactivationCode('a'.repeat(20), 'b'.repeat(20))
    for (const code of [undefined, guess]) {
      const more = code === undefined ? {} : { deactivation_code: code }
      const { status, errors } = await license.problem('deactivate', { ...asked, ...more })
      expect([status, errors?.[0]?.pointer]).toEqual([422, '/deactivation_code'])
    }
    expect((await license.ask('validate', asked)).license?.in_use).toBe(1)
    const proof = { ...asked, deactivation_code: await host.deactivate() }
    for (const _ of ['once', 'again']) {
      const gone = await license.ask('deactivate', proof)
      expect(gone).toMatchObject({ code: 'NOT_ACTIVATED', license: { in_use: 0 } })
    }
  })

  it('takes a code for no other host, product or registration, nor one with a character changed', async () => {
    const license = await center.bought('seats', 2)
    const host = hostNamed('db-01')
    const { activation_code } = await exchanged(license, await host.register())
    const other = hostNamed('db-02')
    await other.register()
    expect(() => other.activate(activation_code)).toThrow('not for this host')
    const elsewhere = airGappedHost('other', 'db-01', keys)
    await elsewhere.register()
    expect(() => elsewhere.activate(activation_code)).toThrow('not for this host')
    const changed = activation_code.replace(/.$/, (last) => (last === '7' ? '8' : '7'))
    expect(() => host.activate(changed)).toThrow('line 6')
    expect(host.activate(activation_code)).toBeDefined()
  })

  it('gives its unit back only with proof that it forgot its activation', async () => {
    const license = await center.bought('seats', 1)
    const host = hostNamed('db-01')
    const { activation, activation_code } = await exchanged(license, await host.register())
    const named = { activation_id: activation.id }
    expect((await refusal(license, 'release', named)).errors).toMatchObject([
      { pointer: '/deactivation_code' },
    ])
    const guessed = deactivationCode(activation.fingerprint.slice(4), '0'.repeat(20))
    const body = { ...named, deactivation_code: guessed }
    expect((await refusal(license, 'release', body)).errors).toMatchObject([
      { pointer: '/deactivation_code' },
    ])
    const proof = await host.deactivate()
    const gone = await released(license, { deactivation_code: byHand(proof) })
    expect(gone).toMatchObject({ id: activation.id, state: 'deactivated' })
    expect(await released(license, { ...named, deactivation_code: proof })).toEqual(gone)
    await host.register()
    expect(() => host.activate(activation_code)).toThrow('not for this host')
    expect((await license.ask('validate')).license?.in_use).toBe(0)
  })

  it('keeps a floating unit without a heartbeat', async () => {
    const license = await center.bought('floating', 1)
    const host = hostNamed('db-01')
    const { activation } = await exchanged(license, await host.register())
    await center.system.advance('PT4H')
    const late = await license.ask('activate', { fingerprint: 'db-02' })
    expect(late.code).toBe('LIMIT_REACHED')
    const listed = await (await license.owner.send(`licenses/${license.id}/activations`)).json()
    expect(listed).toMatchObject({ data: [{ id: activation.id, state: 'active' }], count: 1 })
  })

  it('is told what is wrong with a code, by its line or by what it is', async () => {
    const license = await center.bought('seats', 1)
    const host = hostNamed('db-01')
    const code = await host.register()
    const mistyped = code.replace(/^.(.*)$/m, (_, rest) =>
      code.startsWith('1') ? `2${rest}` : `1${rest}`,
    )
    const asked = async (text: string) =>
      (await refusal(license, 'activation-code', { registration_code: text })).errors?.[0]
    expect(await asked(mistyped)).toEqual({
      pointer: '/registration_code',
      detail: 'Look again at line 1.',
    })
    expect((await asked(await host.deactivate()))?.detail).toBe('This is a deactivation code.')
    expect((await asked('hello'))?.pointer).toBe('/registration_code')
  })

  it('is not activated while the license is suspended or under review, nor for a one-time license', async () => {
    const license = await center.bought('seats', 1)
    const body = { registration_code: await hostNamed('db-01').register() }
    await center.decided(license.id, 'suspend')
    expect(await refusal(license, 'activation-code', body)).toMatchObject({
      code: 'license.not_valid',
      validation_code: 'SUSPENDED',
    })
    const moves = await center.bought('moves', 1)
    expect((await refusal(moves, 'activation-code', body)).code).toBe('license.not_valid')
  })
})

describe('the installations of a license', () => {
  it('are listed page by page: those with a unit first, then by their last sign of life', async () => {
    const license = await center.bought('seats', 3)
    for (const host of ['a', 'b', 'c']) {
      await license.ask('activate', { fingerprint: host, name: `Host ${host}` })
      await center.system.advance('PT1M')
    }
    await license.ask('deactivate', { fingerprint: 'c' })
    const path = `licenses/${license.id}/activations`
    const pages: string[][] = []
    let cursor: string | null = null
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`
      const answer = await license.owner.send(`${path}?limit=1${query}`)
      const page = (await answer.json()) as { data: Installation[]; next_cursor: string | null }
      pages.push(page.data.map(({ fingerprint, state }) => `${fingerprint} ${state}`))
      cursor = page.next_cursor
    } while (cursor !== null)
    expect(pages).toEqual([['b active'], ['a active'], ['c deactivated']])
    const ended = await license.owner.send(`${path}?state=ended`)
    expect(await ended.json()).toMatchObject({ count: 1, data: [{ name: 'Host c' }] })
  })

  it('are released by their customer, and by nobody else (T01)', async () => {
    const license = await center.bought('seats', 1)
    const { activation } = await license.ask('activate', { fingerprint: 'a' })
    const body = { activation_id: activation?.id }
    const stranger = await center.bought('seats', 1)
    const path = `licenses/${license.id}/release`
    expect((await stranger.owner.send(path, { body })).status).toBe(404)
    expect((await refusal(stranger, 'release', body)).code).toBe('activation.not_found')
    expect(await released(license, body)).toMatchObject({ state: 'deactivated' })
    expect(await released(license, body)).toMatchObject({ state: 'deactivated' })
    expect((await license.ask('validate')).license?.in_use).toBe(0)
  })
})
