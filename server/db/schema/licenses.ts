/** Licenses and the coverage ledger that their end and Total are computed from (R10). */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CoverageEntry, CoverageKind } from '../../domain/coverage.ts'
import { LICENSE_KINDS, RENEWAL_MODES } from '../../domain/license.ts'
import { flag, holds, id, instant, json } from '../columns.ts'

export const licenses = sqliteTable('licenses', {
  id: id<'lic'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  customerId: id<'cus'>('customer_id').notNull(),
  orderId: id<'ord'>('order_id'),
  orderLineId: id<'oln'>('order_line_id'),
  kind: text('kind', { enum: LICENSE_KINDS }).notNull(),
  planId: text('plan_id').notNull(),
  planName: text('plan_name').notNull(),
  type: text('type').notNull(),
  oneTime: flag('one_time').notNull(),
  cycle: text('cycle', { enum: ['month', 'year'] }),
  /** Computed from the ledger. */
  total: integer('total').notNull(),
  reserved: integer('reserved').notNull().default(0),
  consumed: integer('consumed').notNull().default(0),
  activatedAt: instant('activated_at').notNull(),
  /** Exclusive; computed from the ledger. */
  endsAt: instant('ends_at').notNull(),
  /** Service Life (Days) of R2, for sorting. */
  serviceDays: integer('service_days').notNull(),
  anchorDay: integer('anchor_day').notNull(),
  /** Local time of day, HH:MM:SS. */
  anchorTime: text('anchor_time').notNull(),
  /** IANA. */
  zone: text('zone').notNull(),
  graceDays: integer('grace_days').notNull(),
  retentionDays: integer('retention_days').notNull(),
  renewalMode: text('renewal_mode', { enum: RENEWAL_MODES }),
  nextChargeAt: instant('next_charge_at'),
  /** Of the last paid order. */
  currency: text('currency'),
  suspendedAt: instant('suspended_at'),
  underReviewAt: instant('under_review_at'),
  revokedAt: instant('revoked_at'),
  keyHash: text('key_hash').notNull().unique(),
  keyCipher: text('key_cipher').notNull(),
  keyLast4: text('key_last4').notNull(),
  createdAt: instant('created_at').notNull(),
  version: integer('version').notNull(),
  /** Fewer units, from `nextTotalAt` on; null while the total stays. */
  nextTotal: integer('next_total'),
  nextTotalAt: instant('next_total_at'),
  /** The key before this one, which works until then (T15). */
  previousKeyHash: text('previous_key_hash'),
  previousKeyLast4: text('previous_key_last4'),
  previousKeyUntil: instant('previous_key_until'),
  /** When it was suspended or under review, and is so no more. */
  holds: holds('holds').notNull().default([]),
  /** The end that the two shifts are for, see domain/held-time.ts; they are 0 for any other one. */
  heldEndAt: instant('held_end_at'),
  heldGraceMs: integer('held_grace_ms').notNull().default(0),
  heldRetentionMs: integer('held_retention_ms').notNull().default(0),
})

/**
 * The order that is open on a license: at most one, from when it is placed until it is fulfilled,
 * expired, canceled or failed.
 */
export const openRenewals = sqliteTable('open_renewals', {
  licenseId: id<'lic'>('license_id').primaryKey(),
  orderId: id<'ord'>('order_id').notNull(),
  at: instant('at').notNull(),
})

export const COVERAGE_KINDS = [
  'purchase',
  'renewal',
  'alignment',
  'complimentary',
  'goodwill',
  'pay_per_use',
  'reversal',
  'units_granted',
  'units_added',
  'units_removed',
] as const satisfies readonly CoverageKind[]

export const coverage = sqliteTable(
  'coverage',
  {
    licenseId: id<'lic'>('license_id').notNull(),
    sequence: integer('sequence').notNull(),
    kind: text('kind', { enum: COVERAGE_KINDS }).notNull(),
    orderLineId: id<'oln'>('order_line_id'),
    entry: json<CoverageEntry>('entry').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.licenseId, table.sequence] })],
)
