/**
 * One database, two drivers: a libSQL file on Node, libSQL over HTTP on Workers. The package picks
 * the driver by the runtime it is bundled for, so this file is the same for both.
 */
import { createClient, type Client } from '@libsql/client'
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql'
import { readsOnly } from './reads-only.ts'

export interface Database {
  /** Builds statements, and runs reads: alone, or together as `orm.batch([…])`. Refuses to run a write. */
  readonly orm: LibSQLDatabase & { readonly $client: Client }
  /** For commit.ts and migrate.ts only. */
  readonly client: Client
  /** The same for all clients of one database: what may be remembered of it hangs on this. */
  readonly place: object
  close(): void
}

export interface DatabaseLocation {
  /** `file:…` on Node; `libsql://`, `https://` or `http://` (local sqld) anywhere. */
  readonly url: string
  readonly authToken?: string
}

const BUSY_TIMEOUT_MS = 5000

/**
 * Opens a database; a file is created when absent.
 *
 * A file gets WAL, so that readers and the writer do not block each other. `synchronous` is FULL and
 * foreign keys are on by libSQL's default, on each new connection; a test holds that. One connection
 * is enough, since a call on a file runs to its end without interleaving, and the fewest connections
 * suffer when one of them meets SQLITE_BUSY.
 *
 * @param place  given where a client lives shorter than what is remembered of its database
 * @throws Error that names the place, when a file cannot be opened or written
 */
export async function openDatabase(
  location: DatabaseLocation,
  place: object = {},
): Promise<Database> {
  const isFile = location.url.startsWith('file:')
  try {
    const client = createClient({
      ...location,
      ...(isFile ? { timeout: BUSY_TIMEOUT_MS, concurrency: 1 } : {}),
    })
    if (isFile) await client.execute('PRAGMA journal_mode = WAL')
    return databaseOf(client, place)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The database ${location.url} cannot be opened: ${reason}`, { cause })
  }
}

/** Wraps a client that the composition root made itself. */
export function databaseOf(client: Client, place: object = {}): Database {
  return { orm: drizzle(readsOnly(client)), client, place, close: () => client.close() }
}
