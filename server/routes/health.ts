/**
 * GET /health: the process answers; it asks nothing else, so that a busy database does not restart it.
 * GET /ready: send me requests; 503 while the database does not answer, and once the process stops.
 */
import { Hono } from 'hono'
import { catalogueVersions } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { Refused } from '../domain/refusals.ts'
import type { AppEnv } from '../http/env.ts'

const PATIENCE_MS = 2000
const RETRY_AFTER_SECONDS = 5

export const health = new Hono<AppEnv>()
  .get('/health', (c) => c.json({ status: 'ok' }))
  .get('/ready', async (c) => {
    const { deps } = c.var
    if (deps.stopping?.aborted || !(await isDatabaseReady(deps))) {
      throw new Refused('database.unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    c.header('Cache-Control', 'no-store')
    return c.json({ status: 'ready' })
  })

/** Reads a table of ours, so that a database without migrations is not ready either. */
async function isDatabaseReady(deps: Deps): Promise<boolean> {
  const { orm } = deps.db
  const read = orm.select({ version: catalogueVersions.version }).from(catalogueVersions).limit(1)
  try {
    return await Promise.race([read.then(() => true), deps.sleep(PATIENCE_MS).then(() => false)])
  } catch (error) {
    deps.log({ level: 'error', event: 'database.not_ready', error: String(error) })
    return false
  }
}
