/** I11: replaying a request or an event changes nothing, to the last row. */
import type { World } from '../world/world.ts'
import { deliver } from '../world/webhooks.ts'

/** Not on every day: it is as dear as the day itself. */
const SHARE = 0.1
/** Tables that say how often somebody looked, not what is so. */
const UNCOUNTED = /^(sqlite_|migrations$|_)/
const WITHIN_MS = 120_000

/** For a world at rest: everything that was said is said once more. */
export async function replayEverything(world: World): Promise<void> {
  const { scheduler, stripe, requests } = world
  if (world.violation !== null || world.lot('replay') >= SHARE) return
  const before = dump(world)
  world.note(() => 'everything that was said is said once more')
  for (const [index, event] of [...stripe.store.events.values()].entries()) {
    if (stripe.delivered.has(event.id)) deliver(world, `event ${index} again`, event)
  }
  for (const [index, request] of requests.entries()) {
    scheduler.start(scheduler.newTask(`request ${index} again`, null), request)
  }
  await scheduler.run(() => false, world.nowMs + WITHIN_MS)
  const changed = difference(before, dump(world))
  if (changed !== null) world.violate({ invariant: 'I11 replay changes nothing', says: changed })
}

type Dump = ReadonlyMap<string, readonly string[]>

function dump({ machine: { disk } }: World): Dump {
  const tables = disk.all(`SELECT name FROM sqlite_master WHERE type = 'table'`)
  return new Map(
    tables
      .map(({ name }) => String(name))
      .filter((name) => !UNCOUNTED.test(name))
      .map((name) => [name, disk.all(`SELECT * FROM ${name}`).map((row) => JSON.stringify(row))]),
  )
}

function difference(before: Dump, after: Dump): string | null {
  for (const [table, rows] of after) {
    const old = new Set(before.get(table))
    const changed = rows.find((row) => !old.has(row))
    if (changed !== undefined) return `${table}: ${changed}`
  }
  return null
}
