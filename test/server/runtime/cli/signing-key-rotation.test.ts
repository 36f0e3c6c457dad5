/** Signing keys change under products that trust them: announced, then signing, then retired. */
import { expect, it } from 'vitest'
import { importSigner } from '../../../../server/runtime/license-signer.ts'
import { openCommandLine, type Environment } from '../../../support/command-line.ts'

function environmentOf(out: string): Environment {
  const lines = [...out.matchAll(/^(LICENSE_SIGNING_\w+)='(.*)'$/gm)]
  return Object.fromEntries(lines.map(([, name, value]) => [name, value]))
}

async function rotated(env: Environment): Promise<Environment> {
  const { out, exit } = await (await openCommandLine(env)).run('signing-keys', 'rotate')
  expect(exit).toBe(0)
  return environmentOf(out)
}

async function publishedBy(env: Environment) {
  const signer = await importSigner({
    current: env['LICENSE_SIGNING_KEY'],
    next: env['LICENSE_SIGNING_KEY_NEXT'],
    published: env['LICENSE_SIGNING_KEYS_PUBLISHED'],
  })
  return signer?.publicKeys ?? []
}

it('announces a key before it signs, and retires the one before it, to the second', async () => {
  const created = environmentOf((await (await openCommandLine()).run('signing-keys', 'create')).out)
  const announced = await publishedBy(await rotated(created))
  expect(announced.map(({ status }) => status)).toEqual(['current', 'next'])
  const first = await rotated(created)
  const second = await rotated(first)
  const keys = await publishedBy(second)
  const [old, coming] = await publishedBy(first)
  expect(keys.map(({ status }) => status)).toEqual(['current', 'next', 'retired'])
  expect(keys[0]?.kid).toBe(coming?.kid)
  expect(keys[2]).toMatchObject({ kid: old?.kid, x: old?.x })
  expect(keys[2]?.retired_at).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
  const third = await publishedBy(await rotated(second))
  expect(third.map(({ status }) => status)).toEqual(['current', 'next', 'retired', 'retired'])
  expect(JSON.stringify(third)).not.toContain('"d"')
})

it('says how to begin where nothing signs yet', async () => {
  const { exit, error } = await (await openCommandLine()).run('signing-keys', 'rotate')
  expect(exit).toBe(3)
  expect(error).toContain('signing-keys create')
})
