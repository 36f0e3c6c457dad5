/** What operators give without a payment, until the customer takes it. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { GrantTerms } from '../../domain/grant.ts'
import { id, instant, json } from '../columns.ts'

export const activationCodes = sqliteTable('activation_codes', {
  id: id<'acd'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  /** `customerDigest`: nobody else may take it. */
  customerDigest: text('customer_digest').notNull(),
  /** The operator's own name for it. */
  reference: text('reference').notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  terms: json<GrantTerms>('terms').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  licenseId: id<'lic'>('license_id'),
  redeemedAt: instant('redeemed_at'),
  version: integer('version').notNull(),
})
