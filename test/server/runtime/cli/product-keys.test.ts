import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importJWK, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openCommandLine, type CommandLine } from '../../../support/command-line.ts'

const DEMO = fileURLToPath(new URL('../../../../demo/catalogue.yaml', import.meta.url))
const BECAUSE = ['--reason', 'Yearly change', '--as', 'mia'] as const

const Made = z.object({ version: z.string(), key: z.unknown(), secret: z.unknown() })
const HostKey = z.object({ kid: z.string(), jwk: z.looseObject({}) })
const Shown = z.object({
  document: z.object({
    products: z.array(
      z.object({ publishable_keys: z.array(z.string()), host_keys: z.array(z.unknown()) }),
    ),
  }),
})

async function shop(): Promise<CommandLine> {
  const line = await openCommandLine()
  await copyFile(DEMO, join(line.directory, 'catalogue.yaml'))
  await line.run('migrate')
  await line.run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE)
  return line
}

async function recover(line: CommandLine) {
  const shown = Shown.parse((await line.run('catalogue', 'show', '--json')).json())
  const [product] = shown.document.products
  if (product === undefined) throw new Error('nothing is sold')
  return product
}

async function create(line: CommandLine, ...args: string[]) {
  const made = await line.run('product', 'keys', 'create', 'recover', ...args, ...BECAUSE, '--json')
  expect(made.exit, made.out).toBe(0)
  return Made.parse(made.json())
}

describe('product keys create', () => {
  it('puts a publishable key beside the one in use', async () => {
    const line = await shop()
    const { key } = await create(line, '--kind', 'publishable')
    expect(key).toMatch(/^pk_recover_[0-9a-z]{10}$/)
    expect((await recover(line)).publishable_keys).toEqual(['pk_demo_recover', key])
  })

  it.each(['EdDSA', 'ES256'])(
    'makes a %s pair: the public half is stored, the private told once',
    async (alg) => {
      const line = await shop()
      const made = await create(line, '--kind', 'host', '--alg', alg)
      const { kid, jwk } = HostKey.parse(made.key)
      const secret = z.object({ private_jwk: z.looseObject({ d: z.string() }) }).parse(made.secret)
      const token = await new SignJWT({})
        .setProtectedHeader({ alg, kid })
        .sign(await importJWK(secret.private_jwk, alg))
      await expect(jwtVerify(token, await importJWK(jwk, alg))).resolves.toBeDefined()
      const database = await readFile(join(line.directory, '.data/license-center.db'), 'latin1')
      const log = await readFile(
        join(line.directory, '.data/license-center.db-wal'),
        'latin1',
      ).catch(() => '')
      // Asked of the database: in its file, a long text is cut where a page ends.
      expect(JSON.stringify((await recover(line)).host_keys)).toContain(kid)
      expect(database + log).not.toContain(secret.private_jwk.d)
    },
  )

  it('names the variable of an HS256 secret, and never stores the secret', async () => {
    const line = await shop()
    const made = await create(
      line,
      '--kind',
      'host',
      '--alg',
      'HS256',
      '--secret-env',
      'RECOVER_SECRET',
    )
    expect(made.key).toMatchObject({ alg: 'HS256', secret_env: 'RECOVER_SECRET' })
    expect(made.secret).toEqual({
      env: 'RECOVER_SECRET',
      value: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect((await line.run('doctor')).out).toContain('Set RECOVER_SECRET.')
  })

  it('says what to add to the file, and until then the older file is refused', async () => {
    const line = await shop()
    const made = await line.run(
      'product',
      'keys',
      'create',
      'recover',
      '--kind',
      'publishable',
      ...BECAUSE,
    )
    const [added] = /pk_recover_\w+/.exec(made.out) ?? []
    const older = await line.run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE)
    expect(older).toMatchObject({ exit: 1, error: expect.stringContaining(`${added} (recover)`) })
    const file = join(line.directory, 'catalogue.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('[pk_demo_recover]', `[pk_demo_recover, ${added}]`))
    expect(await line.run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE)).toMatchObject({
      exit: 0,
    })
  })

  it.each([
    { args: ['shop', '--kind', 'host', ...BECAUSE], exit: 1, says: 'There is no product "shop"' },
    { args: ['recover', '--kind', 'private', ...BECAUSE], exit: 2, says: 'publishable or host' },
    { args: ['recover', '--kind', 'host', '--alg', 'RS256', ...BECAUSE], exit: 2, says: 'EdDSA' },
    {
      args: ['recover', '--kind', 'host', '--alg', 'HS256', ...BECAUSE],
      exit: 2,
      says: '--secret-env',
    },
    { args: ['recover', '--kind', 'host'], exit: 2, says: '--reason' },
  ])('refuses $args', async ({ args, exit, says }) => {
    const line = await shop()
    const refused = await line.run('product', 'keys', 'create', ...args)
    expect(refused).toMatchObject({ exit, error: expect.stringContaining(says) })
  })
})

describe('product keys rotate and revoke', () => {
  it('keeps both until the old one is revoked', async () => {
    const line = await shop()
    const first = HostKey.parse((await create(line, '--kind', 'host', '--alg', 'ES256')).key)
    const rotated = await line.run(
      'product',
      'keys',
      'rotate',
      'recover',
      first.kid,
      ...BECAUSE,
      '--json',
    )
    expect(rotated.json()).toMatchObject({ replaces: first.kid, key: { alg: 'ES256' } })
    expect((await recover(line)).host_keys).toHaveLength(2)
    await line.run('product', 'keys', 'revoke', 'recover', first.kid, ...BECAUSE)
    expect((await recover(line)).host_keys).toHaveLength(1)
  })

  it('T06: keeps a revoked key revoked, also when an older file brings it back', async () => {
    const line = await shop()
    await create(line, '--kind', 'publishable')
    const revoked = await line.run(
      'product',
      'keys',
      'revoke',
      'recover',
      'pk_demo_recover',
      ...BECAUSE,
    )
    expect(revoked).toMatchObject({ exit: 0 })
    const file = join(line.directory, 'catalogue.yaml')
    const text = await readFile(file, 'utf8')
    const [kept] = (await recover(line)).publishable_keys
    await writeFile(file, text.replace('[pk_demo_recover]', `[pk_demo_recover, ${kept}]`))
    const older = await line.run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE, '--json')
    expect(older.exit).toBe(1)
    expect(older.json()).toMatchObject({ error: { code: 'product_key.revoked' } })
  })

  it('leaves the last publishable key in force', async () => {
    const line = await shop()
    const refused = await line.run(
      'product',
      'keys',
      'revoke',
      'recover',
      'pk_demo_recover',
      ...BECAUSE,
    )
    expect(refused).toMatchObject({
      exit: 1,
      error: expect.stringContaining('last publishable key'),
    })
  })
})
