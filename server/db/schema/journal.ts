/** The journal: lock, audit trail and outbox at once (design section 2, idea 4). */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant, json } from '../columns.ts'

export const journal = sqliteTable('journal', {
  /** The order in which outbound events are read. */
  position: integer('position').primaryKey({ autoIncrement: true }),
  stream: text('stream').notNull(),
  version: integer('version').notNull(),
  type: text('type').notNull(),
  at: instant('at').notNull(),
  actor: text('actor').notNull(),
  productId: text('product_id'),
  data: json<Record<string, unknown>>('data').notNull(),
  commandKey: text('command_key').unique(),
})

/** Never holds a row: an insert into it fails, and takes the whole batch along (see commit.ts). */
export const commitGuards = sqliteTable('commit_guards', {
  isMet: integer('is_met').notNull(),
})

/** Commands of the wire by their Idempotency-Key, scoped to product, subject and route. */
export const idempotencyKeys = sqliteTable('idempotency_keys', {
  productId: text('product_id').notNull(),
  subject: text('subject').notNull(),
  route: text('route').notNull(),
  key: text('key').notNull(),
  bodyHash: text('body_hash').notNull(),
  resultId: text('result_id').notNull(),
  createdAt: instant('created_at').notNull(),
})
