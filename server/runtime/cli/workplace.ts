/** Opens what a command works on, and closes it whatever happens. */
import { userInfo } from 'node:os'
import type { CommitDeps } from '../../db/commit.ts'
import { pendingMigrations } from '../../db/migrate.ts'
import { MIGRATIONS } from '../../db/migrations.ts'
import type { Database } from '../../db/open.ts'
import type { Deps } from '../../deps.ts'
import { databaseLocation, readConfiguration } from '../config.ts'
import { createNodeDeps, openNodeDatabase } from '../node-deps.ts'
import { NotReady, type Given } from './command.ts'
import type { Shell } from './shell.ts'

/** `--reason` and `--as` of every command that changes something. */
export const ACCOUNTABLE = {
  reason: { type: 'string', description: 'Why; kept in the journal', required: true },
  as: { type: 'string', description: 'Who acts; your user name when absent' },
} as const

/** The actor and reason of a change, for its journal entry. */
export function accountOf(given: Given): { actor: string; reason: string } {
  return {
    actor: `operator:${given.text('as') ?? userInfo().username}`,
    reason: given.required('reason'),
  }
}

/** A database whose shape fits this version; needs no other part of the configuration. */
export async function withDatabase<T>(
  shell: Shell,
  work: (deps: CommitDeps) => Promise<T>,
): Promise<T> {
  const db = await opened(() => openNodeDatabase(databaseLocation(shell.env), shell.directory))
  try {
    await requireMigrated(db)
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
    return await work({ db, now: shell.now, random: Math.random, sleep })
  } finally {
    db.close()
  }
}

/** The whole application's dependencies, as the server has them. Logs go to standard error. */
export async function withDeps<T>(shell: Shell, work: (deps: Deps) => Promise<T>): Promise<T> {
  const deps = await opened(() =>
    createNodeDeps(readConfiguration(shell.env), {
      now: shell.now,
      log: (entry) => shell.writeError(JSON.stringify(entry)),
      directory: shell.directory,
    }),
  )
  try {
    await requireMigrated(deps.db)
    return await work(deps)
  } finally {
    deps.db.close()
  }
}

/** Whatever keeps a process from starting is for its operator to mend. */
export async function opened<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    throw new NotReady(error instanceof Error ? error.message : String(error))
  }
}

async function requireMigrated(db: Database): Promise<void> {
  const pending = await opened(() => pendingMigrations(db, MIGRATIONS))
  if (pending.length === 0) return
  throw new NotReady(
    `The database lacks ${pending.length} of ${MIGRATIONS.length} migrations. Run: license-center migrate`,
  )
}
