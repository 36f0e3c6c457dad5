/** What an error of the driver means for the batch that met it. */
import { LibsqlError } from '@libsql/client'
import { DrizzleQueryError } from 'drizzle-orm'

/**
 * - `conflict`: a UNIQUE, PRIMARY KEY or CHECK refused a row; nothing was stored
 * - `busy`: the database did not get to it; nothing was stored
 * - `unknown`: the reply is missing; the batch may or may not be stored
 * - `fault`: anything else, a NOT NULL or FOREIGN KEY failure included: our bug, or a broken database
 */
export type Failure = 'conflict' | 'busy' | 'unknown' | 'fault'

/** A read that was not answered. Whoever reads gets this, over each driver and in a batch, too. */
export class ReadFailed extends Error {
  override readonly name = 'ReadFailed'

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

const NOTHING_STORED = /^(SQLITE_BUSY|SQLITE_LOCKED|CLIENT_CLOSED|TRANSACTION_CLOSED)/
const REPLY_MISSING =
  /^(SERVER_ERROR|HRANA_|INTERNAL_ERROR|UNKNOWN|STREAM_|BATON_|TRANSACTION_|TIMEOUT|ECONN|EPIPE|ETIMEDOUT|UND_ERR)/
const UNUSABLE = /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN)/
const ROW_REFUSED =
  /\b(UNIQUE|PRIMARY KEY|CHECK) constraint failed|CONSTRAINT_(UNIQUE|PRIMARYKEY|CHECK)/

/** Judges an error of the database. Without a code it came from the way there (C02, C05). */
export function failureOf(error: unknown): Failure {
  const cause = unwrapped(error)
  const code = codeOf(cause)
  if (code === null) return 'unknown'
  if (NOTHING_STORED.test(code)) return 'busy'
  if (REPLY_MISSING.test(code)) return 'unknown'
  if (code.startsWith('SQLITE_CONSTRAINT') && ROW_REFUSED.test(describe(cause))) return 'conflict'
  return 'fault'
}

/** True when a read may simply be repeated; never for an error of anything but the database. */
export function isRepeatableRead(error: unknown): boolean {
  return isOfDatabase(error) && ['busy', 'unknown'].includes(failureOf(error))
}

/** True when a person has to see to the database: it is full, read-only or broken (C21). */
export function isUnusable(error: unknown): boolean {
  return isOfDatabase(error) && UNUSABLE.test(codeOf(unwrapped(error)) ?? '')
}

function isOfDatabase(error: unknown): boolean {
  return [DrizzleQueryError, ReadFailed, LibsqlError].some((kind) => error instanceof kind)
}

/** `reconnect()` rejects the calls that wait for a connection in this way; none of them has started. */
export function isOfClosedConnection(error: unknown): boolean {
  return codeOf(unwrapped(error)) === 'CLIENT_CLOSED'
}

/** Zero-based, of the batch as it was sent; null when the failure is not of one statement. */
export function failedStatement(error: unknown): number | null {
  if (!(error instanceof Error) || !('statementIndex' in error)) return null
  return typeof error.statementIndex === 'number' ? error.statementIndex : null
}

function unwrapped(error: unknown): unknown {
  const isWrapping = error instanceof DrizzleQueryError || error instanceof ReadFailed
  return isWrapping ? unwrapped(error.cause) : error
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

/** libSQL over HTTP has no extended code, so the message says which constraint it was. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const extended = 'extendedCode' in error ? String(error.extendedCode) : ''
  return `${extended} ${error.message}`
}
