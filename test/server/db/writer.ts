/**
 * One process of processes.test.ts: raises totals, and prints the number of each command once it is
 * stored. Every fifth goes to the order that all processes share.
 * Arguments: database url, name of the process, first command, number of commands.
 */
import { and, eq, sql } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { decideAndCommit, exactly } from '../../../server/db/commit.ts'
import { entryOfCommand } from '../../../server/db/journal.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { orders } from '../../../server/db/schema.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { readOrder } from './stored-order.ts'

const [url = '', name = '', first = '0', count = '0'] = process.argv.slice(2)
const db = await openDatabase({ url })
const deps = {
  db,
  now: () => Temporal.Now.instant(),
  random: Math.random,
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
}

for (let number = Number(first); number < Number(count); number++) {
  const startedAt = performance.now()
  await untilStored(number % 5 === 0 ? 'ord_shared' : `ord_${name}`, `${name}:${number}`)
  process.stdout.write(`${number} ${Math.round(performance.now() - startedAt)}\n`)
}
db.close()

/** On a slow disk a process may lose every race of a command; it waits as it is told, and repeats. */
async function untilStored(id: `ord_${string}`, commandKey: string): Promise<void> {
  try {
    await raise(id, commandKey)
  } catch (error) {
    const isAskedToRepeat = error instanceof Refused && error.code === 'database.unavailable'
    if (!isAskedToRepeat) throw error
    await deps.sleep(1000 * Number(error.detail['retryAfterSeconds']))
    await untilStored(id, commandKey)
  }
}

function raise(id: `ord_${string}`, commandKey: string): Promise<number> {
  return decideAndCommit(
    deps,
    { commandKey },
    async () => {
      const { version } = await readOrder(db, id)
      const next = version + 1
      const update = db.orm
        .update(orders)
        .set({ total: sql`${orders.total} + ${1}`, version: next })
        .where(and(eq(orders.id, id), eq(orders.version, version)))
      const entry = { type: 'order.changed', actor: name, productId: null, data: {} }
      const journal = [{ ...entry, stream: `order:${id}`, version: next }] as const
      return { change: { journal, statements: [exactly(update, 1)] }, result: next }
    },
    async () => (await entryOfCommand(db, commandKey))?.version ?? null,
  )
}
