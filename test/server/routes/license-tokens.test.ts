/** What a product keeps for the time without a network (S67–S69, R19). */
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { useVault } from '../../support/use-center.ts'

const center = useVault()

describe('a license token', () => {
  it('is verified with the published keys alone, and is made anew only when it runs out (S69, R19)', async () => {
    const product = await center.bought('seats', 1)
    const { token, license, check_after, grace_until } = await product.ask('activate', {
      fingerprint: 'host-a',
    })
    const published = await fetch(`${center.system.origin}/.well-known/license-jwks.json`)
    const keys = createLocalJWKSet((await published.json()) as JSONWebKeySet)
    const { payload, protectedHeader } = await jwtVerify(token ?? '', keys, {
      issuer: center.system.origin,
      audience: 'vault',
      typ: 'license+jwt',
      currentDate: new Date(center.system.deps.now().epochMilliseconds),
    })
    expect(protectedHeader.alg).toBe('EdDSA')
    expect(payload).toMatchObject({ sub: product.id, fingerprint: 'host-a', check_after })
    expect(new Date((payload.exp ?? 0) * 1000).toISOString().replace('.000', '')).toBe(grace_until)
    const current_token = { seq: license?.seq ?? 0, expires_at: grace_until ?? '' }
    const asked = { fingerprint: 'host-a', current_token }
    expect((await product.ask('validate', asked)).token).toBeNull()
    const older = { ...current_token, seq: current_token.seq - 1 }
    expect((await product.ask('validate', { ...asked, current_token: older })).token).not.toBeNull()
  })

  it('never outlives the floating unit: it has ended when others may have that', async () => {
    const product = await center.bought('floating', 1)
    const { clock } = center.system
    const minutesFromNow = (instant: string | null) =>
      (Date.parse(instant ?? '') - clock.now().epochMilliseconds) / 60_000
    const activated = await product.ask('activate', { fingerprint: 'host-a' })
    expect(Math.round(minutesFromNow(activated.check_after))).toBe(60)
    expect(Math.round(minutesFromNow(activated.grace_until))).toBe(120)
    clock.moveTo(clock.now().add({ minutes: 10 }))
    // Too early a heartbeat is not stored: the unit counts from the one before.
    const early = await product.ask('heartbeat', { fingerprint: 'host-a' })
    expect(early.grace_until).toBe(activated.grace_until)
    clock.moveTo(clock.now().add({ minutes: 20 }))
    const kept = await product.ask('heartbeat', { fingerprint: 'host-a' })
    const endsAt = Temporal.Instant.from(kept.grace_until ?? '')
    clock.moveTo(endsAt.subtract({ seconds: 1 }))
    expect((await product.ask('activate', { fingerprint: 'host-b' })).code).toBe('LIMIT_REACHED')
    clock.moveTo(endsAt)
    expect((await product.ask('activate', { fingerprint: 'host-b' })).code).toBe('VALID')
  })

  it('never outlives the license and its grace, and an expired license has none (C12, S68)', async () => {
    const product = await center.bought('seats', 1)
    await product.ask('activate', { fingerprint: 'host-a' })
    const { license } = await product.ask('validate', { fingerprint: 'host-a' })
    const endsAt = license?.expires_at ?? ''
    // No job has anything to do with it.
    const { clock } = center.system
    clock.moveTo(clock.now().add({ hours: 31 * 24 }))
    const inGrace = await product.ask('validate', { fingerprint: 'host-a' })
    expect(inGrace).toMatchObject({ valid: true, code: 'GRACE', license: { renewable: true } })
    const stopsMs = Date.parse(endsAt) + 7 * 86_400_000
    expect(Date.parse(inGrace.grace_until ?? '')).toBeLessThanOrEqual(stopsMs)
    expect(Date.parse(inGrace.check_after ?? '')).toBeLessThanOrEqual(stopsMs)
    clock.moveTo(clock.now().add({ hours: 7 * 24 }))
    expect(await product.ask('validate', { fingerprint: 'host-a' })).toMatchObject({
      valid: false,
      code: 'EXPIRED',
      token: null,
      check_after: null,
      notice: 'Ask your account manager.',
    })
  })
})
