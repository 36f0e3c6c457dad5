/** What waits to be sent, what came in, and what a person has to look at. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { id, instant, json } from '../columns.ts'

/** Mail intents, written in the batch that caused them: each (kind, reference) at most once (I7). */
export const mails = sqliteTable('mails', {
  id: id<'mail'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  kind: text('kind').notNull(),
  reference: text('reference').notNull(),
  recipient: text('recipient').notNull(),
  locale: text('locale').notNull(),
  data: json<Record<string, unknown>>('data').notNull(),
  createdAt: instant('created_at').notNull(),
  sentAt: instant('sent_at'),
  /** Not before; null = at once. While it is being sent, the end of the lease. */
  tryAt: instant('try_at'),
  /** Begun. */
  attempts: integer('attempts').notNull().default(0),
  /** Begun, and never learned how they ended: each may have arrived (C16, C17). */
  inDoubt: integer('in_doubt').notNull().default(0),
  failure: text('failure'),
  failedAt: instant('failed_at'),
  /** No longer true when its turn came. */
  droppedAt: instant('dropped_at'),
  version: integer('version').notNull().default(0),
})

/** Inbox of the provider's notifications: stored before they are acted on (P05, P26). */
export const providerEvents = sqliteTable('provider_events', {
  id: text('id').primaryKey(),
  type: text('type').notNull(),
  sessionId: text('session_id'),
  intentId: text('intent_id'),
  orderId: id<'ord'>('order_id'),
  receivedAt: instant('received_at').notNull(),
  handledAt: instant('handled_at'),
  outcome: text('outcome'),
  attempts: integer('attempts').notNull().default(0),
  sweepAt: instant('sweep_at'),
  /** A saved method that was changed or removed. */
  methodId: text('method_id'),
})

/** Mismatches, late payments, disputes. */
export const operatorTasks = sqliteTable('operator_tasks', {
  id: text('id').primaryKey(),
  productId: text('product_id').notNull(),
  kind: text('kind').notNull(),
  reference: text('reference').notNull(),
  data: json<Record<string, unknown>>('data').notNull(),
  createdAt: instant('created_at').notNull(),
  closedAt: instant('closed_at'),
})
