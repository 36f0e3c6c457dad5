/** The secret of a backend, from the command line to the host API (T06). */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { CommandLine } from '../../../support/command-line.ts'
import { BECAUSE, operatorLine } from '../../../support/operator-line.ts'
import { startVault, type Vault } from '../../../support/vault.ts'

let center: Vault
let line: CommandLine
beforeAll(async () => {
  center = await startVault()
})
beforeEach(async () => {
  line = await operatorLine(center)
})
afterAll(() => center.remove())

const apiKeys = (verb: string, ...words: readonly string[]) =>
  line.run('product', 'api-keys', verb, ...words, ...BECAUSE, '--json')

async function statusWith(key: string): Promise<number> {
  const headers = { Authorization: `Bearer ${key}` }
  return (await fetch(`${center.system.origin}/v1/host/events`, { headers })).status
}

it('makes a key that opens the host API, and shows it this once', async () => {
  const made = await apiKeys('create', 'vault', 'billing')
  expect(made.json()).toMatchObject({ product: 'vault', name: 'billing' })
  const { key } = made.json() as { key: string }
  expect(await statusWith(key)).toBe(200)
  const again = await apiKeys('create', 'vault', 'billing')
  expect(again.exit).toBe(1)
  expect(again.json()).toMatchObject({ error: { code: 'api_key.taken' } })
  expect(again.out).not.toContain(key)
})

it('refuses a revoked key at the next request, and lets the others be; twice is once', async () => {
  const [lost, kept] = await Promise.all(
    ['lost', 'kept'].map(async (name) => {
      const { key } = (await apiKeys('create', 'vault', name)).json() as { key: string }
      return key
    }),
  )
  expect((await apiKeys('revoke', 'vault', 'lost')).exit).toBe(0)
  expect([await statusWith(lost ?? ''), await statusWith(kept ?? '')]).toEqual([401, 200])
  expect((await apiKeys('revoke', 'vault', 'lost')).exit).toBe(0)
})

it('says what it does not know: a product, a key, a reason', async () => {
  expect((await apiKeys('create', 'nothing', 'billing')).json()).toMatchObject({
    error: { code: 'product.not_found' },
  })
  expect((await apiKeys('revoke', 'vault', 'nobody')).json()).toMatchObject({
    error: { code: 'api_key.not_found' },
  })
  expect((await line.run('product', 'api-keys', 'create', 'vault', 'x')).exit).toBe(2)
})
