/** A consistent copy of a database file, while it is served. */
import type { Database } from './open.ts'

/**
 * `VACUUM INTO` reads one snapshot, so writers go on meanwhile, and the copy has no WAL beside it. It
 * changes nothing here, and SQLite refuses it inside a transaction: so no batch, no journal entry.
 *
 * @param file  must not exist yet
 */
export async function backUp(db: Database, file: string): Promise<void> {
  await db.client.execute('VACUUM INTO ?', [file])
}
