import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { unlawfulImports } from './support/import-law.ts'
import { sourceFiles, type SourceFile } from './support/source-files.ts'
import {
  ambientActs,
  forbiddenNames,
  leftOutTests,
  longFiles,
  strayRequests,
  unsafeDatabaseActs,
} from './support/source-law.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDERS = ['widget', 'server', 'demo', 'test']
const files = FOLDERS.flatMap((folder) => sourceFiles(ROOT, folder))

const planted = (path: string, text: string): SourceFile => ({ path, text })

/** Every rule runs over the repository, and over sources in which it must find something. */
const RULES = [
  { says: 'imports only along the arrows of the layout', rule: unlawfulImports },
  { says: 'takes time, chance and environment from deps only', rule: ambientActs },
  { says: 'writes in one batch, never in an interactive transaction', rule: unsafeDatabaseActs },
  { says: 'sends requests of the widget from its client only', rule: strayRequests },
  { says: 'keeps every file under 250 lines', rule: longFiles },
  { says: 'names files after what is inside, in kebab-case', rule: forbiddenNames },
  { says: 'leaves no test out', rule: leftOutTests },
]

describe('the repository', () => {
  it.each(RULES)('$says', ({ rule }) => {
    expect(files.flatMap(rule)).toEqual([])
  })

  it.each(FOLDERS)('explains the folder %s in a README', (folder) => {
    expect(existsSync(`${ROOT}${folder}/README.md`)).toBe(true)
  })

  it('was really read', () => {
    expect(files.map(({ path }) => path)).toContain('server/domain/calendar.ts')
    expect(files.length).toBeGreaterThan(100)
  })
})

describe('the import law finds', () => {
  it.each([
    ['server/domain/a.ts', "import { b } from '../db/b.ts'"],
    ['server/domain/a.ts', "import type { Deps } from '../deps.ts'"],
    ['server/domain/a.ts', "export { b } from '../contract/b.ts'"],
    ['server/domain/a.ts', "import 'drizzle-orm'"],
    ['server/domain/a.ts', "const b = await import('../usecases/b.ts')"],
    ['server/domain/a.ts', "type B = import('../payments/port.ts').B"],
    ['server/contract/a.ts', "import { b } from '../usecases/b.ts'"],
    ['server/usecases/a.ts', "import { port } from '../payments/port.ts'"],
    ['server/usecases/a.ts', "import type { S } from '../payments/stripe.ts'"],
    ['server/usecases/a.ts', "import { b } from '../http/b.ts'"],
    ['server/usecases/a.ts', "import { type Deps } from '../deps.ts'"],
    ['server/routes/a.ts', "import { b } from '../payments/b.ts'"],
    ['server/routes/a.ts', "import Stripe from 'stripe'"],
    ['server/app.ts', "import { b } from './runtime/b.ts'"],
    ['server/db/a.ts', "import { b } from '../../demo/b.ts'"],
    ['server/client/a.ts', "import { z } from 'zod'"],
    ['server/elsewhere/a.ts', "import { b } from './b.ts'"],
    ['demo/stripe/a.ts', "import { b } from '../../server/domain/money.ts'"],
    ['widget/api/a.ts', "import { b } from '../state/b.ts'"],
    ['widget/state/a.ts', "import { b } from '../parts/b.ts'"],
    ['widget/parts/a.ts', "import { Quote } from '../../server/contract/quotes.ts'"],
    ['widget/parts/a.ts', "import { b } from '../../server/domain/calendar.ts'"],
    ['widget/license-subscribe.ts', "import { b } from '../server/usecases/b.ts'"],
  ])('%s: %s', (path, text) => {
    expect(unlawfulImports(planted(path, text))).toHaveLength(1)
  })

  it.each([
    ['server/domain/a.ts', "import { Temporal } from 'temporal-polyfill'"],
    ['server/usecases/a.ts', "import type { PaymentPort } from '../payments/port.ts'"],
    ['server/payments/stripe.ts', "import Stripe from 'stripe'"],
    ['server/runtime/node.ts', "import { createApp } from '../app.ts'"],
    ['widget/parts/a.ts', "import type { Quote } from '../../server/contract/quotes.ts'"],
    ['widget/parts/a.ts', "import { b } from '../../server/domain/money.ts'"],
    ['widget/parts/a.ts', "// import { b } from '../../server/usecases/b.ts'"],
  ])('nothing in %s: %s', (path, text) => {
    expect(unlawfulImports(planted(path, text))).toEqual([])
  })
})

describe('the law of sources finds', () => {
  const long = 'x\n'.repeat(251)

  it.each([
    {
      finds: 'the clock',
      rule: ambientActs,
      path: 'server/domain/a.ts',
      text: 'const a = Date.now()',
    },
    {
      finds: 'a date of now',
      rule: ambientActs,
      path: 'server/usecases/a.ts',
      text: 'const a = new Date()',
    },
    {
      finds: 'the clock of Temporal',
      rule: ambientActs,
      path: 'server/routes/a.ts',
      text: 'const a = Temporal.Now.instant()',
    },
    {
      finds: 'chance',
      rule: ambientActs,
      path: 'server/http/a.ts',
      text: 'const a = Math.random()',
    },
    {
      finds: 'strong chance',
      rule: ambientActs,
      path: 'server/db/a.ts',
      text: 'crypto.getRandomValues(bytes)',
    },
    {
      finds: 'the environment',
      rule: ambientActs,
      path: 'server/jobs/a.ts',
      text: 'const { PORT } = process.env',
    },
    { finds: 'ids by chance', rule: ambientActs, path: 'server/mail/a.ts', text: 'randomUUID()' },
    {
      finds: 'the clock of the browser',
      rule: ambientActs,
      path: 'widget/state/a.ts',
      text: 'Date.now()',
    },
    {
      finds: 'an interactive transaction',
      rule: unsafeDatabaseActs,
      path: 'server/usecases/a.ts',
      text: "await db.client.transaction('write')",
    },
    {
      finds: 'an interactive transaction of drizzle',
      rule: unsafeDatabaseActs,
      path: 'server/db/a.ts',
      text: 'await db.transaction(async () => {})',
    },
    {
      finds: 'a write outside a batch',
      rule: unsafeDatabaseActs,
      path: 'server/routes/a.ts',
      text: 'await client.execute(statement)',
    },
    {
      finds: 'raw SQL',
      rule: unsafeDatabaseActs,
      path: 'server/db/a.ts',
      text: 'const a = sql.raw(text)',
    },
    {
      finds: 'a request of a part',
      rule: strayRequests,
      path: 'widget/parts/a.ts',
      text: "await fetch('/x')",
    },
    {
      finds: 'a request by another name',
      rule: strayRequests,
      path: 'widget/state/a.ts',
      text: "await globalThis.fetch('/x')",
    },
    {
      finds: 'a stream',
      rule: strayRequests,
      path: 'widget/state/a.ts',
      text: "const a = new EventSource('/x')",
    },
    { finds: '251 lines', rule: longFiles, path: 'server/domain/a.ts', text: long },
    { finds: 'a bag of functions', rule: forbiddenNames, path: 'server/domain/utils.ts', text: '' },
    {
      finds: 'a bag by its last word',
      rule: forbiddenNames,
      path: 'server/http/date-helpers.ts',
      text: '',
    },
    { finds: 'a barrel', rule: forbiddenNames, path: 'widget/parts/index.ts', text: '' },
    { finds: 'capitals', rule: forbiddenNames, path: 'server/domain/LicenseKey.ts', text: '' },
    {
      finds: 'a lonely test',
      rule: leftOutTests,
      path: 'test/a.test.ts',
      text: `it.${'only'}('x', () => {})`,
    },
    {
      finds: 'a skipped suite',
      rule: leftOutTests,
      path: 'test/a.test.ts',
      text: `describe.${'skip'}('x', () => {})`,
    },
  ])('$finds in $path', ({ rule, path, text }) => {
    expect(rule(planted(path, text))).not.toEqual([])
  })

  it('nothing in comments, strings and what deps hand in', () => {
    const text =
      "// Date.now()\nconst a = 'Math.random()'\nconst b = deps.randomBytes(3)\nnew Date(0)"
    const file = planted('server/usecases/license-manager.ts', text)
    expect(RULES.flatMap(({ rule }) => rule(file))).toEqual([])
  })
})
