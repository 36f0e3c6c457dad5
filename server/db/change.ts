/** A change as data: what the journal says about it, and the statements that make it. */
import type { InStatement } from '@libsql/client'
import { sql } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { bind, type Query } from './bind.ts'
import { insertBuiltOnce } from './built-once.ts'
import type { Database } from './open.ts'
import { commitGuards, journal } from './schema/journal.ts'

export interface JournalEntry {
  /** `order:ord_…`, `license:lic_…`, `promo:recover:WELCOME`. */
  readonly stream: string
  /** The version that was read, plus one. */
  readonly version: number
  /** `order.placed`, `license.issued` … */
  readonly type: string
  /** `customer:cus_…`, `provider`, `job:sweep`, `operator:…`. */
  readonly actor: string
  readonly productId: string | null
  readonly data: Record<string, unknown>
  /** Natural key of the command, stored at most once (C02). */
  readonly commandKey?: string
}

export interface Change {
  /** One entry per changed stream, and one per stream that the decision relied on without changing it. */
  readonly journal: readonly [JournalEntry, ...JournalEntry[]]
  /** In the order of execution. Wrap an UPDATE or DELETE that must find its rows in `exactly`. */
  readonly statements: readonly Query[]
}

interface GuardedQuery extends Query {
  readonly expectedRows: number
}

/**
 * An UPDATE, DELETE or INSERT … SELECT that must change exactly so many rows, or nothing of the
 * whole change is stored and `commit` throws `LostRace`.
 *
 * A batch cannot be judged before it commits, so the judge is a statement of the batch: directly
 * behind the query, an insert into `commit_guards` that happens only when SQLite's `changes()`
 * differs, and whose row its CHECK refuses.
 */
export function exactly(query: Query, expectedRows: number): Query {
  const guarded: GuardedQuery = { toSQL: () => query.toSQL(), expectedRows }
  return guarded
}

/** The batch of a change: its journal entries in front, so that a lost race stops at the first statement. */
export function statementsOf(
  db: Database,
  now: Temporal.Instant,
  change: Change,
): Exclude<InStatement, string>[] {
  const entries = change.journal.map(({ commandKey = null, ...entry }) =>
    journalEntry(db, { ...entry, at: now, commandKey }),
  )
  const guarded = change.statements.flatMap((query) =>
    isGuarded(query) ? [query, guardOf(db, query.expectedRows)] : [query],
  )
  return [...entries, ...guarded].map(bind)
}

const journalEntry = insertBuiltOnce(
  ['stream', 'version', 'type', 'actor', 'productId', 'at', 'data', 'commandKey'],
  (db, values) => db.orm.insert(journal).values(values),
)

function isGuarded(query: Query): query is GuardedQuery {
  return 'expectedRows' in query
}

function guardOf(db: Database, expectedRows: number): Query {
  return db.orm.insert(commitGuards).select(sql`SELECT 0 WHERE changes() <> ${expectedRows}`)
}
