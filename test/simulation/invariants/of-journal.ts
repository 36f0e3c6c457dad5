/** What holds for the journal, which is lock, audit trail and outbox at once. */
import type { Disk } from '../world/database.ts'
import type { JournalRow, OrderFacts } from './facts.ts'

export type JournalInvariant = (
  disk: Disk,
  /** Written by the latest batch. */
  entries: readonly JournalRow[],
  /** Orders as they were before it. */
  before: ReadonlyMap<string, OrderFacts>,
) => string | null

/** I9: versions of a stream count 1, 2, 3 … */
const gapless: JournalInvariant = ({ all }, entries) => {
  for (const { stream, version } of entries) {
    const rows = all(
      'SELECT count(*) AS count FROM journal WHERE stream = ? AND version <= ?',
      stream,
      version,
    )
    if (rows[0]?.['count'] !== version) return `${stream} has a gap before ${version}`
  }
  return null
}

const VERSIONED = [
  ['orders', 'order'],
  ['licenses', 'license'],
  ['customers', 'customer'],
  ['activations', 'activation'],
  ['webhook_endpoints', 'webhook_endpoint'],
] as const

/** Asked in one statement, since it is asked after each write. */
const UNTOLD = VERSIONED.map(
  ([table, prefix]) => `SELECT * FROM (SELECT t.id, t.version, (SELECT max(version) FROM journal
    WHERE stream = '${prefix}:' || t.id) AS last FROM ${table} t WHERE t.version IS NOT last LIMIT 1)`,
).join(' UNION ALL ')

/** I8: a row carries the version of its latest entry: no change without an entry, no entry without a change. */
const entryForEachChange: JournalInvariant = ({ all }) => {
  const [row] = all(UNTOLD)
  if (row === undefined) return null
  return `${row['id']} is at ${row['version']}, its journal at ${row['last']}`
}

/** I8: what an order says never changes without an entry of its own. */
const noSilentChange: JournalInvariant = ({ all }, entries, before) => {
  const told = new Set(entries.map(({ stream }) => stream))
  for (const row of all('SELECT * FROM orders')) {
    const old = before.get(String(row['id']))
    if (old === undefined || told.has(`order:${row['id']}`)) continue
    // The lease of the sweep is no change of the order.
    const changed = Object.keys(row).find(
      (name) => name !== 'sweep_at' && row[name] !== old.order[name],
    )
    if (changed !== undefined) return `${changed} of ${row['id']} changed without an entry`
  }
  return null
}

export const JOURNAL_INVARIANTS: Readonly<Record<string, JournalInvariant>> = {
  'I9 gapless journal': gapless,
  'I8 entry for each change': entryForEachChange,
  'I8 no silent change': noSilentChange,
}
