/** What is carried to a host without a network (S69, R19, C14). */
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose'
import { asc } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { journal } from '../../../server/db/schema.ts'
import { useVault } from '../../support/use-center.ts'
import { type Bought } from '../../support/vault.ts'

const center = useVault()

/** As a host does that has the published keys and nothing else. */
async function opened(file: string | null): Promise<JWTPayload> {
  const published = await fetch(`${center.system.origin}/.well-known/license-jwks.json`)
  const keys = createLocalJWKSet((await published.json()) as JSONWebKeySet)
  const { payload } = await jwtVerify(file ?? '', keys, {
    issuer: center.system.origin,
    audience: 'vault',
    typ: 'license+jwt',
    currentDate: new Date(center.system.deps.now().epochMilliseconds),
  })
  return payload
}

const download = ({ owner, id }: Bought, query = '') => owner.send(`licenses/${id}/file${query}`)
const secondsOf = (instant: string | undefined) => Date.parse(instant ?? '') / 1000
const GRACE_SECONDS = 7 * 86_400

describe('a license file', () => {
  it('lasts to the second as long as the license and its grace, and is checked at the expiry (R19)', async () => {
    const product = await center.bought('seats', 1)
    const { activation, license } = await product.ask('activate', { fingerprint: 'host-a' })
    const { token, grace_until, check_after } = await product.ask('file', { fingerprint: 'host-a' })
    const file = await opened(token)
    expect(file).toMatchObject({
      use: 'file',
      sub: product.id,
      fingerprint: 'host-a',
      activation: activation?.id,
      expires_at: license?.expires_at,
      check_after: license?.expires_at,
      seq: license?.seq,
    })
    expect(file.exp).toBe(secondsOf(license?.expires_at) + GRACE_SECONDS)
    expect([grace_until, check_after]).toEqual([file['grace_until'], file['check_after']])
    expect(await opened((await product.ask('validate', { fingerprint: 'host-a' })).token)).toEqual(
      expect.objectContaining({ use: 'token' }),
    )
  })

  it('ends earlier where the plan says so', async () => {
    const product = await center.bought('floating', 1)
    await product.ask('activate', { fingerprint: 'host-a' })
    const file = await opened((await product.ask('file', { fingerprint: 'host-a' })).token)
    expect((file.exp ?? 0) - (file.iat ?? 0)).toBe(5 * 86_400)
    expect(secondsOf(String(file['check_after']))).toBeLessThanOrEqual(file.exp ?? 0)
  })

  it('never outlives the grace, however many days the plan allows files (R19)', async () => {
    const product = await center.bought('floating', 1)
    const { license } = await product.ask('activate', { fingerprint: 'host-a' })
    const stopsAt = secondsOf(license?.expires_at) + GRACE_SECONDS
    const { clock } = center.system
    const fileAt = async (at: number) => {
      clock.moveTo(Temporal.Instant.fromEpochMilliseconds(at * 1000))
      await product.ask('heartbeat', { fingerprint: 'host-a' })
      return opened((await product.ask('file', { fingerprint: 'host-a' })).token)
    }
    const day = 86_400
    expect((await fileAt(stopsAt - 5 * day)).exp).toBe(stopsAt)
    const late = await fileAt(stopsAt - day)
    expect(late.exp).toBe(stopsAt)
    expect([late['grace_until'], late['check_after']].map((at) => secondsOf(String(at)))).toEqual([
      stopsAt,
      stopsAt,
    ])
    expect((await fileAt(stopsAt - 1)).exp).toBe(stopsAt)
  })

  it('keeps the floating unit of its host, which does not call, for as long as it lasts', async () => {
    const product = await center.bought('floating', 1)
    const { clock } = center.system
    await product.ask('activate', { fingerprint: 'host-a' })
    const file = await opened((await product.ask('file', { fingerprint: 'host-a' })).token)
    const endsAt = Temporal.Instant.fromEpochMilliseconds((file.exp ?? 0) * 1000)
    clock.moveTo(endsAt.subtract({ seconds: 1 }))
    expect((await product.ask('validate', { fingerprint: 'host-a' })).code).toBe('VALID')
    expect((await product.ask('activate', { fingerprint: 'host-b' })).code).toBe('LIMIT_REACHED')
    clock.moveTo(endsAt)
    expect((await product.ask('activate', { fingerprint: 'host-b' })).code).toBe('VALID')
  })

  it('rises in sequence with every change of the license, so that an older one is told (C14)', async () => {
    const product = await center.bought('seats', 2)
    await product.ask('activate', { fingerprint: 'host-a' })
    const older = await opened((await product.ask('file', { fingerprint: 'host-a' })).token)
    const same = await opened((await product.ask('file', { fingerprint: 'host-a' })).token)
    expect(same['seq']).toBe(older['seq'])
    await product.ask('activate', { fingerprint: 'host-b' })
    const newer = await opened((await product.ask('file', { fingerprint: 'host-a' })).token)
    expect(Number(newer['seq'])).toBeGreaterThan(Number(older['seq']))
  })

  it('is only for an installation that is activated, of a license that is valid', async () => {
    const product = await center.bought('seats', 1)
    const early = await product.ask('file', { fingerprint: 'host-a' })
    expect(early).toMatchObject({ code: 'NOT_ACTIVATED', token: null })
    expect((await product.problem('file')).errors).toMatchObject([{ pointer: '/fingerprint' }])
    await product.ask('activate', { fingerprint: 'host-a' })
    const copied = await product.ask('file', { fingerprint: 'host-b' })
    expect(copied).toMatchObject({ code: 'FINGERPRINT_MISMATCH', token: null })
    const elsewhere = await product.ask('file', { fingerprint: 'host-a', product: 'other' })
    expect(elsewhere).toMatchObject({ code: 'WRONG_PRODUCT', token: null })
    await center.decided(product.id, 'suspend')
    const stopped = await product.ask('file', { fingerprint: 'host-a' })
    expect(stopped).toMatchObject({ code: 'SUSPENDED', token: null })
    const moves = await center.bought('moves', 1)
    expect((await moves.problem('file', { fingerprint: 'host-a' })).errors).toMatchObject([
      { pointer: '/key' },
    ])
  })

  it('is downloaded in the console for one installation, which has to be named where there are two', async () => {
    const product = await center.bought('seats', 2)
    expect(await (await download(product)).json()).toMatchObject({ code: 'activation.needed' })
    const { activation } = await product.ask('activate', { fingerprint: 'host-a' })
    const answer = await download(product)
    expect(answer.headers.get('Content-Type')).toBe('application/jwt')
    expect(answer.headers.get('Content-Disposition')).toContain(`${product.id}.license.jwt`)
    expect(await opened(await answer.text())).toMatchObject({ use: 'file', fingerprint: 'host-a' })
    await product.ask('activate', { fingerprint: 'host-b' })
    expect((await download(product)).status).toBe(409)
    const named = await download(product, `?activation=${activation?.id}`)
    expect(await opened(await named.text())).toMatchObject({ fingerprint: 'host-a' })
    await center.decided(product.id, 'revoke')
    expect(await (await download(product, `?activation=${activation?.id}`)).json()).toMatchObject({
      status: 409,
      code: 'license.not_valid',
      validation_code: 'REVOKED',
    })
  })

  it('is not given out for an installation of another license (T01)', async () => {
    const [mine, theirs] = [await center.bought('seats', 1), await center.bought('seats', 1)]
    const { activation } = await theirs.ask('activate', { fingerprint: 'host-a' })
    await mine.ask('activate', { fingerprint: 'host-b' })
    const answer = await download(mine, `?activation=${activation?.id}`)
    expect(await answer.json()).toMatchObject({ code: 'activation.needed' })
  })

  it('leaves in the journal who took it (S33)', async () => {
    const product = await center.bought('seats', 1)
    const { activation } = await product.ask('activate', { fingerprint: 'host-a' })
    await product.ask('file', { fingerprint: 'host-a' })
    await download(product)
    const { orm } = center.system.deps.db
    const entries = (await orm.select().from(journal).orderBy(asc(journal.position))).filter(
      ({ stream, type }) =>
        stream === `activation:${activation?.id}` && type === 'activation.file_issued',
    )
    expect(entries.map(({ actor }) => actor.split(':')[0])).toEqual(['installation', 'customer'])
  })
})
