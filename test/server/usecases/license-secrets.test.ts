import { describe, expect, it } from 'vitest'
import { nodeKeyedHash } from '../../../server/runtime/node-hashes.ts'
import { hashKey, openKey, sealKey } from '../../../server/usecases/license-secrets.ts'
import { createTestSecrets, randomBytes } from '../../support/secrets.ts'

const KEY = 'RCV-7Q4M-0XK2'
const LICENSE = 'lic_01h2xcejqtf2nbrexx3vqjhp41'
const secrets = await createTestSecrets()
const deps = { secrets, randomBytes }

describe('hashKey()', () => {
  it('finds a key again, and tells another one', async () => {
    expect(await hashKey(secrets, KEY)).toMatch(/^[0-9a-f]{64}$/)
    expect(await hashKey(secrets, KEY)).toBe(await hashKey(secrets, KEY))
    expect(await hashKey(secrets, KEY)).not.toBe(await hashKey(secrets, `${KEY}X`))
  })

  it('needs the secret: another one gives another hash', async () => {
    const others = { licenseKeyHash: nodeKeyedHash(Buffer.alloc(32, 9)) }
    expect(await hashKey(others, KEY)).not.toBe(await hashKey(secrets, KEY))
  })
})

describe('sealKey() and openKey()', () => {
  it('shows the key again', async () => {
    expect(await openKey(secrets, LICENSE, await sealKey(deps, LICENSE, KEY))).toBe(KEY)
  })

  it('seals the same key differently each time, and never in the clear', async () => {
    const [first, second] = [await sealKey(deps, LICENSE, KEY), await sealKey(deps, LICENSE, KEY)]
    expect(first).not.toBe(second)
    expect(Buffer.from(first, 'base64').toString()).not.toContain(KEY)
  })

  it('does not open under another license, or after a change of one character', async () => {
    const sealed = await sealKey(deps, LICENSE, KEY)
    const other = 'lic_01h2xcejqtf2nbrexx3vqjhp42'
    const changed = sealed.replace(/.(?=.{4}$)/, (character) => (character === 'A' ? 'B' : 'A'))
    await expect(openKey(secrets, other, sealed)).rejects.toThrow('does not open')
    await expect(openKey(secrets, LICENSE, changed)).rejects.toThrow('does not open')
    await expect(openKey(secrets, LICENSE, KEY)).rejects.toThrow('unknown format')
  })
})
