import { createClient } from '@libsql/client/web'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { commit, decideAndCommit, exactly, type CommitDeps } from '../../server/db/commit.ts'
import { entryOfCommand } from '../../server/db/journal.ts'
import { migrate } from '../../server/db/migrate.ts'
import { MIGRATIONS } from '../../server/db/migrations.ts'
import { databaseOf, type Database } from '../../server/db/open.ts'
import { journal, orders } from '../../server/db/schema.ts'
import { AT, readOrder, storeOrders } from '../server/db/stored-order.ts'
import { startHrana } from '../support/hrana/for-test.ts'
import type { Fate } from '../support/hrana/server.ts'

const ORDER = 'ord_one'
const STREAM = `order:${ORDER}`

/** A migrated database over HTTP with one order in it. */
async function startDatabase() {
  const server = await startHrana()
  const client = createClient({ url: server.url })
  onTestFinished(() => client.close())
  const db = databaseOf(client)
  await migrate(db, AT, MIGRATIONS)
  await storeOrders(db, ORDER)
  return { server, db }
}

const entryAt = (version: number) => ({
  stream: STREAM,
  version,
  type: 'order.changed',
  actor: 'test',
  productId: 'recover',
  data: {},
})

/** Adds 1 to the total under a command key; answers with the version that it made. */
function raise(db: Database, commandKey: string): Promise<number> {
  const deps: CommitDeps = { db, now: () => AT, random: Math.random, sleep: pause }
  return decideAndCommit(
    deps,
    { commandKey },
    async () => {
      const { version } = await readOrder(db, ORDER)
      const update = db.orm
        .update(orders)
        .set({ total: sql`${orders.total} + ${1}`, version: version + 1 })
        .where(eq(orders.id, ORDER))
      const change = { journal: [entryAt(version + 1)], statements: [exactly(update, 1)] } as const
      return { change, result: version + 1 }
    },
    async () => (await entryOfCommand(db, commandKey))?.version ?? null,
  )
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

describe('a change over HTTP', () => {
  it('is one round trip, its guards and its journal included', async () => {
    const { server, db } = await startDatabase()
    const before = server.roundTrips()
    const update = db.orm.update(orders).set({ version: 1 }).where(eq(orders.id, ORDER))
    await commit(db, AT, { journal: [entryAt(1)], statements: [exactly(update, 1)] })
    expect(server.roundTrips() - before).toBe(1)
  })

  it('that finds another version is a lost race of the journal, and stores nothing', async () => {
    const { db } = await startDatabase()
    const change = { journal: [entryAt(1)], statements: [] } as const
    await commit(db, AT, change)
    await expect(commit(db, AT, change)).rejects.toMatchObject({
      name: 'LostRace',
      refusedBy: 'journal',
    })
  })

  it('whose guard is not met is a lost race of the guard', async () => {
    const { db } = await startDatabase()
    const update = db.orm.update(orders).set({ version: 1 }).where(eq(orders.id, 'ord_nobody'))
    const change = { journal: [entryAt(1)], statements: [exactly(update, 1)] } as const
    await expect(commit(db, AT, change)).rejects.toMatchObject({ refusedBy: 'guard' })
    expect(await db.orm.select().from(journal).where(eq(journal.stream, STREAM))).toEqual([])
  })

  it.each<Fate>(['reply lost', 'request lost', 'twice', 'stream expired', { delayMs: 30 }])(
    'C02, C05: is stored exactly once when its request meets “%s”',
    async (fate) => {
      const { server, db } = await startDatabase()
      let isMet = false
      server.setWeather((_, requests) => {
        const isWrite = JSON.stringify(requests).includes('BEGIN IMMEDIATE')
        if (!isWrite || isMet) return 'fine'
        isMet = true
        return fate
      })
      expect(await raise(db, 'raise:1')).toBe(1)
      expect(isMet).toBe(true)
      expect(await readOrder(db, ORDER)).toMatchObject({ total: 1, version: 1 })
    },
  )

  it('C04: is stored when it was confirmed, and only then, among 20 clients at once', async () => {
    const { server, db } = await startDatabase()
    const clients = Array.from({ length: 20 }, () => createClient({ url: server.url }))
    const outcomes = await Promise.allSettled(
      clients.map((client, index) => raise(databaseOf(client), `raise:${index}`)),
    )
    const confirmed = outcomes.filter(({ status }) => status === 'fulfilled').length
    const stored = await db.orm.select().from(journal).where(eq(journal.stream, STREAM))
    expect(confirmed).toBeGreaterThan(0)
    expect(stored).toHaveLength(confirmed)
    expect(await readOrder(db, ORDER)).toMatchObject({ total: confirmed, version: confirmed })
  })
})
