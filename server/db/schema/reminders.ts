/** What customers were reminded of, what they were told they will pay, and the links they were sent. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Price } from '../../domain/catalogue.ts'
import type { Id } from '../../domain/ids.ts'
import { id, instant, json } from '../columns.ts'

/** Each (license, expiry, occasion) at most once: whoever inserts it writes the mail (R18, C15). */
export const reminders = sqliteTable(
  'reminders',
  {
    licenseId: id<'lic'>('license_id').notNull(),
    expiresAt: instant('expires_at').notNull(),
    occasion: text('occasion').notNull(),
    mailId: id<'mail'>('mail_id').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.licenseId, table.expiresAt, table.occasion] })],
)

/** What a customer was told that an automatic charge will cost (R18, `domain/announced-price.ts`). */
export const announcedCharges = sqliteTable(
  'announced_charges',
  {
    licenseId: id<'lic'>('license_id').notNull(),
    /** The end that the charge renews. */
    expiresAt: instant('expires_at').notNull(),
    /** In the zone of the license, YYYY-MM-DD. */
    announcedOn: text('announced_on').notNull(),
    chargeAt: instant('charge_at').notNull(),
    /** Units that it is for. */
    quantity: integer('quantity').notNull(),
    currency: text('currency').notNull(),
    /** The list price that was told. */
    price: json<Price>('price').notNull(),
    /** With tax: "we will charge". */
    total: integer('total').notNull(),
  },
  (table) => [primaryKey({ columns: [table.licenseId, table.expiresAt, table.announcedOn] })],
)

/** Private links to the renewal of some licenses (S79). The token itself is never stored. */
export const renewLinks = sqliteTable('renew_links', {
  id: id<'rnl'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  customerId: id<'cus'>('customer_id').notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  licenseIds: json<readonly Id<'lic'>[]>('license_ids').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
})
