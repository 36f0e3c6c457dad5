import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { webSha256 } from '../../../server/domain/offline-codes.ts'
import { nodeKeyedHash, nodeSha256 } from '../../../server/runtime/node-hashes.ts'
import { importSecrets } from '../../../server/runtime/secrets.ts'
import { secretOf } from '../../support/secrets.ts'

const good = { licenseKeyHash: secretOf(1), licenseKeyCipher: secretOf(2), linkToken: secretOf(3) }

describe('importSecrets()', () => {
  it('makes keys for the one purpose each, which cannot be exported', async () => {
    const secrets = await importSecrets(good, () => null)
    expect(secrets.licenseKeyCipher.usages.toSorted()).toEqual(['decrypt', 'encrypt'])
    expect(secrets.linkToken.usages.toSorted()).toEqual(['sign', 'verify'])
    expect(secrets.linkToken.extractable).toBe(false)
  })

  it('hashes keys by Node itself exactly as by WebCrypto, so a database may change its runtime', async () => {
    const [web, node] = await Promise.all([
      importSecrets(good, () => null),
      importSecrets(good, () => null, nodeKeyedHash),
    ])
    for (const text of ['', 'RCV-007H-WB9W', 'ключ 密钥 🔑', 'a'.repeat(300)]) {
      expect(node.licenseKeyHash(text)).toBe(await web.licenseKeyHash(text))
      expect(nodeSha256(text)).toEqual(Buffer.from(await webSha256(text)))
    }
    expect(await web.licenseKeyHash('RCV')).toBe(
      createHmac('sha256', Buffer.alloc(32, 1)).update('RCV').digest('hex'),
    )
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
