/** A migrated database in a file of its own: what the server meets, nothing pretended. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { migrate } from '../../server/db/migrate.ts'
import { MIGRATIONS } from '../../server/db/migrations.ts'
import { openDatabase, type Database } from '../../server/db/open.ts'
import { scratch } from './scratch.ts'

export interface TestDatabase {
  readonly db: Database
  readonly url: string
  /** Closes it and deletes its directory. */
  remove(): Promise<void>
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const directory = await mkdtemp(join(scratch(), 'license-center-'))
  const url = `file:${join(directory, 'center.db')}`
  const db = await openDatabase({ url })
  await migrate(db, Temporal.Instant.from('2026-01-01T00:00:00Z'), MIGRATIONS)
  return {
    db,
    url,
    async remove() {
      db.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
