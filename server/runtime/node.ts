/** License Center on Node, with a libSQL file or libSQL over HTTP. */
import { serve } from '@hono/node-server'
import { Temporal } from 'temporal-polyfill'
import { createApp } from '../app.ts'
import { migrate } from '../db/migrate.ts'
import { MIGRATIONS } from '../db/migrations.ts'
import { readConfiguration } from './config.ts'
import { startJobs } from './jobs.ts'
import { KEEP_ALIVE } from './keep-alive.ts'
import { createNodeDeps } from './node-deps.ts'
import { stopOnSignals } from './shutdown.ts'
import { staticFiles } from './static-files.ts'

const configuration = readConfiguration(process.env)
const stopping = new AbortController()
const deps = await createNodeDeps(configuration, { stopping: stopping.signal })
await migrate(deps.db, Temporal.Now.instant(), MIGRATIONS)
const assets = new URL('..', import.meta.url).pathname
const app = createApp(deps, [staticFiles(assets)])
const stopJobs = startJobs(deps)
const { port } = configuration
const server = serve({ fetch: app.fetch, port, serverOptions: KEEP_ALIVE }, (address) => {
  deps.log({ level: 'info', event: 'server.started', port: address.port })
})
stopOnSignals({ server, deps, stopping, stopJobs })
