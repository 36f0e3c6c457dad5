/** Reads of the journal that commands need. */
import { and, asc, desc, eq, max } from 'drizzle-orm'
import type { Database } from './open.ts'
import { journal } from './schema/journal.ts'

export type StoredEntry = typeof journal.$inferSelect

/** The version of a stream; 0 before its first entry. For facts that have no row with a `version`. */
export async function streamVersion(db: Database, stream: string): Promise<number> {
  const rows = await db.orm
    .select({ version: max(journal.version) })
    .from(journal)
    .where(eq(journal.stream, stream))
  return rows[0]?.version ?? 0
}

/** The entry that a command left under its key, or null: it was not stored. For `lookUp` of `decideAndCommit`. */
export async function entryOfCommand(
  db: Database,
  commandKey: string,
): Promise<StoredEntry | null> {
  const rows = await db.orm.select().from(journal).where(eq(journal.commandKey, commandKey))
  return rows[0] ?? null
}

/** Entries of one type, oldest first. */
export function entriesOfType(
  db: Database,
  { stream, type }: Pick<StoredEntry, 'stream' | 'type'>,
): Promise<StoredEntry[]> {
  return db.orm
    .select()
    .from(journal)
    .where(and(eq(journal.stream, stream), eq(journal.type, type)))
    .orderBy(asc(journal.version))
}

/** The latest entry of a stream; null before its first one. */
export async function latestEntry(db: Database, stream: string): Promise<StoredEntry | null> {
  const [row] = await db.orm
    .select()
    .from(journal)
    .where(eq(journal.stream, stream))
    .orderBy(desc(journal.version))
    .limit(1)
  return row ?? null
}
