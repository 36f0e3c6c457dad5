/** Brings a database to the shape that the code expects. */
import type { InStatement } from '@libsql/client'
import type { Temporal } from 'temporal-polyfill'
import type { Database } from './open.ts'
import { failureOf } from './failures.ts'
import { splitStatements } from './statements.ts'

export interface Migration {
  /** `NNNN_intent`; the numbers are the order. */
  readonly name: string
  readonly text: string
}

const CREATE_LIST = `CREATE TABLE IF NOT EXISTS migrations (
  name       TEXT    PRIMARY KEY,
  hash       TEXT    NOT NULL, -- SHA-256 of the text
  applied_at INTEGER NOT NULL  -- UTC epoch milliseconds
) STRICT`

/**
 * Applies what is missing, in order, each migration as one batch together with its row in
 * `migrations`. So an interrupted run resumes where it stopped, and of two processes that start at
 * once only one applies a migration: the other is refused by the primary key and moves on.
 *
 * @returns the names that this call applied
 * @throws Error when an applied migration has changed since, or one would come before an applied one
 */
export async function migrate(
  db: Database,
  now: Temporal.Instant,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  await db.client.batch([CREATE_LIST], 'write')
  const applied: string[] = []
  for (const migration of migrations) {
    const hash = await hashOf(migration.text)
    const pending = await isPending(db, migration, hash)
    if (pending && (await apply(db, now, migration, hash))) applied.push(migration.name)
  }
  return applied
}

/** Names of the migrations that are not applied yet, in order; all of them for a new database. */
export async function pendingMigrations(
  db: Database,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const { rows: tables } = await db.client.execute('SELECT 1 FROM sqlite_master WHERE name = ?', [
    'migrations',
  ])
  if (tables.length === 0) return migrations.map(({ name }) => name)
  const { rows } = await db.client.execute('SELECT name FROM migrations')
  const applied = new Set(rows.map((row) => row['name']))
  return migrations.map(({ name }) => name).filter((name) => !applied.has(name))
}

async function isPending(db: Database, { name }: Migration, hash: string): Promise<boolean> {
  const { rows } = await db.client.execute('SELECT name, hash FROM migrations ORDER BY name')
  const known = rows.find((row) => row['name'] === name)
  if (known && known['hash'] !== hash) {
    throw new Error(`Migration ${name} was applied with another text. Add a new migration instead.`)
  }
  const last = rows.at(-1)?.['name']
  if (!known && typeof last === 'string' && last > name) {
    throw new Error(
      `Migration ${name} is missing, but ${last} is applied. Give it a higher number.`,
    )
  }
  return known === undefined
}

/** False when another process was faster. */
async function apply(
  db: Database,
  now: Temporal.Instant,
  { name, text }: Migration,
  hash: string,
): Promise<boolean> {
  const row: InStatement = {
    sql: 'INSERT INTO migrations (name, hash, applied_at) VALUES (?, ?, ?)',
    args: [name, hash, BigInt(now.epochMilliseconds)],
  }
  try {
    await db.client.batch([row, ...splitStatements(text)], 'write')
    return true
  } catch (error) {
    const isRowRefused = error instanceof Error && error.message.includes('migrations.name')
    if (isRowRefused && failureOf(error) === 'conflict') return false
    throw new Error(`Migration ${name} failed, and nothing of it is stored.`, { cause: error })
  }
}

async function hashOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text.replaceAll('\r\n', '\n'))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
