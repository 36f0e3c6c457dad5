/** By what backends of hosts prove who they are. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'

export const hostApiKeys = sqliteTable('host_api_keys', {
  id: id<'hak'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  name: text('name').notNull(),
  hash: text('hash').notNull().unique(),
  last4: text('last4').notNull(),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
  version: integer('version').notNull(),
})
