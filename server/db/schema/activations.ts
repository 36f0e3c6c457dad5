/** Which installations use a license, and what became of each unit of a one-time license. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ACTIVATION_STATES } from '../../domain/activation.ts'
import { UNIT_USES } from '../../domain/one-time-unit.ts'
import { id, instant } from '../columns.ts'

/** One row per installation, which is activated again in place (C07). */
export const activations = sqliteTable('activations', {
  id: id<'act'>('id').primaryKey(),
  licenseId: id<'lic'>('license_id').notNull(),
  /** As the product sent it: domain, server fingerprint or installation id. */
  fingerprint: text('fingerprint').notNull(),
  name: text('name'),
  state: text('state', { enum: ACTIVATION_STATES }).notNull(),
  activatedAt: instant('activated_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  endedAt: instant('ended_at'),
  version: integer('version').notNull(),
  /** `installationDigest`; null in rows that are older than it. */
  fingerprintDigest: text('fingerprint_digest'),
  /** To the host's secret, when it was activated by a code; null when it calls by itself. */
  commitment: text('commitment'),
  /** Where it was activated from, `networkOf`; null when nobody knows. */
  network: text('network'),
  /** The end of the longest license file that went out for it; null when none did. */
  offlineUntil: instant('offline_until'),
})

export const licenseUnits = sqliteTable(
  'license_units',
  {
    licenseId: id<'lic'>('license_id').notNull(),
    /** The host's own name for what uses the unit. */
    reference: text('reference').notNull(),
    use: text('use', { enum: UNIT_USES }).notNull(),
    reservedAt: instant('reserved_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.licenseId, table.reference] })],
)
