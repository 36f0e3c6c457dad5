/** Column types of our own: what a row holds on disk, and what the code sees. */
import { customType, text } from 'drizzle-orm/sqlite-core'
import { Temporal } from 'temporal-polyfill'
import type { Id, IdPrefix } from '../domain/ids.ts'
import type { Hold } from '../domain/license.ts'

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

/** Holds of a license that are over, stored as JSON TEXT with epoch milliseconds. */
export const holds = customType<{ data: readonly Hold[]; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) =>
    JSON.stringify(
      value.map(({ from, until }) => ({
        from: from.epochMilliseconds,
        until: until.epochMilliseconds,
      })),
    ),
  fromDriver: (text) => {
    const stored: readonly { from: number; until: number }[] = JSON.parse(text)
    return stored.map(({ from, until }) => ({
      from: Temporal.Instant.fromEpochMilliseconds(from),
      until: Temporal.Instant.fromEpochMilliseconds(until),
    }))
  },
})

/** A prefixed id; the CHECK or the foreign key of the table holds the prefix. */
export function id<P extends IdPrefix>(name: string) {
  return text(name).$type<Id<P>>()
}
