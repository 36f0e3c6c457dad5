import { describe, expect, it } from 'vitest'
import { importSecrets } from '../../../server/runtime/secrets.ts'
import { secretOf } from '../../support/secrets.ts'

const good = { licenseKeyHash: secretOf(1), licenseKeyCipher: secretOf(2), linkToken: secretOf(3) }

describe('importSecrets()', () => {
  it('makes keys for the one purpose each, which cannot be exported', async () => {
    const secrets = await importSecrets(good, () => null)
    expect(secrets.licenseKeyHash.usages.toSorted()).toEqual(['sign', 'verify'])
    expect(secrets.licenseKeyCipher.usages.toSorted()).toEqual(['decrypt', 'encrypt'])
    expect(secrets.linkToken.extractable).toBe(false)
  })

  it.each([
    { why: 'absent', text: undefined, says: 'linkToken is blank' },
    { why: 'blank', text: '  ', says: 'linkToken is blank' },
    { why: 'too short', text: Buffer.alloc(16).toString('base64url'), says: 'has 16 bytes' },
    { why: 'too long', text: Buffer.alloc(33).toString('base64url'), says: 'has 33 bytes' },
    { why: 'no base64url', text: 'not a secret!', says: 'is not base64url' },
    { why: 'cut in the middle', text: 'AAAAA', says: 'is not base64url' },
  ])('refuses a secret that is $why, and says so', async ({ text, says }) => {
    await expect(importSecrets({ ...good, linkToken: text }, () => null)).rejects.toThrow(says)
  })

  it('names all secrets at fault at once, without showing them', async () => {
    const texts = { licenseKeyHash: '', licenseKeyCipher: 'c2hvcnQ', linkToken: good.linkToken }
    const message = await importSecrets(texts, () => null).catch(String)
    expect(message).toContain('licenseKeyHash is blank; licenseKeyCipher has 5 bytes')
    expect(message).not.toContain('c2hvcnQ')
  })
})
