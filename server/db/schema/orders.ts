/** Quote → order → payment: what was shown, what was asked for, what was charged. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Explanation } from '../../domain/explanation.ts'
import { ORDER_STATES, type Consent, type PaymentFailure } from '../../domain/order.ts'
import type { PricedQuote } from '../../domain/quote.ts'
import { flag, id, instant, json } from '../columns.ts'
import type { StoredMethod } from './customers.ts'

export const ORDER_ORIGINS = ['customer', 'auto_renewal', 'meter'] as const

export const quotes = sqliteTable('quotes', {
  id: id<'quo'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  /** Who may order it; empty for an anonymous visitor. */
  subject: text('subject').notNull(),
  catalogueVersion: text('catalogue_version').notNull(),
  currency: text('currency').notNull(),
  total: integer('total').notNull(),
  priced: json<PricedQuote>('priced').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
})

export const orders = sqliteTable('orders', {
  id: id<'ord'>('id').primaryKey(),
  productId: text('product_id').notNull(),
  customerId: id<'cus'>('customer_id').notNull(),
  /** One quote makes one order. */
  quoteId: id<'quo'>('quote_id').notNull().unique(),
  state: text('state', { enum: ORDER_STATES }).notNull(),
  disputed: flag('disputed').notNull().default(false),
  catalogueVersion: text('catalogue_version').notNull(),
  currency: text('currency').notNull(),
  subtotal: integer('subtotal').notNull(),
  discount: integer('discount').notNull(),
  tax: integer('tax').notNull(),
  total: integer('total').notNull(),
  email: text('email').notNull(),
  locale: text('locale').notNull(),
  returnUrl: text('return_url').notNull(),
  promoCode: text('promo_code'),
  consent: json<Consent>('consent').notNull(),
  /** HMAC of the private link. */
  tokenHash: text('token_hash').unique(),
  failure: json<PaymentFailure>('failure'),
  reviewReason: text('review_reason'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  paidAt: instant('paid_at'),
  fulfilledAt: instant('fulfilled_at'),
  canceledAt: instant('canceled_at'),
  /** When the sweep looks at it next; null = never again. */
  sweepAt: instant('sweep_at'),
  version: integer('version').notNull(),
  /** Who asked for it: its customer, or a job of ours. */
  origin: text('origin', { enum: ORDER_ORIGINS }).notNull().default('customer'),
  /** Who is counted as one, see domain/source.ts; null for orders that a job placed. */
  source: text('source'),
  /** The provider's id of the saved method that it is to be paid with; null: on a payment page. */
  methodId: text('method_id'),
})

export const orderLines = sqliteTable('order_lines', {
  id: id<'oln'>('id').primaryKey(),
  orderId: id<'ord'>('order_id').notNull(),
  position: integer('position').notNull(),
  kind: text('kind', { enum: ['purchase', 'renewal', 'add_units', 'pay_per_use'] }).notNull(),
  planId: text('plan_id').notNull(),
  /** The license renewed or extended; null for a purchase. */
  licenseId: id<'lic'>('license_id'),
  /** Units that are paid for; of `add_units` only the added ones. */
  quantity: integer('quantity').notNull(),
  cycle: text('cycle', { enum: ['month', 'year'] }),
  months: integer('months').notNull(),
  autoRenew: flag('auto_renew').notNull(),
  unitAmount: integer('unit_amount').notNull(),
  amount: integer('amount').notNull(),
  discount: integer('discount').notNull(),
  tax: integer('tax').notNull(),
  /** Structured, put into words per locale. */
  explanation: json<Explanation>('explanation').notNull(),
  /** The plan before an upgrade, whose `kind` is `add_units`; otherwise null. */
  upgradeFrom: text('upgrade_from'),
  /** Why a paid line could not be fulfilled: its money goes back. Null for all others. */
  failure: text('failure'),
})

export const PAYMENT_STATES = [
  'open',
  'processing',
  'paid',
  'failed',
  'expired',
  'canceled',
  'refunded',
] as const

/** One payment page each; provider id, status, amount, currency and result (S61). */
export const payments = sqliteTable('payments', {
  id: id<'pay'>('id').primaryKey(),
  orderId: id<'ord'>('order_id').notNull(),
  attempt: integer('attempt').notNull(),
  sessionId: text('session_id').notNull().unique(),
  intentId: text('intent_id').unique(),
  state: text('state', { enum: PAYMENT_STATES }).notNull(),
  url: text('url'),
  amount: integer('amount').notNull(),
  currency: text('currency').notNull(),
  method: json<StoredMethod & { readonly reusable: boolean }>('method'),
  failure: json<PaymentFailure>('failure'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  settledAt: instant('settled_at'),
})

export const promoUses = sqliteTable('promo_uses', {
  orderId: id<'ord'>('order_id').primaryKey(),
  productId: text('product_id').notNull(),
  code: text('code').notNull(),
  customerId: id<'cus'>('customer_id').notNull(),
  state: text('state', { enum: ['reserved', 'counted', 'released'] }).notNull(),
})
