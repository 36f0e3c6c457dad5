import { SignJWT, createLocalJWKSet, jwtVerify } from 'jose'
import { expect, it } from 'vitest'
import { importSigner } from '../../../../server/runtime/license-signer.ts'
import { openCommandLine } from '../../../support/command-line.ts'

it('makes a key that the server signs with and everybody can verify', async () => {
  const line = await openCommandLine()
  const { out, exit } = await line.run('signing-keys', 'create')
  expect(exit).toBe(0)
  const value = (name: string) => new RegExp(`^${name}='(.*)'$`, 'm').exec(out)?.[1]
  const signer = await importSigner({
    current: value('LICENSE_SIGNING_KEY'),
    published: value('LICENSE_SIGNING_KEYS_PUBLISHED'),
  })
  if (signer === null) throw new Error('no signer')
  const header = { alg: 'EdDSA', kid: signer.kid }
  const token = await new SignJWT({}).setProtectedHeader(header).sign(signer.privateKey)
  const keys = createLocalJWKSet({ keys: [...signer.publicKeys] })
  expect((await jwtVerify(token, keys)).protectedHeader.kid).toBe(signer.kid)
  expect(JSON.stringify(signer.publicKeys)).not.toContain('"d"')
})

it('names the variable that is not a key, and shows nothing of it', async () => {
  const said = await importSigner({ current: '{"d":"geheim"}', published: '' }).catch(String)
  expect(said).toContain('LICENSE_SIGNING_KEY')
  expect(said).not.toContain('geheim')
})
