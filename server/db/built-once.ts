/**
 * Statements that are built once. To build one takes longer than to run it on a file, and what every
 * payment and every job asks or writes differs from the time before by its values only.
 */
import { fillPlaceholders, sql, type Placeholder, type Query } from 'drizzle-orm'
import type { BatchResponse } from 'drizzle-orm/batch'
import type { InValue } from '@libsql/client'
import type { Query as Bindable } from './bind.ts'
import type { Database } from './open.ts'

/** A read of drizzle’s builder. */
interface Buildable {
  readonly _: { readonly dialect: 'sqlite'; readonly result: unknown }
  prepare(): Built
}

interface Built {
  getQuery(): Query
  mapResult(response: unknown, isFromBatch?: boolean): unknown
}

/**
 * One batch, built when it is first asked, for as long as the process lives.
 *
 * @param names  of the values that differ; they are given as the driver takes them, an instant as epoch
 *               milliseconds, since no column converts them
 * @returns asks it, in one round trip
 */
export function builtOnce<Name extends string, Reads extends readonly Buildable[]>(
  names: readonly Name[],
  build: (db: Database, values: Readonly<Record<Name, Placeholder>>) => Reads,
): (db: Database, values: Readonly<Record<Name, InValue>>) => Promise<BatchResponse<Reads>> {
  let built: readonly Built[] | null = null
  return async (db, values) => {
    const reads = (built ??= build(db, placeholders(names)).map((read) => read.prepare()))
    const statements = reads.map((read) => {
      const { sql: text, params } = read.getQuery()
      return { sql: text, args: fillPlaceholders(params, values) as InValue[] }
    })
    const answers = await db.orm.$client.batch(statements, 'deferred')
    return reads.map((read, index) => read.mapResult(answers[index], true)) as BatchResponse<Reads>
  }
}

/** The same for an INSERT, whose columns convert the values. @returns it, with its values, for a change */
export function insertBuiltOnce<Name extends string>(
  names: readonly Name[],
  build: (db: Database, values: Readonly<Record<Name, Placeholder>>) => { prepare(): Built },
): (db: Database, values: Readonly<Record<Name, unknown>>) => Bindable {
  let built: Query | null = null
  return (db, values) => {
    const insert = (built ??= build(db, placeholders(names)).prepare().getQuery())
    return { toSQL: () => ({ sql: insert.sql, params: fillPlaceholders(insert.params, values) }) }
  }
}

function placeholders<Name extends string>(names: readonly Name[]) {
  const all: Partial<Record<Name, Placeholder>> = {}
  for (const name of names) all[name] = sql.placeholder(name)
  return all as Record<Name, Placeholder>
}
