import { createClient } from '@libsql/client'
import { and, eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  commit,
  exactly,
  LostRace,
  UnknownOutcome,
  type JournalEntry,
} from '../../../server/db/commit.ts'
import { streamVersion } from '../../../server/db/journal.ts'
import { journal, mails, orders } from '../../../server/db/schema.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { withWeather } from '../../support/faulty-client.ts'
import { AT, orderRow, readOrder, storeOrders } from './stored-order.ts'

const ORDER = 'ord_one'
let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  await storeOrders(database.db, ORDER, 'ord_two')
})
afterEach(() => database.remove())

function entry(version: number, stream = `order:${ORDER}`): JournalEntry {
  return { stream, version, type: 'order.changed', actor: 'test', productId: 'recover', data: {} }
}

function raiseTotal(from: number, by: number) {
  return database.db.orm
    .update(orders)
    .set({ total: sql`${orders.total} + ${by}`, version: from + 1 })
    .where(and(eq(orders.id, ORDER), eq(orders.version, from)))
}

describe('commit()', () => {
  it('stores the journal entry and the rows together', async () => {
    const { db } = database
    await commit(db, AT, { journal: [entry(1)], statements: [raiseTotal(0, 5)] })
    expect(await db.orm.select().from(journal)).toEqual([
      { ...entry(1), position: 1, at: AT, commandKey: null },
    ])
    expect(await readOrder(db, ORDER)).toMatchObject({ total: 5, version: 1 })
  })

  it('binds whole numbers as integers, so that arithmetic on them stays exact', async () => {
    const { db } = database
    const text = sql<string>`typeof(${orders.total}) || ' ' || ${orders.total}`
    await commit(db, AT, {
      journal: [entry(1)],
      statements: [
        raiseTotal(0, 5),
        db.orm
          .update(orders)
          .set({ email: sql`${7} || ' ' || typeof(${7} / ${2}) || (${7} / ${2})` }),
      ],
    })
    const [row] = await db.orm
      .select({ text, email: orders.email })
      .from(orders)
      .where(eq(orders.id, ORDER))
    expect(row).toEqual({ text: 'integer 5', email: '7 integer3' })
  })

  it('stores nothing of a change whose journal version is taken', async () => {
    const { db } = database
    await commit(db, AT, { journal: [entry(1)], statements: [raiseTotal(0, 5)] })
    const second = commit(db, AT, { journal: [entry(1)], statements: [raiseTotal(1, 5)] })
    await expect(second).rejects.toMatchObject({ name: 'LostRace', refusedBy: 'journal' })
    expect(await readOrder(db, ORDER)).toMatchObject({ total: 5, version: 1 })
  })

  it('refuses one of two commands that relied on the same fact without changing its row', async () => {
    const { db } = database
    const fact = `promo:recover:WELCOME`
    const read = await streamVersion(db, fact)
    const use = (order: string) =>
      commit(db, AT, {
        journal: [entry(1, `order:${order}`), entry(read + 1, fact)],
        statements: [],
      })
    await use('ord_one')
    await expect(use('ord_two')).rejects.toBeInstanceOf(LostRace)
    expect(await streamVersion(db, 'order:ord_two')).toBe(0)
  })

  it('stores nothing when a guarded statement finds other rows than expected', async () => {
    const { db } = database
    const statements = [exactly(raiseTotal(3, 5), 1), insertMail('mail_1')]
    const change = commit(db, AT, { journal: [entry(1)], statements })
    await expect(change).rejects.toMatchObject({ name: 'LostRace', refusedBy: 'guard' })
    expect(await db.orm.select().from(journal)).toEqual([])
    expect(await db.orm.select().from(mails)).toEqual([])
  })

  it('lets a guarded statement pass that finds its rows, and each guard judges its own', async () => {
    const { db } = database
    const statements = [
      exactly(raiseTotal(0, 1), 1),
      insertMail('mail_1'),
      exactly(raiseTotal(1, 1), 1),
      exactly(raiseTotal(7, 1), 0),
    ]
    await commit(db, AT, { journal: [entry(1)], statements })
    expect(await readOrder(db, ORDER)).toMatchObject({ total: 2, version: 2 })
    expect(
      (await db.client.execute('SELECT count(*) AS n FROM commit_guards')).rows[0]?.['n'],
    ).toBe(0)
  })

  it('calls another UNIQUE or CHECK a lost race as well, but a missing parent a bug', async () => {
    const { db } = database
    const change = (statement: Parameters<typeof exactly>[0]) =>
      commit(db, AT, { journal: [entry(1)], statements: [statement] })
    const taken = db.orm
      .insert(orders)
      .values({ ...orderRow('ord_three'), quoteId: `quo_of_${ORDER}` })
    const below = db.orm.update(orders).set({ total: -1 })
    const orphan = db.orm.insert(orders).values(orderRow('ord_orphan'))
    await expect(change(taken)).rejects.toMatchObject({ name: 'LostRace', refusedBy: 'row' })
    await expect(change(below)).rejects.toMatchObject({ name: 'LostRace', refusedBy: 'row' })
    await expect(change(orphan)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT' })
    await expect(change(orphan)).rejects.not.toBeInstanceOf(LostRace)
  })

  it('C02: says that it does not know when the reply is lost', async () => {
    const { db } = withWeather(database.db.client, () => 'reply lost')
    const change = commit(db, AT, { journal: [entry(1)], statements: [] })
    await expect(change).rejects.toBeInstanceOf(UnknownOutcome)
    expect(await streamVersion(database.db, `order:${ORDER}`)).toBe(1)
  })

  it('fails clearly on a database that cannot be written, and leaves no half state', async () => {
    const { db } = database
    await db.client.execute('PRAGMA query_only = 1')
    const change = commit(db, AT, { journal: [entry(1)], statements: [raiseTotal(0, 5)] })
    await expect(change).rejects.toThrow('attempt to write a readonly database')
    expect(await db.orm.select().from(journal)).toEqual([])
    expect(await readOrder(db, ORDER)).toMatchObject({ total: 0, version: 0 })
  })

  it('refuses a parameter that no column can hold before it sends anything', async () => {
    const statements = [database.db.orm.update(orders).set({ email: sql`${() => 'no'}` })]
    const change = commit(database.db, AT, { journal: [entry(1)], statements })
    await expect(change).rejects.toThrow('binds a value of type function')
  })
})

describe('the rest of the database', () => {
  it('cannot be written past commit()', async () => {
    const { orm } = database.db
    const past = 'A write goes through commit()'
    await expect(orm.update(orders).set({ total: 1 })).rejects.toMatchObject({
      cause: { message: expect.stringContaining(past) },
    })
    await expect(orm.batch([orm.delete(orders)])).rejects.toThrow(past)
    await expect(orm.transaction(async () => {})).rejects.toThrow(past)
    await expect(orm.batch([orm.select().from(orders)])).resolves.toMatchObject([
      [{ id: ORDER }, { id: 'ord_two' }],
    ])
  })

  it('is opened in WAL, with full synchronisation and foreign keys, also after a reconnect', async () => {
    const { client } = database.db
    await client.reconnect()
    const read = async (name: string) =>
      Object.values((await client.execute(`PRAGMA ${name}`)).rows[0] ?? {})
    expect(await read('journal_mode')).toEqual(['wal'])
    expect(await read('synchronous')).toEqual([2])
    expect(await read('foreign_keys')).toEqual([1])
    expect(await read('busy_timeout')).toEqual([5000])
  })

  it('is read by other clients', async () => {
    const other = createClient({ url: database.url })
    await commit(database.db, AT, { journal: [entry(1)], statements: [] })
    expect((await other.execute('SELECT count(*) AS n FROM journal')).rows[0]?.['n']).toBe(1)
    other.close()
  })
})

function insertMail(id: 'mail_1') {
  return database.db.orm.insert(mails).values({
    id,
    productId: 'recover',
    kind: 'receipt',
    reference: ORDER,
    recipient: 'buyer@example.com',
    locale: 'en',
    data: {},
    createdAt: AT,
  })
}
