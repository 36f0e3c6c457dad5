/** What follows a payment: refunds (R15) and disputes (R16). */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { REFUND_KINDS, REFUND_STATES, type RefundLine } from '../../domain/refund.ts'
import { id, instant, json } from '../columns.ts'

export const refunds = sqliteTable('refunds', {
  /** `ref_…` for ours, the provider's id for those made there. */
  id: text('id').primaryKey(),
  orderId: id<'ord'>('order_id').notNull(),
  /** What was asked for: the same is asked for once. */
  key: text('key').notNull().unique(),
  intentId: text('intent_id').notNull(),
  /** Null until the provider has answered. */
  providerRefund: text('provider_refund').unique(),
  kind: text('kind', { enum: REFUND_KINDS }).notNull(),
  lines: json<readonly RefundLine[]>('lines').notNull(),
  amount: integer('amount').notNull(),
  currency: text('currency').notNull(),
  state: text('state', { enum: REFUND_STATES }).notNull(),
  reason: text('reason').notNull(),
  actor: text('actor').notNull(),
  createdAt: instant('created_at').notNull(),
  /** When order and licenses learned of it. */
  appliedAt: instant('applied_at'),
})

export const disputes = sqliteTable('disputes', {
  /** The provider's. */
  id: text('id').primaryKey(),
  orderId: id<'ord'>('order_id').notNull(),
  intentId: text('intent_id').notNull(),
  state: text('state', { enum: ['inquiry', 'inquiry_closed', 'open', 'won', 'lost'] }).notNull(),
  amount: integer('amount').notNull(),
  currency: text('currency').notNull(),
  reason: text('reason').notNull(),
  /** Licenses that it suspended. */
  suspended: json<readonly string[]>('suspended').notNull(),
  createdAt: instant('created_at').notNull(),
  closedAt: instant('closed_at'),
})
