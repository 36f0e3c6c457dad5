/** One SQLite connection in the words of the wire: values, rows, and errors with SQLite's plain code. */
import Sqlite from 'libsql'
import { WireFailure } from './wire.ts'
import type { Description, Statement, StatementResult, Value, WireError } from './wire.ts'

type Native = string | number | bigint | null | Uint8Array

export interface Connection {
  execute(sql: string, statement: Statement): StatementResult
  /** Several statements in one text; their rows are nobody's. */
  runAll(sql: string): void
  describe(sql: string): Description
  /** A transaction that its client left behind is rolled back. */
  readonly isInTransaction: boolean
  close(): void
}

/** @param path  of the database file, created when absent */
export function openConnection(path: string): Connection {
  // Nobody waits here: a client that holds the write lock could never be served to release it.
  const db = new Sqlite(path, { timeout: 0 })
  // What a killed process has stored stays; what a power failure takes is nobody's here.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON')
  db.defaultSafeIntegers(true)
  return {
    execute: (sql, statement) => execute(db, sql, statement),
    runAll: (sql) => void db.exec(sql),
    describe: (sql) => describe(db, sql),
    get isInTransaction() {
      return db.inTransaction
    },
    close: () => void db.close(),
  }
}

function execute(db: Sqlite.Database, sql: string, statement: Statement): StatementResult {
  const prepared = db.prepare(sql)
  const bound = parametersOf(statement)
  if (!prepared.reader) {
    const { changes, lastInsertRowid } = prepared.run(bound)
    return {
      cols: [],
      rows: [],
      affected_row_count: Number(changes),
      last_insert_rowid: String(lastInsertRowid),
    }
  }
  const rows = rowsOf(prepared.raw(true).all(bound))
  return {
    cols: columnsOf(prepared),
    rows: statement.want_rows ? rows.map((row) => row.map(toWire)) : [],
    affected_row_count: isSelect(sql) ? 0 : rows.length,
    last_insert_rowid: null,
  }
}

function describe(db: Sqlite.Database, sql: string): Description {
  const prepared = db.prepare(sql)
  const names = sql.match(/\?\d*|[:@$]\w+/g) ?? []
  return {
    params: names.map((name) => ({ name: name === '?' ? null : name })),
    cols: prepared.reader ? columnsOf(prepared) : [],
    is_explain: /^\s*explain\b/i.test(sql),
    is_readonly: isSelect(sql),
  }
}

function columnsOf(prepared: Sqlite.Statement): StatementResult['cols'] {
  return prepared.columns().map(({ name, type }) => ({ name, decltype: type }))
}

function isSelect(sql: string): boolean {
  return (
    /^\s*(select|explain|pragma|values)\b/i.test(sql) ||
    (/^\s*with\b/i.test(sql) && !/\b(insert|update|delete)\b/i.test(sql))
  )
}

/** By position, or by name without its `:`, `@` or `$`. */
function parametersOf({ args, named_args }: Statement): Native[] | Record<string, Native> {
  if (named_args.length === 0) return args.map(fromWire)
  return Object.fromEntries(
    named_args.map(({ name, value }) => [name.replace(/^[:@$]/, ''), fromWire(value)]),
  )
}

function fromWire(value: Value): Native {
  switch (value.type) {
    case 'null':
      return null
    case 'integer':
      return BigInt(value.value)
    case 'blob':
      return Buffer.from(value.base64, 'base64')
    case 'float':
    case 'text':
      return value.value
  }
}

function toWire(value: Native): Value {
  if (value === null) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  if (typeof value === 'string') return { type: 'text', value }
  return { type: 'blob', base64: Buffer.from(value).toString('base64').replace(/=+$/, '') }
}

/** Guarantee: in raw mode the binding answers each row as an array of SQLite's five kinds of value. */
function rowsOf(rows: unknown[]): Native[][] {
  return rows as Native[][]
}

/** sqld has no extended codes: `SQLITE_CONSTRAINT_UNIQUE` arrives as `SQLITE_CONSTRAINT`. */
export function wireErrorOf(error: unknown): WireError {
  if (error instanceof WireFailure) return { code: error.code, message: error.message }
  if (!(error instanceof Error)) throw error
  const code = 'code' in error ? String(error.code) : 'SQLITE_ERROR'
  const plain = /^SQLITE_[A-Z]+/.exec(code)?.[0]
  return { code: plain ?? code, message: `SQLite error: ${error.message}` }
}
