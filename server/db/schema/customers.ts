/** Who buys, and what is on sale. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { CatalogueDocument } from '../../domain/catalogue.ts'
import { id, instant, json } from '../columns.ts'

export const catalogueVersions = sqliteTable('catalogue_versions', {
  version: text('version').primaryKey(),
  /** The highest one is in force. */
  sequence: integer('sequence').notNull().unique(),
  document: json<CatalogueDocument>('document').notNull(),
  createdAt: instant('created_at').notNull(),
})

/** What the port tells about a method, see payments/port.ts. */
export interface StoredMethod {
  readonly id: string
  readonly kind: string
  readonly brand: string | null
  readonly last4: string | null
  /** `YYYY-MM`; absent in rows that are older than it. */
  readonly expires?: string | null
}

export const customers = sqliteTable('customers', {
  id: id<'cus'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  /** The host's customer id, or `mail:` + address for public customers. */
  subject: text('subject').notNull(),
  email: text('email').notNull(),
  name: text('name'),
  /** IANA; fixed at the first order (R2). */
  zone: text('zone').notNull(),
  locale: text('locale').notNull(),
  providerCustomer: text('provider_customer'),
  /** `1` … `28` or `last` (S51). */
  renewalDay: text('renewal_day').notNull().default('1'),
  createdAt: instant('created_at').notNull(),
  version: integer('version').notNull(),
  /** What later charges use; null while there is none. */
  savedMethod: json<StoredMethod>('saved_method'),
})

export const methodSetups = sqliteTable('method_setups', {
  id: id<'set'>('id').primaryKey(),
  customerId: id<'cus'>('customer_id').notNull(),
  sessionId: text('session_id').notNull().unique(),
  returnUrl: text('return_url').notNull(),
  state: text('state', { enum: ['open', 'saved', 'expired'] }).notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  /** When the sweep looks at it next; null = never again. */
  sweepAt: instant('sweep_at'),
  version: integer('version').notNull(),
})
