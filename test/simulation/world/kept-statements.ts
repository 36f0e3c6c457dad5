/**
 * Each connection prepares a statement once. libSQL's client prepares it for every call and asks
 * twice for its columns, which is a fifth of what a schedule costs; the statements, their values and
 * their effects stay as they are.
 */
import Raw from 'libsql'

type Connection = InstanceType<typeof Raw>
type Statement = ReturnType<Connection['prepare']>

/** For this process, for good; schemas must not change any more. */
export function keepStatements(): void {
  const prepare = Raw.prototype.prepare
  const kept = new WeakMap<Connection, Map<string, Statement>>()
  Raw.prototype.prepare = function (this: Connection, sql: string) {
    const own = kept.get(this) ?? new Map<string, Statement>()
    const statement = own.get(sql) ?? remembering(prepare.call(this, sql))
    kept.set(this, own.set(sql, statement))
    return statement
  } as typeof prepare
}

/** Asks once what a statement answers each time: its columns, and whether it returns rows. */
function remembering(statement: Statement): Statement {
  const { columns, raw, safeIntegers } = statement
  const returnsRows = once(() => {
    try {
      raw.call(statement, true)
      return null
    } catch (error) {
      return error
    }
  })
  return Object.assign(statement, {
    columns: once(() => columns.call(statement)),
    safeIntegers: once(() => safeIntegers.call(statement, true)),
    raw: () => {
      const refusal = returnsRows()
      if (refusal !== null) throw refusal
      return statement
    },
  })
}

function once<T>(ask: () => T): () => T {
  let answer: { readonly value: T } | null = null
  return () => (answer ??= { value: ask() }).value
}
