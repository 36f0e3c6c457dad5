/** `license-center/client` against the real center: units, keys that change, and what it takes for proof. */
import { exportJWK, generateKeyPair } from 'jose'
import type { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../server/app.ts'
import { LicenseProblem, type LicenseKey } from '../../../server/client/license-client.ts'
import type { LicenseSigner } from '../../../server/deps.ts'
import { hostOf } from '../../support/host.ts'
import { createMachine, type Machine } from '../../support/product.ts'
import { startVault, type Vault } from '../../support/vault.ts'

const DAY_MS = 86_400_000

let center: Vault
beforeAll(async () => {
  center = await startVault()
})
afterAll(() => center.remove())

/** No job has anything to do with it. */
function later(duration: Temporal.DurationLike): void {
  const { clock } = center.system
  clock.moveTo(clock.now().add(duration))
}

async function machineFor(plan: string, units: number, fingerprint: string | null = 'host-a') {
  const { key } = await center.bought(plan, units)
  return machineOf(key, fingerprint)
}

function machineOf(key: string, fingerprint: string | null): Machine {
  const now = () => center.system.deps.now().epochMilliseconds
  return createMachine({ center: center.system.origin, product: 'vault', key, fingerprint, now })
}

describe('an installed product', () => {
  it('takes a unit, keeps it over a restart, and gives it back', async () => {
    const machine = await machineFor('seats', 1)
    expect((await machine.start().validate()).code).toBe('NOT_ACTIVATED')
    const first = await machine.start().activate()
    expect(first).toMatchObject({
      valid: true,
      source: 'center',
      license: { plan: 'seats', total: 1, entitlements: ['export', 'sso'] },
    })
    expect((await machine.start().activate()).valid).toBe(true)
    expect((await machine.start().deactivate()).code).toBe('NOT_ACTIVATED')
    expect(await machine.start().validate()).toMatchObject({ valid: false, code: 'NOT_ACTIVATED' })
  })

  it('asks once when many ask at the same time', async () => {
    const machine = await machineFor('seats', 1)
    const product = machine.start()
    await product.activate()
    machine.asked.length = 0
    await Promise.all(Array.from({ length: 20 }, () => product.validate({ fresh: true })))
    expect(machine.asked).toEqual(['/v1/licenses/validate'])
  })

  it('runs from a file that was carried to it, and from no other machine’s (S69, T05)', async () => {
    const seats = await center.bought('seats', 2)
    await seats.ask('activate', { fingerprint: 'host-a' })
    const { token } = await seats.ask('file', { fingerprint: 'host-a' })
    const keys = center.system.deps.secrets.licenseSigner?.publicKeys ?? []
    const machine = machineOf(seats.key, 'host-a')
    machine.isOnline = false
    expect((await machine.start().useFile(token ?? '')).code).toBe('UNKNOWN_KEY')
    const product = machine.start({ keys })
    expect(await product.useFile(`${token}\n`)).toMatchObject({ valid: true, code: 'VALID' })
    machine.clockOffsetMs = 29 * DAY_MS
    expect(await machine.start({ keys }).validate()).toMatchObject({ valid: true, code: 'VALID' })
    const elsewhere = machineOf(seats.key, 'host-b')
    elsewhere.isOnline = false
    const copied = elsewhere.start({ keys })
    expect((await copied.useFile(token ?? '')).code).toBe('FINGERPRINT_MISMATCH')
    expect((await copied.validate()).code).toBe('UNREACHABLE')
  })

  it('knows which features are granted, with and without a network', async () => {
    const machine = await machineFor('seats', 1)
    const product = machine.start()
    await product.activate()
    expect((await product.validate({ entitlements: ['sso'] })).valid).toBe(true)
    machine.isOnline = false
    const audit = await product.validate({ entitlements: ['sso', 'audit'] })
    expect(audit).toMatchObject({ valid: false, code: 'ENTITLEMENT_MISSING' })
    expect((await product.validate()).valid).toBe(true)
  })

  it('keeps a floating unit by heartbeats', async () => {
    const product = (await machineFor('floating', 1)).start()
    await product.activate()
    later({ minutes: 50 })
    expect((await product.heartbeat()).code).toBe('VALID')
    later({ minutes: 50 })
    expect((await product.validate({ fresh: true })).code).toBe('VALID')
  })

  it('uses units of a one-time license up once each, and says which ones (S24, S30)', async () => {
    const machine = await machineFor('moves', 2, null)
    const product = machine.start()
    expect(await product.reserve('vm-1')).toMatchObject({ done: true })
    expect(await product.release('vm-1')).toMatchObject({ done: true })
    await expect(product.consume('vm-1')).rejects.toBeInstanceOf(LicenseProblem)
    expect(await product.consume('vm-2')).toMatchObject({ done: true, code: 'VALID' })
    machine.isOnline = false
    expect(await product.consume('vm-3')).toMatchObject({ done: false, code: 'UNREACHABLE' })
    machine.isOnline = true
    expect(await product.consume('vm-3')).toMatchObject({ done: true, code: 'CONSUMED' })
    expect(await product.consume('vm-3')).toMatchObject({ done: true, code: 'CONSUMED' })
    expect(await product.consume('vm-4')).toMatchObject({ done: false, code: 'CONSUMED' })
  })

  it('looks for updates, and goes on without an answer while the center is away (S83)', async () => {
    const host = await hostOf(center, 'vault')
    await host.ask('releases', { version: '2.0.0', reason: 'A release.' })
    const machine = await machineFor('seats', 1)
    const product = machine.start()
    await product.activate()
    expect(await product.checkForUpdate({ version: '1.9.0' })).toMatchObject({
      answer: 'eligible',
      reason: 'Version 2.0.0 is available.',
      release: { version: '2.0.0', artifacts: [] },
    })
    machine.isOnline = false
    expect(await product.checkForUpdate({ version: '1.9.0' })).toBeNull()
  })

  it('is told of another customer’s key nothing but that it is none', async () => {
    const machine = machineOf('VAULT-0000-0000-0000', 'host-a')
    expect(await machine.start().validate()).toMatchObject({ valid: false, code: 'NOT_FOUND' })
    machine.isOnline = false
    const fresh = machineOf('VAULT-1111-1111-1111', 'host-a')
    fresh.isOnline = false
    expect(await fresh.start().validate()).toMatchObject({ valid: false, code: 'UNREACHABLE' })
  })

  it('does not carry a license over to another key', async () => {
    const machine = await machineFor('seats', 1)
    await machine.start().activate()
    machine.isOnline = false
    const other = machine.start({ key: 'VAULT-0000-0000-0000' })
    expect(await other.validate()).toMatchObject({ valid: false, code: 'UNREACHABLE' })
  })
})

describe('the keys of the center', () => {
  it('change under a running product, and what a withdrawn one signed is refused', async () => {
    const machine = await machineFor('seats', 1)
    await machine.start().activate()
    const { token } = JSON.parse(machine.disk.text ?? '{}') as { token: string }
    const { licenseSigner } = center.system.deps.secrets
    const next = await signer('next')
    const both = { ...next, publicKeys: [...next.publicKeys, ...(licenseSigner?.publicKeys ?? [])] }
    machine.clockOffsetMs = 2 * DAY_MS
    signedBy(machine, both)
    expect(await machine.start().validate()).toMatchObject({ valid: true, source: 'center' })
    putBack(machine, token)
    machine.isOnline = false
    expect((await machine.start().validate()).code).toBe('OFFLINE')
    machine.isOnline = true
    signedBy(machine, next)
    expect(await machine.start().validate()).toMatchObject({ valid: true, source: 'center' })
    putBack(machine, token)
    machine.isOnline = false
    expect(await machine.start().validate()).toMatchObject({ valid: false, code: 'RETIRED_KEY' })
  })

  it('are not believed from anybody else once they are pinned', async () => {
    const machine = await machineFor('seats', 1)
    const keys: readonly LicenseKey[] = center.system.deps.secrets.licenseSigner?.publicKeys ?? []
    expect((await machine.start({ keys }).activate()).valid).toBe(true)
    signedBy(machine, await signer('impostor'))
    machine.clockOffsetMs = 2 * DAY_MS
    const state = await machine.start({ keys }).validate()
    expect(state).toMatchObject({ valid: true, code: 'OFFLINE', source: 'kept' })
    expect(machine.asked).toContain('/.well-known/license-jwks.json')
    const stranger = machineOf((await center.bought('seats', 1)).key, 'host-z')
    signedBy(stranger, await signer('impostor'))
    expect((await stranger.start({ keys }).activate()).valid).toBe(false)
  })

  it('may be missing: then the center is asked each time, and nobody runs without it', async () => {
    const machine = await machineFor('seats', 1)
    signedBy(machine, null)
    const product = machine.start()
    expect(await product.activate()).toMatchObject({ valid: true, graceUntil: null })
    expect((await product.validate()).valid).toBe(true)
    machine.isOnline = false
    expect(await machine.start().validate()).toMatchObject({ valid: false, code: 'UNREACHABLE' })
  })
})

async function signer(kid: string): Promise<LicenseSigner> {
  const { privateKey, publicKey } = await generateKeyPair('Ed25519', { extractable: true })
  const { x = '' } = await exportJWK(publicKey)
  const published = { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' } as const
  return { kid, privateKey, publicKeys: [published] }
}

/** The same center with another key to sign with. */
function signedBy(machine: Machine, licenseSigner: LicenseSigner | null): void {
  const { deps } = center.system
  const app = createApp({ ...deps, secrets: { ...deps.secrets, licenseSigner } })
  machine.answeredBy = async (url, init) => {
    const { signal: _, ...rest } = init
    return app.request(url, rest)
  }
}

/** An older token in place of the one that is kept; nothing else is changed. */
function putBack(machine: Machine, token: string): void {
  const kept = JSON.parse(machine.disk.text ?? '{}') as object
  machine.disk.text = JSON.stringify({ ...kept, token })
}
