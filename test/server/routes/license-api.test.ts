/** What installed products are told: R21 in its precedence, one unit for each installation. */
import { describe, expect, it } from 'vitest'
import { createInstallation } from '../../support/installation.ts'
import { useVault } from '../../support/use-center.ts'

const center = useVault()

describe('activate', () => {
  it('takes one unit per installation, and the same installation is the same activation (C07)', async () => {
    const product = await center.bought('seats', 2)
    const first = await product.ask('activate', { fingerprint: 'host-a', name: 'A' })
    expect(first).toMatchObject({ valid: true, code: 'VALID', license: { total: 2, in_use: 1 } })
    const again = await product.ask('activate', { fingerprint: 'host-a', name: 'A' })
    expect(again.activation?.id).toBe(first.activation?.id)
    expect(again.license?.in_use).toBe(1)
    expect(await product.ask('activate', { fingerprint: 'host-b' })).toMatchObject({
      code: 'VALID',
    })
    const third = await product.ask('activate', { fingerprint: 'host-c' })
    expect(third).toMatchObject({ valid: false, code: 'LIMIT_REACHED', license: { in_use: 2 } })
    expect(third.notice).toContain('2 of 2 units are in use')
  })

  it('lets exactly one of 50 at once have the only unit (C06)', async () => {
    const product = await center.bought('seats', 1)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => product.ask('activate', { fingerprint: `host-${n}` })),
    )
    const codes = answers.map(({ code }) => code)
    expect(codes.filter((code) => code === 'VALID')).toHaveLength(1)
    expect(codes.filter((code) => code === 'LIMIT_REACHED')).toHaveLength(49)
  })

  it('gives a unit back, to the same or to another installation', async () => {
    const product = await center.bought('seats', 1)
    const first = await product.ask('activate', { fingerprint: 'host-a' })
    const gone = await product.ask('deactivate', { fingerprint: 'host-a' })
    expect(gone).toMatchObject({ code: 'NOT_ACTIVATED', activation: { state: 'deactivated' } })
    expect((await product.ask('deactivate', { fingerprint: 'host-a' })).license?.in_use).toBe(0)
    expect((await product.ask('activate', { fingerprint: 'host-b' })).code).toBe('VALID')
    await product.ask('deactivate', { fingerprint: 'host-b' })
    const back = await product.ask('activate', { fingerprint: 'host-a' })
    expect(back).toMatchObject({ code: 'VALID', activation: { id: first.activation?.id } })
  })

  it('asks for a fingerprint, by name', async () => {
    const product = await center.bought('seats', 1)
    const problem = await product.problem('activate')
    expect(problem).toMatchObject({ status: 422, errors: [{ pointer: '/fingerprint' }] })
  })
})

describe('validate', () => {
  it('says which installation is not activated, and which is another one', async () => {
    const product = await center.bought('seats', 2)
    expect((await product.ask('validate', { fingerprint: 'host-a' })).code).toBe('NOT_ACTIVATED')
    await product.ask('activate', { fingerprint: 'host-a', name: 'A' })
    const moved = await product.ask('validate', { fingerprint: 'host-x', name: 'A' })
    expect(moved.code).toBe('FINGERPRINT_MISMATCH')
    const asked = { fingerprint: 'host-a', entitlements: ['sso', 'audit'] }
    expect((await product.ask('validate', asked)).code).toBe('ENTITLEMENT_MISSING')
    expect((await product.ask('validate', { ...asked, entitlements: ['sso'] })).code).toBe('VALID')
  })

  it('knows no key with a typing mistake, none that was never made, and none of another product (T05)', async () => {
    const { origin } = center.system
    const unknown = { origin, product: 'vault', key: 'RCV-007H-WB9W-9DD6-JY47-JTJV-9GYJ-W74G' }
    const answer = await createInstallation(unknown).ask('validate', { nonce: 'n-1' })
    expect(answer).toMatchObject({ valid: false, code: 'NOT_FOUND', license: null, nonce: 'n-1' })
    const mistyped = { ...unknown, key: unknown.key.replace('W74G', 'W74H') }
    expect((await createInstallation(mistyped).ask('validate')).code).toBe('NOT_FOUND')
    const product = await center.bought('seats', 1)
    const elsewhere = await product.ask('activate', { product: 'other', fingerprint: 'host-a' })
    expect(elsewhere).toMatchObject({ code: 'WRONG_PRODUCT', license: null, activation: null })
    expect((await product.ask('validate', { product: 'other' })).license).toBeNull()
    expect((await product.ask('validate')).license?.in_use).toBe(0)
  })

  it('answers what is decided about a license before anything else, in the order of R21', async () => {
    const product = await center.bought('seats', 1)
    await center.decided(product.id, 'suspend')
    expect((await product.ask('activate', { fingerprint: 'host-a' })).code).toBe('SUSPENDED')
    await center.decided(product.id, 'flag')
    expect((await product.ask('validate', { fingerprint: 'host-a' })).code).toBe('UNDER_REVIEW')
    await center.decided(product.id, 'clear')
    expect((await product.ask('validate')).code).toBe('SUSPENDED')
    await center.decided(product.id, 'reinstate')
    expect((await product.ask('validate')).code).toBe('VALID')
    await center.decided(product.id, 'revoke')
    expect(await product.ask('validate')).toMatchObject({ code: 'REVOKED', token: null })
  })
})
