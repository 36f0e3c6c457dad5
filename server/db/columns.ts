/** Column types of our own: what a row holds on disk, and what the code sees. */
import { customType, text } from 'drizzle-orm/sqlite-core'
import { Temporal } from 'temporal-polyfill'
import type { Id, IdPrefix } from '../domain/ids.ts'

/** `Temporal.Instant`, stored as INTEGER epoch milliseconds, UTC. Finer parts of a second are dropped. */
export const instant = customType<{ data: Temporal.Instant; driverData: number }>({
  dataType: () => 'integer',
  toDriver: (value) => value.epochMilliseconds,
  fromDriver: (value) => Temporal.Instant.fromEpochMilliseconds(value),
})

/** A boolean, stored as INTEGER 0 or 1. */
export const flag = customType<{ data: boolean; driverData: number }>({
  dataType: () => 'integer',
  toDriver: (value) => (value ? 1 : 0),
  fromDriver: (value) => value === 1,
})

/**
 * A plain value, stored as JSON TEXT. The type is a promise of the writer, not checked on reading:
 * only this application writes the column, and migrations rewrite rows when the shape changes.
 */
export function json<T>(name: string) {
  return customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => JSON.parse(value),
  })(name)
}

/** A prefixed id; the CHECK or the foreign key of the table holds the prefix. */
export function id<P extends IdPrefix>(name: string) {
  return text(name).$type<Id<P>>()
}
