/** Floating units live on heartbeats, one-time units are used up once each. */
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { journal } from '../../../server/db/schema.ts'
import { useVault } from '../../support/use-center.ts'

const center = useVault()

describe('floating units', () => {
  it('live on heartbeats: stale after one period, taken by others after two', async () => {
    const product = await center.bought('floating', 1)
    await product.ask('activate', { fingerprint: 'host-a' })
    await center.system.advance('PT50M')
    expect((await product.ask('heartbeat', { fingerprint: 'host-a' })).code).toBe('VALID')
    await center.system.advance('PT59M')
    expect((await product.ask('validate', { fingerprint: 'host-a' })).code).toBe('VALID')
    await center.system.advance('PT1M')
    expect((await product.ask('validate', { fingerprint: 'host-a' })).code).toBe('HEARTBEAT_DEAD')
    expect((await product.ask('activate', { fingerprint: 'host-b' })).code).toBe('LIMIT_REACHED')
    await center.system.advance('PT60M')
    expect(await product.ask('activate', { fingerprint: 'host-b' })).toMatchObject({
      code: 'VALID',
      license: { in_use: 1 },
    })
    expect((await product.ask('heartbeat', { fingerprint: 'host-a' })).code).toBe('HEARTBEAT_DEAD')
    expect((await product.ask('activate', { fingerprint: 'host-a' })).code).toBe('LIMIT_REACHED')
  })

  it('store a heartbeat when it says something new, not each time', async () => {
    const product = await center.bought('floating', 1)
    const { activation } = await product.ask('activate', { fingerprint: 'host-a' })
    await Promise.all([1, 2, 3].map(() => product.ask('heartbeat', { fingerprint: 'host-a' })))
    const { orm } = center.system.deps.db
    const stream = `activation:${activation?.id}`
    expect(await orm.select().from(journal).where(eq(journal.stream, stream))).toHaveLength(1)
  })
})

describe('one-time units', () => {
  it('are reserved, used up once each, and given back by the reference of the host (S24, S30)', async () => {
    const product = await center.bought('moves', 2)
    const reserved = await product.ask('activate', { reference: 'vm-1' })
    expect(reserved).toMatchObject({ code: 'VALID', license: { in_use: 1, one_time: true } })
    await product.ask('activate', { reference: 'vm-1' })
    expect((await product.ask('release', { reference: 'vm-1' })).license?.in_use).toBe(0)
    await Promise.all([1, 2, 3].map(() => product.ask('consume', { reference: 'vm-2' })))
    expect((await product.ask('validate')).license?.in_use).toBe(1)
    const used = await product.problem('release', { reference: 'vm-2' })
    expect(used).toMatchObject({ status: 409, code: 'license.transition_refused' })
    await product.ask('consume', { reference: 'vm-3' })
    expect((await product.ask('validate')).code).toBe('CONSUMED')
    const last = await product.ask('consume', { reference: 'vm-3' })
    expect(last).toMatchObject({ code: 'CONSUMED', unit: { reference: 'vm-3', state: 'consumed' } })
    const late = await product.ask('consume', { reference: 'vm-4' })
    expect(late).toMatchObject({ code: 'CONSUMED', unit: null })
  })

  it('are never used beyond the total by a crowd', async () => {
    const product = await center.bought('moves', 3)
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => product.ask('activate', { reference: `vm-${n}` })),
    )
    expect(answers.filter(({ code }) => code === 'VALID')).toHaveLength(3)
    expect(answers.filter(({ code }) => code === 'LIMIT_REACHED')).toHaveLength(9)
  })
})
