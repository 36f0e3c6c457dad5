/** Outbound webhooks: endpoints, and one row for each event that one of them is told. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'

export const webhookEndpoints = sqliteTable('webhook_endpoints', {
  id: id<'whe'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  url: text('url').notNull(),
  email: text('email').notNull(),
  secret: text('secret').notNull(),
  previousSecret: text('previous_secret'),
  previousUntil: instant('previous_until'),
  state: text('state', { enum: ['enabled', 'disabled', 'deleted'] }).notNull(),
  failingSince: instant('failing_since'),
  /** Of the journal, up to which it was read. */
  position: integer('position').notNull(),
  createdAt: instant('created_at').notNull(),
  version: integer('version').notNull(),
})

export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    endpointId: id<'whe'>('endpoint_id').notNull(),
    position: integer('position').notNull(),
    object: text('object').notNull(),
    type: text('type').notNull(),
    state: text('state', { enum: ['pending', 'delivered', 'failed', 'dropped'] }).notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: instant('next_at').notNull(),
    outcome: text('outcome'),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.endpointId, table.position] })],
)
