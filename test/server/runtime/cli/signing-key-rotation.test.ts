/** Signing keys change under products that trust them: announced, then signing, then retired. */
import { describe, expect, it } from 'vitest'
import { newSigningKey } from '../../../../server/runtime/cli/signing-keys-create.ts'
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

describe('signing-keys revoke', () => {
  async function revoked(env: Environment, kid: string | undefined): Promise<Environment> {
    const { out, exit } = await (
      await openCommandLine(env)
    ).run('signing-keys', 'revoke', kid ?? '')
    expect(exit).toBe(0)
    return environmentOf(out)
  }
  const kidsBy = async (env: Environment) =>
    (await publishedBy(env)).map(({ kid, status, revoked: is }) => [kid, is ? 'revoked' : status])

  it('lets the next key take over at once from one that leaked, and keeps no secret of it', async () => {
    const created = environmentOf(
      (await (await openCommandLine()).run('signing-keys', 'create')).out,
    )
    const announced = await rotated(created)
    const [leaked, next] = await publishedBy(announced)
    const after = await revoked(announced, leaked?.kid)
    const [now, fresh, old] = await kidsBy(after)
    expect([now, fresh?.[1], old]).toEqual([
      [next?.kid, 'current'],
      'next',
      [leaked?.kid, 'revoked'],
    ])
    const { d } = JSON.parse(announced['LICENSE_SIGNING_KEY'] ?? '') as { d: string }
    expect(JSON.stringify(after)).not.toContain(d)
    expect(await kidsBy(await revoked(after, leaked?.kid))).toEqual(await kidsBy(after))
  })

  it('makes a new key where none was announced, replaces a next one, and marks a retired one', async () => {
    const created = environmentOf(
      (await (await openCommandLine()).run('signing-keys', 'create')).out,
    )
    const [only] = await publishedBy(created)
    const renewed = await kidsBy(await revoked(created, only?.kid))
    expect(renewed.map(([, status]) => status)).toEqual(['current', 'next', 'revoked'])
    expect(renewed[2]?.[0]).toBe(only?.kid)
    const rotatedTwice = await rotated(await rotated(created))
    const [current, next, retired] = await publishedBy(rotatedTwice)
    const without = await kidsBy(await revoked(rotatedTwice, next?.kid))
    expect(without.map(([, status]) => status)).toEqual(['current', 'next', 'retired', 'revoked'])
    expect([without[0]?.[0], without[3]?.[0]]).toEqual([current?.kid, next?.kid])
    const marked = await revoked(rotatedTwice, retired?.kid)
    expect(await kidsBy(marked)).toEqual([
      [current?.kid, 'current'],
      [next?.kid, 'next'],
      [retired?.kid, 'revoked'],
    ])
    const [, , mark] = await publishedBy(marked)
    expect(mark?.retired_at).toBe(retired?.retired_at)
  })

  it('makes no key whose name a command line would take for an option', async () => {
    const keys = await Promise.all(Array.from({ length: 1000 }, newSigningKey))
    expect(keys.map(({ kid }) => kid).filter((kid) => kid.startsWith('-'))).toEqual([])
  })

  it('revokes a key whose name begins with a hyphen, behind two of them', async () => {
    const key = { ...(await newSigningKey()), kid: '-AbCdEfGhIjK' }
    const line = await openCommandLine({ LICENSE_SIGNING_KEY: JSON.stringify(key) })
    const { out, exit } = await line.run('signing-keys', 'revoke', '--', key.kid)
    expect(exit).toBe(0)
    expect(await kidsBy(environmentOf(out))).toContainEqual([key.kid, 'revoked'])
  })

  it('does not guess which key is meant', async () => {
    const created = environmentOf(
      (await (await openCommandLine()).run('signing-keys', 'create')).out,
    )
    const line = await openCommandLine(created)
    const { exit, error } = await line.run('signing-keys', 'revoke', 'nobody')
    expect(exit).toBe(2)
    expect(error).toContain('The key is one of ')
    expect(error).not.toContain('"d"')
  })
})

it('says how to begin where nothing signs yet', async () => {
  const { exit, error } = await (await openCommandLine()).run('signing-keys', 'rotate')
  expect(exit).toBe(3)
  expect(error).toContain('signing-keys create')
})
