/** What is charged without anybody asking: automatic renewals, and metered days after the expiry. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { AUTO_CHARGE_STATES, type ChargeFailure } from '../../domain/auto-renewal.ts'
import type { Consent } from '../../domain/order.ts'
import { id, instant, json } from '../columns.ts'

/** The automatic charge of one expiry, from its first try on. */
export const autoCharges = sqliteTable(
  'auto_charges',
  {
    licenseId: id<'lic'>('license_id').notNull(),
    /** The expiry that it renews. */
    endsAt: instant('ends_at').notNull(),
    state: text('state', { enum: AUTO_CHARGE_STATES }).notNull(),
    attempts: integer('attempts').notNull(),
    softFailures: integer('soft_failures').notNull(),
    /** Local date, YYYY-MM-DD. */
    lastOn: text('last_on'),
    failure: json<ChargeFailure>('failure'),
    nextAt: instant('next_at'),
    /** Of the last try. */
    orderId: id<'ord'>('order_id'),
    /** The provider's id of the method that the last try charged. */
    methodId: text('method_id'),
  },
  (table) => [primaryKey({ columns: [table.licenseId, table.endsAt] })],
)

export const METER_STOPS = ['switch', 'unpaid', 'revoked'] as const

/** The time in which UTC days are counted; at most one that is running per license. */
export const meters = sqliteTable(
  'meters',
  {
    licenseId: id<'lic'>('license_id').notNull(),
    openedAt: instant('opened_at').notNull(),
    currency: text('currency').notNull(),
    unitAmount: integer('unit_amount').notNull(),
    capUnitAmount: integer('cap_unit_amount').notNull(),
    /** To rate and cap; of the order's kind, without a quote. */
    consent: json<Omit<Consent, 'quoteId'>>('consent').notNull(),
    /** UTC date. */
    countedOn: text('counted_on'),
    stoppedAt: instant('stopped_at'),
    stoppedBy: text('stopped_by', { enum: METER_STOPS }),
  },
  (table) => [primaryKey({ columns: [table.licenseId, table.openedAt] })],
)

/** Counted once, and paid for by at most one order. */
export const meterDays = sqliteTable(
  'meter_days',
  {
    licenseId: id<'lic'>('license_id').notNull(),
    /** UTC date. */
    countedOn: text('counted_on').notNull(),
    customerId: id<'cus'>('customer_id').notNull(),
    units: integer('units').notNull(),
    unitAmount: integer('unit_amount').notNull(),
    currency: text('currency').notNull(),
    orderId: id<'ord'>('order_id'),
  },
  (table) => [primaryKey({ columns: [table.licenseId, table.countedOn] })],
)

/** What a customer owes for metered days, from when it is first asked for until it is paid. */
export const meterBills = sqliteTable(
  'meter_bills',
  {
    customerId: id<'cus'>('customer_id').notNull(),
    currency: text('currency').notNull(),
    dueAt: instant('due_at').notNull(),
    /** `due`: nothing is asked for at present, what comes next begins a new bill. */
    state: text('state', { enum: ['due', 'processing', 'past_due'] }).notNull(),
    attempts: integer('attempts').notNull(),
    lastOn: text('last_on'),
    failure: json<ChargeFailure>('failure'),
    nextAt: instant('next_at'),
    orderId: id<'ord'>('order_id'),
    /** The provider's id of the method that the last try charged. */
    methodId: text('method_id'),
    /** When what it is for was suspended, since nobody paid. */
    suspendedAt: instant('suspended_at'),
    version: integer('version').notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.currency] })],
)
