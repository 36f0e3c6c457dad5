/**
 * The only way to change the database: one batch, with its journal entries in front.
 *
 * Interactive transactions are forbidden: on a file they freeze the process, over HTTP they cost a
 * round trip each. A decision is made on what was read, and the batch itself proves that it still
 * holds when it is written: by the version of the journal, by UNIQUE and CHECK, by guards.
 */
import type { Temporal } from 'temporal-polyfill'
import { Refused } from '../domain/refusals.ts'
import { statementsOf, type Change, type JournalEntry } from './change.ts'
import {
  failedStatement,
  failureOf,
  isOfClosedConnection,
  isRepeatableRead,
  isUnusable,
} from './failures.ts'
import { entryOfCommand } from './journal.ts'
import type { Database } from './open.ts'

export { exactly, type Change, type JournalEntry } from './change.ts'
export type { Query } from './bind.ts'

/** A concurrent change came first and nothing was stored: reload and decide again. */
export class LostRace extends Error {
  override readonly name = 'LostRace'
  /** What refused: the version or command key of a journal entry, a guard, or another row. */
  readonly refusedBy: 'journal' | 'guard' | 'row'

  constructor(refusedBy: LostRace['refusedBy'], cause: unknown) {
    super(`the change lost a race (${refusedBy})`, { cause })
    this.refusedBy = refusedBy
  }
}

/** The reply was lost: the change may or may not be stored. Look its command key up first. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome'

  constructor(cause: unknown) {
    super('the outcome of the change is unknown', { cause })
  }
}

export interface CommitDeps {
  readonly db: Database
  readonly now: () => Temporal.Instant
  /** In [0, 1). */
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
}

export interface Decision<T> {
  /** Null when there is nothing to do. */
  readonly change: Change | null
  readonly result: T
}

const ATTEMPTS = 10
const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 1000
const RETRY_AFTER_SECONDS = 2

/**
 * Loads, decides and commits, until the command is stored or refused.
 *
 * `decide` loads what it needs and decides on it, without any effect of its own: it runs once per
 * attempt. A lost race, a busy database or a lost reply is answered by full-jitter back-off and
 * another attempt, ten at most. An attempt whose reply was lost, or that a copy of itself overtook, is
 * looked up in the journal first: when it is stored, its result is the answer (C02).
 *
 * @param options.commandKey  put on the first journal entry, so that the command is stored at most once
 * @param lookUp  the result of an earlier run of the command, found by its key, or null. Asked before
 *                deciding again after a refused row or a lost reply, so that the result of whoever
 *                was first is returned. Without it `decide` has to see by itself that the work is done.
 * @throws Refused  whatever `decide` refuses; `database.unavailable` after the last attempt
 * @throws Error    of the driver when a row was refused for another reason than a race: our bug
 */
export async function decideAndCommit<T>(
  deps: CommitDeps,
  options: { readonly commandKey?: string },
  decide: () => Promise<Decision<T>>,
  lookUp: () => Promise<T | null> = async () => null,
): Promise<T> {
  let failure: unknown
  let sent: { readonly result: T; readonly isStored: () => Promise<boolean> } | null = null
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await deps.sleep(pauseMs(attempt, deps.random()))
    try {
      if (isPossiblyStored(failure)) {
        const earlier = await lookUp()
        if (earlier !== null) return earlier
        if (sent !== null && (await sent.isStored())) return sent.result
      }
      const { change, result } = await decide()
      if (change === null) return result
      const keyed = withKey(change, options.commandKey ?? attemptKey(change, deps.random()))
      sent = { result, isStored: () => isStored(deps.db, keyed.journal[0]) }
      await commit(deps.db, deps.now(), keyed)
      return result
    } catch (error) {
      if (!isPossiblyStored(error) && !isRepeatableRead(error)) throw error
      if (mustReconnect(error)) await deps.db.client.reconnect()
      if (isPossiblyStored(error) || !isPossiblyStored(failure)) failure = error
    }
  }
  throw afterLastAttempt(failure)
}

/**
 * Stores a change, whole or not at all, in one round trip. `decideAndCommit` is what a command
 * wants; this alone is for a change that nothing can race.
 *
 * @throws LostRace        a journal entry, a guard or another UNIQUE, PRIMARY KEY or CHECK refused
 * @throws UnknownOutcome  the reply is missing
 * @throws Error           of the driver, as it is, for everything else: SQLITE_BUSY, SQLITE_READONLY,
 *                         a NOT NULL or FOREIGN KEY that failed. Nothing is stored then.
 */
export async function commit(db: Database, now: Temporal.Instant, change: Change): Promise<void> {
  const statements = statementsOf(db, now, change)
  try {
    await db.client.batch(statements, 'write')
  } catch (error) {
    throw judged(error, change.journal.length)
  }
}

function judged(error: unknown, journalLength: number): unknown {
  switch (failureOf(error)) {
    case 'conflict':
      return new LostRace(refusedBy(error, journalLength), error)
    case 'unknown':
      return new UnknownOutcome(error)
    case 'busy':
    case 'fault':
      return error
  }
}

function refusedBy(error: unknown, journalLength: number): LostRace['refusedBy'] {
  const index = failedStatement(error)
  if (index !== null && index < journalLength) return 'journal'
  return error instanceof Error && /\bis_met\b|\bcommit_guards\b/.test(error.message)
    ? 'guard'
    : 'row'
}

/** Full jitter: anywhere between nothing and a ceiling that doubles. */
function pauseMs(attempt: number, random: number): number {
  return random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt)
}

/** A lost race counts: what came first may have been this very command. */
function isPossiblyStored(error: unknown): boolean {
  return error instanceof LostRace || error instanceof UnknownOutcome
}

/** After one SQLITE_BUSY a connection refuses every later COMMIT (C03). */
function mustReconnect(error: unknown): boolean {
  return failureOf(error) === 'busy' && !isOfClosedConnection(error)
}

/** Names one attempt of a command that has no key of its own. */
function attemptKey({ journal: [{ stream, version }] }: Change, random: number): string {
  return `${stream}@${version}#${random.toString(36).slice(2)}`
}

function withKey(change: Change, commandKey: string): KeyedChange {
  const [first, ...others] = change.journal
  return { ...change, journal: [{ commandKey, ...first }, ...others] }
}

/** False also when another run of the command was stored: its result is not ours. */
async function isStored(db: Database, entry: KeyedEntry): Promise<boolean> {
  const stored = await entryOfCommand(db, entry.commandKey)
  return stored?.stream === entry.stream && stored.version === entry.version
}

type KeyedEntry = JournalEntry & { readonly commandKey: string }
type KeyedChange = Change & { readonly journal: readonly [KeyedEntry, ...JournalEntry[]] }

/**
 * What a caller hears while the database is away, busy, full or read-only: nothing was changed, or a
 * repeat finds what was (C05, C21). Null for our own bugs.
 */
export function refusalOfDatabase(error: unknown): Refused | null {
  const isAway = error instanceof UnknownOutcome || isRepeatableRead(error) || isUnusable(error)
  return isAway ? unavailable() : null
}

/** A row that is refused to the end, though the journal accepted the version, is no race. */
function afterLastAttempt(failure: unknown): unknown {
  const isBug = failure instanceof LostRace && failure.refusedBy === 'row'
  if (isBug) return failure.cause
  return unavailable()
}

function unavailable(): Refused {
  return new Refused('database.unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS })
}
