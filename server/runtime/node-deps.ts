/** The dependencies of the application on Node: a real clock unless another one is given, real randomness. */
import type { HttpBindings } from '@hono/node-server'
import { Temporal } from 'temporal-polyfill'
import { openDatabase } from '../db/open.ts'
import type { Deps, LogEntry } from '../deps.ts'
import { createStripePayments } from '../payments/stripe.ts'
import type { Configuration } from './config.ts'
import { createNewId } from './ids.ts'
import { importSecrets } from './secrets.ts'

const LONG_POLL = { everyMs: 250, maxMs: 25_000 }

export interface NodeOptions {
  readonly now?: () => Temporal.Instant
  readonly log?: (entry: LogEntry) => void
  readonly sandbox?: boolean
}

export async function createNodeDeps(
  configuration: Configuration,
  { now = Temporal.Now.instant, log = writeJsonLine, sandbox = false }: NodeOptions = {},
): Promise<Deps> {
  const { database, stripe, secrets, hostSecret, centerOrigin } = configuration
  const db = await openDatabase(database)
  return {
    db,
    payments: createStripePayments({ ...stripe, now }),
    now,
    newId: createNewId(now, randomBytes),
    randomBytes,
    random: Math.random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    secrets: await importSecrets(secrets, hostSecret),
    config: { centerOrigin, sandbox, longPoll: LONG_POLL, addressOf: socketAddress },
    log,
  }
}

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** The socket's own address: a header that anybody can write is not believed. */
function socketAddress(_request: Request, env: unknown): string | null {
  const bindings = env as Partial<HttpBindings> | undefined
  return bindings?.incoming?.socket.remoteAddress ?? null
}

function writeJsonLine(entry: LogEntry): void {
  console.log(JSON.stringify(entry))
}
