/** Questions from the contact form, and later their threads. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { TICKET_STATES, TICKET_TOPICS } from '../../domain/ticket.ts'
import { id, instant } from '../columns.ts'

export const tickets = sqliteTable('tickets', {
  id: id<'tic'>('id').primaryKey(),
  /** What people say to each other: #1001. */
  number: integer('number').notNull().unique(),
  /** Null unless the order is known and its e-mail address fits. */
  productId: text('product_id'),
  topic: text('topic', { enum: TICKET_TOPICS }).notNull(),
  /** As typed; compared without regard to ASCII case. */
  email: text('email').notNull(),
  /** As typed, not proved; empty for none. */
  orderReference: text('order_reference').notNull(),
  /** Exactly as it was sent; shown as text only. */
  message: text('message').notNull(),
  locale: text('locale').notNull(),
  state: text('state', { enum: TICKET_STATES }).notNull(),
  createdAt: instant('created_at').notNull(),
  version: integer('version').notNull(),
})
