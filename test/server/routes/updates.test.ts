/** Releases are published by a host, and offered to whom the license lets have them (S83, S84, R20). */
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import type { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Update } from '../../../server/contract/releases.ts'
import { hostOf, type HostBackend } from '../../support/host.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { startVault, type Bought, type Vault } from '../../support/vault.ts'

const SHA = 'ab'.repeat(32)
const artifact = (version: string) => ({
  name: `vault-${version}.deb`,
  url: `https://downloads.example.com/vault-${version}.deb`,
  size: 1234,
  sha256: SHA,
})

let center: Vault
let host: HostBackend
beforeAll(async () => {
  center = await startVault()
  host = await hostOf(center, 'vault')
  for (const version of ['1.0.0', '1.1.0']) await host.ask('releases', published(version))
})
afterAll(async () => {
  await expectInvariants(center.system)
  await center.remove()
})

/** No job has anything to do with it. */
function later(duration: Temporal.DurationLike): void {
  const { clock } = center.system
  clock.moveTo(clock.now().add(duration))
}

function published(version: string, more: object = {}) {
  return { version, artifacts: [artifact(version)], reason: 'A release.', ...more }
}

async function check(product: { key: string }, version: string, more: object = {}) {
  const response = await fetch(`${center.system.origin}/v1/updates/check`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key: product.key, product: 'vault', version, ...more }),
  })
  return Update.parse(await response.json())
}

describe('an update check', () => {
  let product: Bought
  beforeAll(async () => {
    product = await center.bought('seats', 1)
  })

  it('offers the newest version with a manifest that the published keys verify', async () => {
    const answer = await check(product, '1.0.0', { nonce: 'n-1' })
    expect(answer).toMatchObject({
      answer: 'eligible',
      code: 'VALID',
      reason: 'Version 1.1.0 is available.',
      release: { version: '1.1.0', artifacts: [artifact('1.1.0')] },
      nonce: 'n-1',
    })
    const jwks = await fetch(`${center.system.origin}/.well-known/license-jwks.json`)
    const keys = createLocalJWKSet((await jwks.json()) as JSONWebKeySet)
    const { payload } = await jwtVerify(answer.manifest ?? '', keys, {
      typ: 'release+jwt',
      audience: 'vault',
      issuer: center.system.origin,
    })
    expect(payload).toMatchObject({ version: '1.1.0', artifacts: [artifact('1.1.0')] })
    expect(await check(product, '1.1.0')).toMatchObject({ answer: 'up_to_date', release: null })
  })

  it('says nothing to keys that are none, of another product, or of another installation (T05)', async () => {
    const stranger = { key: 'VAULT-0000-0000-0000' }
    expect(await check(stranger, '1.0.0')).toMatchObject({
      answer: 'not_entitled',
      code: 'NOT_FOUND',
      release: null,
      last_eligible: null,
    })
    const elsewhere = await check(product, '1.0.0', { product: 'other' })
    expect(elsewhere).toMatchObject({ code: 'WRONG_PRODUCT', release: null, latest: null })
    const copied = await check(product, '1.0.0', { fingerprint: 'host-z' })
    expect(copied).toMatchObject({ answer: 'not_entitled', code: 'NOT_ACTIVATED' })
  })

  it('offers to an expired license what came before its end, and says what a renewal costs', async () => {
    later({ hours: 32 * 24 })
    await host.ask('releases', published('2.0.0'))
    later({ hours: 8 * 24 })
    const answer = await check(product, '1.0.0')
    expect(answer).toMatchObject({
      answer: 'newest_eligible',
      code: 'EXPIRED',
      release: { version: '1.1.0' },
      latest: '2.0.0',
      last_eligible: '1.1.0',
      renewal: { amount: 1900, currency: 'USD' },
    })
    expect(answer.reason).toMatch(/still covers version 1\.1\.0; version 2\.0\.0 .* \$19\.00/)
    expect((await check(product, '1.1.0')).reason).toContain(
      'newest version that it covers (1.1.0)',
    )
  })

  it('says to a license that can no longer be renewed what a new one costs', async () => {
    later({ hours: 60 * 24 })
    const answer = await check(product, '1.1.0')
    expect(answer).toMatchObject({
      answer: 'newest_eligible',
      code: 'EXPIRED',
      release: null,
      renewal: null,
      purchase: { amount: 1900, currency: 'USD' },
    })
    expect(answer.reason).toContain('this one can no longer be renewed, a new one costs $19.00')
  })
})

describe('releases', () => {
  it('are published once: the same again changes nothing, other content is refused', async () => {
    const first = await host.ask('releases', published('3.0.0'))
    expect(await host.ask('releases', published('3.0.0'))).toEqual(first)
    const changed = published('3.0.0', { artifacts: [] })
    expect(await host.problem('releases', changed)).toMatchObject({ code: 'release.exists' })
    const { data } = (await host.ask('releases')) as { data: { version: string }[] }
    expect(data.filter(({ version }) => version === '3.0.0')).toHaveLength(1)
  })

  it('are offered to more and more, and withdrawn with a reason for those who have them', async () => {
    const product = await center.bought('seats', 1)
    await host.ask('releases', published('3.1.0', { rollout_percent: 0 }))
    expect((await check(product, '3.0.0')).answer).toBe('up_to_date')
    await host.ask('releases/3.1.0/rollout', { rollout_percent: 100, reason: 'It is fine.' })
    expect((await check(product, '3.0.0')).release?.version).toBe('3.1.0')
    await host.ask('releases/3.1.0/yank', { reason: 'It loses data.' })
    await host.ask('releases/3.1.0/yank', { reason: 'Said twice.' })
    expect((await check(product, '3.0.0')).answer).toBe('up_to_date')
    expect((await check(product, '3.1.0')).yanked).toBe('It loses data.')
  })

  it('have a version, digests and https addresses, each fault by its name', async () => {
    const wrong = published('2.0', {
      artifacts: [{ ...artifact('2'), url: 'http://x.test', sha256: 'x' }],
    })
    const problem = await host.problem('releases', wrong)
    expect(problem.errors?.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/artifacts/0/sha256',
      '/artifacts/0/url',
      '/version',
    ])
    expect(await host.problem('releases/9.9.9/yank', { reason: 'x' })).toMatchObject({
      status: 404,
    })
  })

  it('of another product are out of reach', async () => {
    const other = await hostOf(center, 'other')
    const yank = await other.problem('releases/1.0.0/yank', { reason: 'Not mine.' })
    expect(yank).toMatchObject({ status: 404, code: 'release.not_found' })
    expect(await other.ask('releases')).toEqual({ data: [] })
  })
})
