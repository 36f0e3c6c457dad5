/** Statements that are built once: with other values each time, and of whichever database is asked. */
import { asc, eq, lte } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { afterEach, describe, expect, it } from 'vitest'
import { builtOnce } from '../../../server/db/built-once.ts'
import { commit } from '../../../server/db/commit.ts'
import { journal } from '../../../server/db/schema.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const at = Temporal.Instant.from('2026-03-01T00:00:00Z')
const open: TestDatabase[] = []
afterEach(() => Promise.all(open.splice(0).map((database) => database.remove())))

async function databaseOf(...streams: readonly string[]) {
  const database = await createTestDatabase()
  open.push(database)
  for (const [index, stream] of streams.entries()) {
    const entry = { stream, version: 1, type: 't.happened', actor: 'operator:anna' }
    const data = { index, isOdd: index % 2 === 1 }
    const now = at.add({ hours: index })
    const journal = [{ ...entry, productId: null, data }] as const
    await commit(database.db, now, { journal, statements: [] })
  }
  return database.db
}

function entriesBuiltOnce() {
  let builds = 0
  const read = builtOnce(['stream', 'until', 'limit'], ({ orm }, { stream, until, limit }) => {
    builds += 1
    return [
      orm.select().from(journal).where(eq(journal.stream, stream)),
      orm
        .select({ at: journal.at, data: journal.data })
        .from(journal)
        .where(lte(journal.at, until))
        .orderBy(asc(journal.position))
        .limit(limit),
    ] as const
  })
  return { read, builds: () => builds }
}

const until = (hours: number) => at.add({ hours }).epochMilliseconds

describe('builtOnce()', () => {
  it('answers rows as drizzle does, to each value its own', async () => {
    const db = await databaseOf('order:a', 'order:b', 'order:c')
    const { read, builds } = entriesBuiltOnce()
    const [[b], early] = await read(db, { stream: 'order:b', until: until(1), limit: 10 })
    expect(b).toMatchObject({ stream: 'order:b', productId: null, data: { index: 1, isOdd: true } })
    expect(b?.at.equals(at.add({ hours: 1 }))).toBe(true)
    expect(early.map(({ data }) => data['index'])).toEqual([0, 1])
    const [none, first] = await read(db, { stream: 'order:x', until: until(9), limit: 1 })
    expect(none).toEqual([])
    expect(first.map(({ data }) => data['index'])).toEqual([0])
    expect(builds()).toBe(1)
  })

  it('asks the database that it is given, also after another one was closed', async () => {
    const [one, other] = [await databaseOf('order:a'), await databaseOf('order:b')]
    const { read, builds } = entriesBuiltOnce()
    const all = { until: until(9), limit: 10 }
    expect((await read(one, { ...all, stream: 'order:a' }))[0]).toHaveLength(1)
    one.close()
    expect((await read(other, { ...all, stream: 'order:a' }))[0]).toHaveLength(0)
    expect((await read(other, { ...all, stream: 'order:b' }))[0]).toHaveLength(1)
    expect(builds()).toBe(1)
  })
})
