/** From drizzle's statements to what the driver takes. */
import type { InStatement, InValue } from '@libsql/client'

/** Anything that drizzle builds: it knows its SQL and its parameters, and has not run. */
export interface Query {
  toSQL(): { sql: string; params: unknown[] }
}

/**
 * A statement with its parameters bound.
 *
 * Whole numbers are bound as BigInt: the driver binds a JS number as REAL, and `total + 5.0` is a
 * REAL as well, which a TEXT or untyped place would keep (`'5.0'`). STRICT INTEGER columns and
 * drizzle's mapping read both back as the same number.
 */
export function bind(query: Query): Exclude<InStatement, string> {
  const { sql, params } = query.toSQL()
  return { sql, args: params.map(boundValue) }
}

function boundValue(value: unknown): InValue {
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : value
    case 'boolean':
      return value ? 1n : 0n
    case 'string':
    case 'bigint':
      return value
    default:
      if (value === null || value instanceof Uint8Array) return value
      throw new TypeError(`a statement binds a value of type ${typeof value}`)
  }
}
