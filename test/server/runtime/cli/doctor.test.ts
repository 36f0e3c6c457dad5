import { readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it, onTestFinished } from 'vitest'
import { environmentChecks } from '../../../../server/runtime/cli/doctor-environment.ts'
import { openCommandLine, type Environment } from '../../../support/command-line.ts'

/** What `init` writes, with the keys of a Stripe that nobody can reach. */
async function initialized(changes: Environment = {}) {
  const { directory, run } = await openCommandLine()
  await run('init', '--origin', 'https://licenses.example.com')
  const env = {
    ...parseEnv(await readFile(join(directory, '.env'), 'utf8')),
    STRIPE_SECRET_KEY: 'sk_test_0123456789',
    STRIPE_WEBHOOK_SECRET: 'whsec_0123456789',
    STRIPE_API_BASE: 'http://127.0.0.1:9',
    ...changes,
  }
  return { directory, env, line: await openCommandLine(env, { directory }) }
}

const SECRET = 'A'.repeat(43)

type Change = (catalogue: string) => string
const asItIs: Change = (text) => text

describe('init', () => {
  it('writes an environment only its owner reads, and a catalogue without mistakes', async () => {
    const { directory, line } = await initialized()
    expect((await stat(join(directory, '.env'))).mode & 0o777).toBe(0o600)
    expect(await line.run('catalogue', 'check', 'catalogue.yaml')).toMatchObject({ exit: 0 })
    await line.run('migrate')
    const applied = await line.run('catalogue', 'apply', 'catalogue.yaml', '--reason', 'First')
    expect(applied).toMatchObject({ exit: 0 })
  })

  it('makes other secrets each time, and overwrites nothing', async () => {
    const one = await initialized()
    const other = await initialized()
    expect(one.env).toMatchObject({ LINK_TOKEN_SECRET: expect.stringMatching(/^[\w-]{43}$/) })
    const names = [
      'LICENSE_KEY_HASH_SECRET',
      'LICENSE_KEY_CIPHER_SECRET',
      'LINK_TOKEN_SECRET',
    ] as const
    const secrets = [one.env, other.env].flatMap((env: Environment) =>
      names.map((name) => env[name]),
    )
    expect(new Set(secrets).size).toBe(6)
    await writeFile(join(one.directory, 'catalogue.yaml'), 'mine')
    expect((await one.line.run('init')).out).toContain('kept    catalogue.yaml')
    expect(await readFile(join(one.directory, 'catalogue.yaml'), 'utf8')).toBe('mine')
  })
})

describe('doctor', () => {
  it.each<{ why: string; env: Environment; says: RegExp }>([
    {
      why: 'a missing variable',
      env: { CENTER_ORIGIN: undefined },
      says: /MEND {2}environment .*CENTER_ORIGIN/,
    },
    {
      why: 'a short secret',
      env: { LINK_TOKEN_SECRET: 'short' },
      says: /MEND {2}secrets .*LINK_TOKEN_SECRET/,
    },
    {
      why: 'a test key in production',
      env: { ENVIRONMENT: 'production', STRIPE_API_BASE: undefined },
      says: /MEND {2}stripe key .*nobody would really pay/,
    },
    {
      why: 'a live key in development',
      env: { STRIPE_SECRET_KEY: 'sk_live_1' },
      says: /MEND {2}stripe key .*real money/,
    },
    {
      why: 'a publishable key of Stripe',
      env: { STRIPE_SECRET_KEY: 'pk_test_1' },
      says: /MEND {2}stripe key .*not a secret key/,
    },
    {
      why: 'a webhook secret that is none',
      env: { STRIPE_WEBHOOK_SECRET: 'secret' },
      says: /MEND {2}webhook secret/,
    },
    {
      why: 'two webhook secrets',
      env: { STRIPE_WEBHOOK_SECRET_NEXT: 'whsec_9876543210' },
      says: /look {2}webhook secret/,
    },
    {
      why: 'http in production',
      env: { ENVIRONMENT: 'production', CENTER_ORIGIN: 'http://licenses.example.com' },
      says: /MEND {2}origin/,
    },
    {
      why: 'no Stripe',
      env: {},
      says: /MEND {2}stripe {9}http:\/\/127\.0\.0\.1:9 does not answer/,
    },
    {
      why: 'no database',
      env: { DATABASE_URL: 'file:catalogue.yaml/center.db' },
      says: /MEND {2}database/,
    },
    {
      why: 'two equal secrets',
      env: { LINK_TOKEN_SECRET: SECRET, LICENSE_KEY_HASH_SECRET: SECRET },
      says: /MEND {2}secrets .*the same/,
    },
    { why: 'an empty database', env: {}, says: /MEND {2}migrations .*are missing/ },
  ])('finds $why, and says how to mend it', async ({ env, says }) => {
    const { line } = await initialized({
      ...env,
      ...(env['STRIPE_API_BASE'] === undefined && 'STRIPE_API_BASE' in env
        ? { STRIPE_API_BASE: 'http://127.0.0.1:9' }
        : {}),
    })
    const examined = await line.run('doctor')
    expect(examined.exit).toBe(1)
    expect(examined.out).toMatch(says)
    expect(examined.out.split('\n').filter((text) => /^(MEND|look)/.test(text)).length).toBe(
      examined.out.split('\n').filter((text) => /^ {21}→ ./.test(text)).length,
    )
  })

  it.each<{ why: string; catalogue?: Change; env?: Environment; says: RegExp }>([
    { why: 'no catalogue', says: /MEND {2}catalogue {6}None is in force/ },
    { why: 'no host key', catalogue: asItIs, says: /look {2}host vault .*No host key/ },
    {
      why: 'an origin without TLS',
      catalogue: (text) => text.replaceAll('https://console', 'http://console'),
      env: { ENVIRONMENT: 'production' },
      says: /look {2}host vault .*http:\/\/console\S+ is not encrypted/,
    },
    { why: 'no way for mails', catalogue: asItIs, says: /look {2}mail .*No transport/ },
  ])('finds $why behind a database that is there', async ({ catalogue, env = {}, says }) => {
    const { line, directory } = await initialized(env)
    await line.run('migrate')
    if (catalogue !== undefined) {
      const file = join(directory, 'catalogue.yaml')
      await writeFile(file, catalogue(await readFile(file, 'utf8')))
      await line.run('catalogue', 'apply', 'catalogue.yaml', '--reason', 'First')
    }
    const { out } = await line.run('doctor')
    expect(out).toMatch(/ok {4}migrations .* applied/)
    expect(out).toMatch(says)
    const lines = out.split('\n')
    expect(lines[lines.findIndex((text) => says.test(text)) + 1]).toMatch(/^ {21}→ ./)
  })

  it.each([
    ['18.20.4', 'fail', 'Install Node 20 or newer.'],
    ['20.0.0', 'ok', null],
  ])('judges Node %s: %s', (version, status, mend) => {
    const [node] = environmentChecks({}, version)
    expect(node).toMatchObject({ name: 'node', status, mend })
  })

  it('compares the clock with Stripe', async () => {
    const server = createServer((_, response) => response.writeHead(404).end('{"error":{}}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const { directory, env } = await initialized({ STRIPE_API_BASE: `http://127.0.0.1:${port}` })
    const late = () => Temporal.Now.instant().subtract({ minutes: 2 })
    const line = await openCommandLine(env, { directory, now: late })
    expect((await line.run('doctor')).out).toMatch(/MEND {2}clock {10}1(19|2[01]) s from Stripe's/)
  })

  it('shows no secret', async () => {
    const { line, env } = await initialized({ STRIPE_SECRET_KEY: 'sk_live_canary0123456789' })
    const { out, error } = await line.run('doctor', '--json')
    for (const [name, value] of Object.entries<string | undefined>(env)) {
      if (/SECRET/.test(name)) expect(out + error, name).not.toContain(value)
    }
  })
})
