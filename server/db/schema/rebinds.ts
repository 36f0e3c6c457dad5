/** Wishes that another installation takes the place of one (S82). */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { REBIND_STATES, type RebindReason } from '../../domain/rebind.ts'
import { id, instant, json } from '../columns.ts'

export const rebinds = sqliteTable('rebinds', {
  id: id<'reb'>('id').primaryKey(),
  licenseId: id<'lic'>('license_id').notNull(),
  activationId: id<'act'>('activation_id').notNull(),
  newActivationId: id<'act'>('new_activation_id'),
  /** Of the newcomer. */
  fingerprint: text('fingerprint').notNull(),
  name: text('name'),
  state: text('state', { enum: REBIND_STATES }).notNull(),
  score: integer('score').notNull(),
  reasons: json<readonly RebindReason[]>('reasons').notNull(),
  /** `customer:cus_…` or `installation`. */
  requestedBy: text('requested_by').notNull(),
  /** Of who is told what becomes of it. */
  email: text('email').notNull(),
  note: text('note'),
  requestedAt: instant('requested_at').notNull(),
  decidedBy: text('decided_by'),
  decidedAt: instant('decided_at'),
  decisionReason: text('decision_reason'),
  version: integer('version').notNull(),
})
