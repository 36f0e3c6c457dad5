/** C20: a migration is applied while the version before it serves, so it only adds. */
import { createClient } from '@libsql/client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { migrate, type Migration } from '../../../server/db/migrate.ts'
import { MIGRATIONS } from '../../../server/db/migrations.ts'
import { databaseOf } from '../../../server/db/open.ts'
import { DR_MONTHLY } from '../../support/buyer.ts'
import { contractions, shapeOf } from '../../support/schema-law.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'
import { AT } from './stored-order.ts'

/** Adds whatever a migration may add. */
const NEXT: Migration = {
  name: '9998_add_whatever_may_be_added',
  text: `
    CREATE TABLE later (id TEXT PRIMARY KEY) STRICT;
    ALTER TABLE licenses ADD COLUMN later_note TEXT;
    ALTER TABLE orders ADD COLUMN later_count INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE customers ADD COLUMN later_at INTEGER;
    ALTER TABLE quotes ADD COLUMN later_kind TEXT NOT NULL DEFAULT 'none';
    CREATE INDEX later_licenses ON licenses (later_note);
  `,
}
const CONTRACTING = [
  [
    'ALTER TABLE licenses RENAME COLUMN type TO kind_of',
    ['licenses.type is gone', 'licenses.kind_of is new, and required'],
  ],
  ['DROP TABLE tickets', ['tickets is gone']],
  ['CREATE UNIQUE INDEX one_email ON orders (email)', ['orders (email) is unique now']],
  [
    'CREATE TABLE copy (a TEXT); DROP TABLE copy; CREATE TABLE other (id TEXT, must TEXT NOT NULL)',
    [],
  ],
] as const

function emptyDatabase() {
  const client = createClient({ url: ':memory:' })
  onTestFinished(() => client.close())
  return databaseOf(client)
}

describe('each migration', () => {
  it('leaves every statement of the version before it valid', async () => {
    const db = emptyDatabase()
    const found: Record<string, string[]> = {}
    let before = await shapeOf(db.client)
    for (const [index, { name }] of MIGRATIONS.entries()) {
      await migrate(db, AT, MIGRATIONS.slice(0, index + 1))
      const after = await shapeOf(db.client)
      const broken = contractions(before, after)
      if (broken.length > 0) found[name] = broken
      before = after
    }
    expect(found).toEqual({})
  })

  it.each(CONTRACTING)('that did “%s” would be caught', async (text, broken) => {
    const db = emptyDatabase()
    await migrate(db, AT, MIGRATIONS)
    const before = await shapeOf(db.client)
    await migrate(db, AT, [...MIGRATIONS, { name: '9999_contract', text }])
    expect(contractions(before, await shapeOf(db.client))).toEqual(broken)
  })
})

describe('a version that serves', () => {
  let center: TestSystem
  beforeAll(async () => {
    center = await startTestSystem()
  })
  afterAll(() => center.remove())

  it('answers 200 requests alike, before, while and after the next version migrates', async () => {
    const { db } = center.system.deps
    const statuses = new Map<number, number>()
    const visit = async (number: number) => {
      const buyer = center.as('recover', `visitor-${number}`)
      const quote = await buyer.quote(DR_MONTHLY)
      const body = { quote_id: quote.id, notices_version: quote.notices.version }
      const placed = await buyer.send('orders', { body })
      const order = await placed.clone().json()
      const answers = [
        placed,
        await buyer.send(`orders/${order.id}/cancel`, { method: 'POST' }),
        await buyer.send('licenses'),
      ]
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    const visits = async (from: number) => {
      for (let number = from; number < from + 25; number++) await visit(number)
    }
    await Promise.all([visits(0), migrate(db, AT, [...MIGRATIONS, NEXT])])
    await visits(100)
    expect(Object.fromEntries(statuses)).toEqual({ 200: 100, 201: 50 })
    const { rows } = await db.client.execute('SELECT later_count FROM orders')
    expect(rows).toHaveLength(50)
  })
})
