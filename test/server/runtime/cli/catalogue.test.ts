import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openCommandLine, type CommandLine } from '../../../support/command-line.ts'

const DEMO = fileURLToPath(new URL('../../../../demo/catalogue.yaml', import.meta.url))
const BECAUSE = ['--reason', 'Spring prices', '--as', 'mia'] as const

/** A migrated database and the demo's catalogue beside it, applied or not. */
async function shop({ isApplied = true } = {}): Promise<CommandLine> {
  const line = await openCommandLine()
  await copyFile(DEMO, join(line.directory, 'catalogue.yaml'))
  await line.run('migrate')
  if (isApplied) await line.run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE)
  return line
}

async function edit({ directory }: CommandLine, from: string, to: string): Promise<void> {
  const file = join(directory, 'catalogue.yaml')
  const text = await readFile(file, 'utf8')
  if (!text.includes(from)) throw new Error(`not in the catalogue: ${from}`)
  await writeFile(file, text.replace(from, to))
}

describe('migrate', () => {
  it('creates the database and its directory, and has nothing to do the second time', async () => {
    const { run } = await openCommandLine()
    const first = await run('migrate', '--json')
    expect(first).toMatchObject({ exit: 0 })
    expect(first.json()).toMatchObject({ applied: expect.arrayContaining([expect.any(String)]) })
    expect(await run('migrate')).toMatchObject({ exit: 0, out: 'Nothing to do.' })
  })

  it('is asked for by every command that needs it', async () => {
    const { run } = await openCommandLine()
    const refused = await run('catalogue', 'show')
    expect(refused).toMatchObject({ exit: 3 })
    expect(refused.error).toMatch(/Run: license-center migrate$/)
  })
})

describe('catalogue check', () => {
  it('needs no database, and lists every mistake at its line', async () => {
    const line = await shop({ isApplied: false })
    await edit(line, 'cycle: month, unit_amount: 7500', 'cycle: monht, unit_amount: 75.5')
    const checked = await line.run('catalogue', 'check', 'catalogue.yaml')
    expect(checked.exit).toBe(1)
    expect(checked.out).toMatch(/^catalogue\.yaml:\d+:\d+ .*Did you mean "month"\?$/m)
    expect(checked.out).toMatch(/^2 mistakes\. Nothing was changed\.$/m)
    const asJson = await line.run('catalogue', 'check', 'catalogue.yaml', '--json')
    expect(asJson.json()).toMatchObject({ ok: false, mistakes: [{ column: 37 }, {}] })
  })

  it('says which file is not there', async () => {
    const { run } = await openCommandLine()
    expect(await run('catalogue', 'check', 'lost.yaml')).toMatchObject({
      exit: 3,
      error: expect.stringContaining('lost.yaml'),
    })
  })
})

describe('catalogue apply', () => {
  it('puts a version in force once, and shows it', async () => {
    const { run } = await shop({ isApplied: false })
    const first = await run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE, '--json')
    expect(first.json()).toMatchObject({ previous: null, isNew: true })
    const again = await run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE)
    expect(again).toMatchObject({ exit: 0, out: expect.stringContaining('in force already') })
    const shown = await run('catalogue', 'show')
    expect(shown.out).toMatch(/^# version [0-9a-f]{16}\nproducts:\n {2}- id: recover\n/)
  })

  it('keeps earlier versions, and comes back to one by applying it again', async () => {
    const line = await shop()
    const before = (await line.run('catalogue', 'show')).out
    await edit(line, 'unit_amount: 7500 ', 'unit_amount: 8000 ')
    await line.run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE)
    expect((await line.run('catalogue', 'show')).out).not.toBe(before)
    await edit(line, 'unit_amount: 8000 ', 'unit_amount: 7500 ')
    await line.run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE)
    expect((await line.run('catalogue', 'show')).out).toBe(before)
  })

  it('refuses to be done without a reason', async () => {
    const { run } = await shop()
    expect(await run('catalogue', 'apply', 'catalogue.yaml')).toMatchObject({
      exit: 2,
      error: expect.stringContaining('--reason'),
    })
  })

  it('does not take a key away that pages use', async () => {
    const line = await shop()
    await edit(line, 'pk_demo_shift', 'pk_demo_shifted')
    const refused = await line.run('catalogue', 'apply', 'catalogue.yaml', ...BECAUSE, '--json')
    expect(refused.exit).toBe(1)
    expect(refused.json()).toMatchObject({
      error: {
        code: 'catalogue.keys_missing',
        message: expect.stringContaining('pk_demo_shift (shift)'),
      },
    })
  })
})

describe('catalogue diff', () => {
  it('says by name what a file would change, and ends with 1', async () => {
    const line = await shop()
    expect(await line.run('catalogue', 'diff', 'catalogue.yaml')).toMatchObject({ exit: 0 })
    await edit(line, 'unit_amount: 7500 ', 'unit_amount: 8000 ')
    await edit(line, '        max_uses: 500\n', '')
    expect(await line.run('catalogue', 'diff', 'catalogue.yaml')).toMatchObject({
      exit: 1,
      out: [
        '~ products[recover].plans[dr].prices[USD/month].unit_amount: 7500 → 8000',
        '- products[studio].promo_codes[WELCOME10].max_uses: 500',
      ].join('\n'),
    })
  })
})

describe('the command line', () => {
  it.each([
    { args: ['catalog'], says: 'Unknown command' },
    { args: ['catalogue'], says: 'No command specified' },
    { args: ['catalogue', 'check'], says: 'Missing required positional argument: FILE' },
    { args: ['migrate', '--jsno'], says: 'Unknown option --jsno. Did you mean --json?' },
    { args: ['migrate', 'everything'], says: 'Unexpected argument "everything"' },
    { args: ['orders', 'list', '--state', 'reviw'], says: 'Did you mean "review"?' },
    { args: ['orders', 'list', '--limit', 'all'], says: '--limit is a whole number' },
    { args: ['jobs', 'run', 'swepe'], says: 'There is no job "swepe"' },
  ])('does not understand $args, and says so', async ({ args, says }) => {
    const { run } = await openCommandLine()
    const refused = await run(...args)
    expect(refused).toMatchObject({ exit: 2, out: '' })
    expect(refused.error).toContain(says)
  })

  it.each(['', '--help', 'catalogue --help', 'catalogue apply --help'])(
    'helps: license-center %s',
    async (words) => {
      const { run } = await openCommandLine()
      const helped = await run(...words.split(' ').filter((word) => word !== ''))
      expect(helped.exit).toBe(0)
      const asked = words.replace(/ ?--help/, '')
      expect(helped.out).toContain(`USAGE license-center${asked && ` ${asked}`}`)
    },
  )
})
