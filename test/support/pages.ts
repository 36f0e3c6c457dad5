/** A small app around page routes: a real database file, a fixed clock, no payments. */
import { Hono } from 'hono'
import { typeid } from 'typeid-js'
import type { Database } from '../../server/db/open.ts'
import type { Deps } from '../../server/deps.ts'
import type { IdPrefix, NewId } from '../../server/domain/ids.ts'
import type { AppEnv } from '../../server/http/env.ts'
import { answerNotFound } from '../../server/routes/not-found.tsx'
import type { TestClock } from './clock.ts'

export const PAGE_ORIGIN = 'https://center.example'

export function createPageApp(
  db: Database,
  clock: TestClock,
  ...routes: Hono<AppEnv>[]
): Hono<AppEnv> {
  const deps = pageDeps(db, clock)
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('deps', deps)
    c.set('requestId', 'req_test')
    await next()
  })
  app.notFound(answerNotFound)
  for (const route of routes) app.route('/', route)
  return app
}

/** What pages use of the dependencies; touching anything else is a mistake of the page. */
function pageDeps(db: Database, clock: TestClock): Deps {
  const used: Partial<Deps> = {
    db,
    now: clock.now,
    newId: newTypeId,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    random: () => Math.random(),
    sleep: async () => {},
    config: {
      centerOrigin: PAGE_ORIGIN,
      sandbox: true,
      longPoll: { everyMs: 1, maxMs: 1 },
      addressOf: () => null,
    },
    log: () => {},
  }
  return asDeps(used)
}

/** Guarantee: pages read only what is listed above; anything else is undefined and throws. */
function asDeps(used: Partial<Deps>): Deps {
  return used as Deps
}

const newTypeId: NewId = <P extends IdPrefix>(prefix: P) => `${prefix}_${typeid().toString()}`
