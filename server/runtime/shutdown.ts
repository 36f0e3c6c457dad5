/**
 * A polite end on SIGINT and SIGTERM: nothing new is taken, what is under way ends, long polls are let
 * go at once, jobs finish their run. Whatever hangs is cut off after eight seconds.
 */
import type { ServerType } from '@hono/node-server'
import type { Deps } from '../deps.ts'

const PATIENCE_MS = 8000
const LOOK_EVERY_MS = 50

export interface Running {
  readonly server: ServerType
  readonly deps: Deps
  /** Aborts `deps.stopping`. */
  readonly stopping: AbortController
  /** Resolves when no job runs any more. */
  readonly stopJobs: () => Promise<void>
}

export function stopOnSignals(running: Running): void {
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      void stop(running, signal).then(() => process.exit(0))
    })
  }
}

async function stop({ server, deps, stopping, stopJobs }: Running, signal: string): Promise<void> {
  deps.log({ level: 'info', event: 'server.stopping', signal })
  const ended = Promise.all([closed(server), stopJobs()])
  stopping.abort()
  const isPolite = await Promise.race([
    ended.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS)),
  ])
  if (!isPolite && 'closeAllConnections' in server) server.closeAllConnections()
  deps.db.close()
  deps.log({ level: isPolite ? 'info' : 'warn', event: 'server.stopped', isPolite })
}

/** Kept-alive connections are closed as soon as nothing is asked on them. */
function closed(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if ('closeIdleConnections' in server) server.closeIdleConnections()
    }, LOOK_EVERY_MS)
    server.close(() => {
      clearInterval(timer)
      resolve()
    })
  })
}
