/** Versions of connected products. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { RELEASE_CHANNELS, type Artifact } from '../../domain/release.ts'
import { id, instant, json } from '../columns.ts'

export const releases = sqliteTable('releases', {
  id: id<'rls'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  version: text('version').notNull(),
  channel: text('channel', { enum: RELEASE_CHANNELS }).notNull(),
  releasedAt: instant('released_at').notNull(),
  notesUrl: text('notes_url'),
  artifacts: json<readonly Artifact[]>('artifacts').notNull(),
  rolloutPercent: integer('rollout_percent').notNull(),
  yankedAt: instant('yanked_at'),
  yankReason: text('yank_reason'),
  rowVersion: integer('row_version').notNull(),
})
