/** One real libSQL database per process, emptied for each schedule, behind a client that can fail. */
import { LibsqlError, type Client, type InStatement } from '@libsql/client'
import Raw from 'libsql'
import { mkdtempSync, existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { migrate } from '../../../server/db/migrate.ts'
import { MIGRATIONS } from '../../../server/db/migrations.ts'
import { databaseOf, openDatabase, type Database } from '../../../server/db/open.ts'
import { applyCatalogue } from '../../../server/usecases/apply-catalogue.ts'
import { catalogueOf } from './catalogue.ts'
import { keepStatements } from './kept-statements.ts'

export interface Disk {
  /** What the server would hold, without a world around it. */
  readonly db: Database
  /** Reads beside the server, at once, for invariants. */
  all(sql: string, ...parameters: unknown[]): readonly Row[]
  /** Back to the migrated database with its first catalogue. */
  wipe(): void
  close(): void
}

export type Row = Readonly<Record<string, unknown>>

const CATALOGUE_TABLES = ['catalogue_versions', 'journal']
const BEGAN_AT = Temporal.Instant.from('2020-01-01T00:00:00Z')

/** In memory where there is a file system for that. */
export async function openDisk(): Promise<Disk> {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const directory = mkdtempSync(join(parent, 'license-center-simulation-'))
  const file = join(directory, 'center.db')
  const db = await openDatabase({ url: `file:${file}` })
  await migrate(db, BEGAN_AT, MIGRATIONS)
  const deps = { db, now: () => BEGAN_AT, random: () => 0, sleep: async () => {} }
  const first = { document: catalogueOf(1), actor: 'simulation', reason: 'The world begins.' }
  await applyCatalogue(deps, { ...first, keys: 'as_written' })
  const raw = new Raw(file)
  keepStatements()
  const wiping = wipingStatements(raw)
  return {
    db,
    all: (sql, ...parameters) => raw.prepare(sql).all(...parameters) as Row[],
    wipe: () => raw.exec(wiping),
    close: () => {
      raw.close()
      db.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Every table that there is, so that a new one is emptied as well. */
function wipingStatements(raw: InstanceType<typeof Raw>): string {
  const named = raw
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all() as { name: string }[]
  const [first] = (raw.prepare('SELECT version FROM catalogue_versions').all() as Row[]).map(
    ({ version }) => String(version),
  )
  const emptied = named
    .map(({ name }) => name)
    .filter((name) => name !== 'migrations' && !CATALOGUE_TABLES.includes(name))
  return [
    'PRAGMA foreign_keys = OFF',
    'BEGIN IMMEDIATE',
    ...emptied.map((name) => `DELETE FROM ${name}`),
    // A version that was in force before may have come back under a higher number.
    `DELETE FROM catalogue_versions WHERE version <> '${first}'`,
    'UPDATE catalogue_versions SET sequence = 1',
    'DELETE FROM journal WHERE position > 1',
    `UPDATE sqlite_sequence SET seq = 1 WHERE name = 'journal'`,
    'COMMIT',
  ].join(';')
}

/** The steps that a client takes, so that a world can stand in between. */
export interface DatabaseSteps {
  read<T>(statements: readonly InStatement[], run: () => Promise<T>): Promise<T>
  write<T>(statements: readonly InStatement[], run: () => Promise<T>): Promise<T>
}

export function databaseWith({ db }: Disk, steps: DatabaseSteps): Database {
  const run: Pick<Client, 'execute' | 'batch' | 'reconnect'> = {
    execute: (statement: InStatement) =>
      steps.read([statement], () => db.client.execute(statement)),
    batch: (statements, mode) => {
      const list = statements.map((item) =>
        Array.isArray(item) ? { sql: item[0], args: item[1] ?? [] } : item,
      )
      const work = () => db.client.batch(list, mode)
      return mode === 'write' ? steps.write(list, work) : steps.read(list, work)
    },
    reconnect: async () => {},
  }
  return databaseOf({ ...run, close: () => {} } as unknown as Client)
}

/** What a busy file answers. */
export function busy(): LibsqlError {
  return new LibsqlError('SQLITE_BUSY: database is locked', 'SQLITE_BUSY')
}
