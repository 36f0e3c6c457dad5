import { eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exactly, commit } from '../../../server/db/commit.ts'
import { orders } from '../../../server/db/schema.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { AT, CONSENT, readOrder, storeOrders } from './stored-order.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await storeOrders(database.db, 'ord_one')
})
afterAll(() => database.remove())

async function store(values: Partial<typeof orders.$inferInsert>) {
  const { db } = database
  const { version } = await readOrder(db, 'ord_one')
  const update = db.orm
    .update(orders)
    .set({ ...values, version: version + 1 })
    .where(eq(orders.id, 'ord_one'))
  const entry = { type: 'order.changed', actor: 'test', productId: null, data: {} }
  const journal = [{ ...entry, stream: 'order:ord_one', version: version + 1 }] as const
  await commit(db, AT, { journal, statements: [exactly(update, 1)] })
  return readOrder(db, 'ord_one')
}

describe('columns', () => {
  it.each(['1969-12-31T23:59:59.999Z', '2026-02-28T23:59:59Z', '9999-12-31T23:59:59Z'])(
    'keep the instant %s',
    async (text) => {
      const { paidAt } = await store({ paidAt: Temporal.Instant.from(text) })
      expect(paidAt?.toString()).toBe(text)
    },
  )

  it.each([true, false])('keep the flag %s', async (disputed) => {
    expect((await store({ disputed })).disputed).toBe(disputed)
  })

  it.each(['é "quoted"\nline', "semi;colon'", null])(
    'keep the text %j within a value',
    async (ip) => {
      const consent = { ...CONSENT, ip }
      expect((await store({ consent })).consent).toEqual(consent)
    },
  )

  it('keep null apart from a value, in instants and in JSON', async () => {
    await store({ paidAt: AT, failure: { code: 'declined', message: 'The card was declined.' } })
    expect(await store({ paidAt: null, failure: null })).toMatchObject({
      paidAt: null,
      failure: null,
    })
  })

  it('find and sort by instants', async () => {
    await store({ sweepAt: AT })
    const due = await database.db.orm.select().from(orders).where(eq(orders.sweepAt, AT))
    expect(due).toHaveLength(1)
  })
})
