import { createClient } from '@libsql/client'
import { and, eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decideAndCommit, exactly, type CommitDeps } from '../../../server/db/commit.ts'
import { entryOfCommand, streamVersion } from '../../../server/db/journal.ts'
import { databaseOf, type Database } from '../../../server/db/open.ts'
import { journal, orders } from '../../../server/db/schema.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { withWeather } from '../../support/faulty-client.ts'
import { AT, readOrder, storeOrders } from './stored-order.ts'

const ORDER = 'ord_one'
const STREAM = `order:${ORDER}`
let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  await storeOrders(database.db, ORDER, 'ord_two')
})
afterEach(() => database.remove())

const realSleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function depsOn(db: Database, sleep: CommitDeps['sleep'] = async () => {}): CommitDeps {
  return { db, now: () => AT, random: Math.random, sleep }
}

/** A command that adds 1 to the total and answers with the new version. */
function raise(deps: CommitDeps, commandKey?: string): Promise<number> {
  return decideAndCommit(
    deps,
    commandKey === undefined ? {} : { commandKey },
    async () => {
      const { version } = await readOrder(deps.db, ORDER)
      const next = version + 1
      const update = deps.db.orm
        .update(orders)
        .set({ total: sql`${orders.total} + ${1}`, version: next })
        .where(and(eq(orders.id, ORDER), eq(orders.version, version)))
      return {
        change: { journal: [entryAt(next)], statements: [exactly(update, 1)] },
        result: next,
      }
    },
    async () =>
      commandKey ? ((await entryOfCommand(deps.db, commandKey))?.version ?? null) : null,
  )
}

function entryAt(version: number, stream = STREAM) {
  return { stream, version, type: 'order.changed', actor: 'test', productId: 'recover', data: {} }
}

async function expectRaised(times: number): Promise<void> {
  const rows = await database.db.orm.select().from(journal).where(eq(journal.stream, STREAM))
  expect(rows.map((row) => row.version)).toEqual(Array.from({ length: times }, (_, i) => i + 1))
  expect(await readOrder(database.db, ORDER)).toMatchObject({ total: times, version: times })
}

describe('decideAndCommit()', () => {
  it('C04: stores each of 100 concurrent changes of one order, and loses none', async () => {
    const deps = depsOn(database.db, realSleep)
    const versions = await Promise.all(Array.from({ length: 100 }, () => raise(deps)))
    expect(new Set(versions).size).toBe(100)
    await expectRaised(100)
  })

  it('decides again after a lost race, so that a fact is never relied on twice', async () => {
    const fact = 'promo:recover:ONCE'
    const use = (order: string) =>
      decideAndCommit(depsOn(database.db), {}, async () => {
        const uses = await streamVersion(database.db, fact)
        if (uses >= 1) throw new Refused('promo.not_applicable')
        const entries = [entryAt(1, `order:${order}`), entryAt(uses + 1, fact)] as const
        return { change: { journal: entries, statements: [] }, result: order }
      })
    const outcomes = await Promise.allSettled([use('ord_one'), use('ord_two')])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'promo.not_applicable' },
    })
    expect(await streamVersion(database.db, fact)).toBe(1)
  })

  it('C02: applies a command once whose reply was lost, and returns its first result', async () => {
    const { db } = withWeather(database.db.client, (call) => (call === 2 ? 'reply lost' : 'fine'))
    expect(await raise(depsOn(db), 'cmd-1')).toBe(1)
    expect(await raise(depsOn(database.db), 'cmd-2')).toBe(2)
    expect(await raise(depsOn(database.db), 'cmd-1')).toBe(1)
    await expectRaised(2)
  })

  it('C02: applies a command once whose request was lost', async () => {
    const { db } = withWeather(database.db.client, (call) => (call === 2 ? 'request lost' : 'fine'))
    expect(await raise(depsOn(db), 'cmd-1')).toBe(1)
    await expectRaised(1)
  })

  it('C02: returns the first result, not a refusal of the second run, also when busy in between', async () => {
    const weather = ['fine', 'reply lost', 'busy', 'busy'] as const
    const { db } = withWeather(database.db.client, (call) => weather[call - 1] ?? 'fine')
    const cancel = decideAndCommit(
      depsOn(db),
      { commandKey: 'cancel' },
      async () => {
        if ((await readOrder(db, ORDER)).state === 'canceled')
          throw new Refused('order.not_cancelable')
        const update = db.orm.update(orders).set({ state: 'canceled' }).where(eq(orders.id, ORDER))
        return {
          change: { journal: [entryAt(1)], statements: [exactly(update, 1)] },
          result: 'done',
        }
      },
      async () => ((await entryOfCommand(db, 'cancel')) ? 'done' : null),
    )
    expect(await cancel).toBe('done')
  })

  it.each([1, 2, 3, 4])(
    'C03: reconnects and repeats when call %i meets SQLITE_BUSY',
    async (busy) => {
      const faulty = withWeather(database.db.client, (call) => (call === busy ? 'busy' : 'fine'))
      const deps = depsOn(faulty.db)
      await raise(deps, 'cmd-1')
      await raise(deps, 'cmd-2')
      expect(faulty.reconnects()).toBe(1)
      await expectRaised(2)
    },
  )

  it('C03: waits for a writer that really holds the file, and stores the change once', async () => {
    const holder = createClient({ url: database.url })
    const impatient = databaseOf(createClient({ url: database.url, timeout: 1, concurrency: 1 }))
    const lock = await holder.transaction('write')
    let pauses = 0
    const sleep = async () => {
      pauses += 1
      if (pauses === 3) await lock.rollback()
    }
    await raise(depsOn(impatient, sleep))
    expect(pauses).toBe(3)
    await expectRaised(1)
    holder.close()
    impatient.close()
  })

  it('C03: gives up after ten attempts, with growing pauses, and says when to come back', async () => {
    const faulty = withWeather(database.db.client, () => 'busy')
    const pauses: number[] = []
    const sleep = async (ms: number) => void pauses.push(ms)
    const command = raise({ ...depsOn(faulty.db, sleep), random: () => 1 })
    await expect(command).rejects.toMatchObject({
      code: 'database.unavailable',
      detail: { retryAfterSeconds: 2 },
    })
    expect(pauses).toEqual([20, 40, 80, 160, 320, 640, 1000, 1000, 1000])
    await expectRaised(0)
  })

  it('C05: survives any mixture of busy and broken moments with every change applied once', async () => {
    const moods = ['fine', 'reply lost', 'request lost', 'busy', 'fine', 'fine'] as const
    const { db } = withWeather(database.db.client, (call) => moods[(call * 7 + 3) % 6] ?? 'fine')
    const deps = depsOn(db)
    for (let number = 0; number < 20; number++) await raise(deps, `cmd-${number}`)
    await expectRaised(20)
  })

  it('does not repeat what is no race: a refusal, a bug of the decision, a broken rule of a row', async () => {
    let runs = 0
    const run = (error: unknown) =>
      decideAndCommit(depsOn(database.db), {}, () => {
        runs += 1
        throw error
      })
    await expect(run(new Refused('order.not_found'))).rejects.toThrow('order.not_found')
    await expect(run(new TypeError('undefined is not a function'))).rejects.toThrow('undefined')
    expect(runs).toBe(2)
    const below = database.db.orm.update(orders).set({ total: -1 })
    const change = { journal: [entryAt(1)], statements: [below] } as const
    const command = decideAndCommit(depsOn(database.db), {}, async () => ({ change, result: null }))
    await expect(command).rejects.toThrow('CHECK constraint failed: total >= 0')
    await expectRaised(0)
  })

  it('commits nothing when there is nothing to do', async () => {
    const faulty = withWeather(database.db.client, () => 'busy')
    const decide = async () => ({ change: null, result: 'as it was' })
    expect(await decideAndCommit(depsOn(faulty.db), {}, decide)).toBe('as it was')
  })
})
