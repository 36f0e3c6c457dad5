/** Orders with everything that decides about them, in one round trip. */
import { and, asc, desc, eq } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { isId } from '../../domain/ids.ts'
import type { Id } from '../../domain/ids.ts'
import type { PromoUses } from '../../domain/promo.ts'
import type { PricedQuote } from '../../domain/quote.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import { builtOnce } from '../built-once.ts'
import type { Database } from '../open.ts'
import {
  customers,
  disputes,
  idempotencyKeys,
  licenses,
  orderLines,
  orders,
  payments,
  quotes,
  refunds,
} from '../schema.ts'
import type { CustomerRow } from './customers.ts'
import { extendableQuery, extendedLicenses, extendedQueries } from './extendable-licenses.ts'
import { licensesOfQuote } from './extendable-licenses.ts'
import type { ExtendableRow, ExtendedLicense } from './extendable-licenses.ts'
import { promoUsesQueries } from './promo-uses.ts'
import { recentCheckoutsOf, recentCheckoutsQuery } from './recent-checkouts.ts'
import type { CheckoutWindow } from './recent-checkouts.ts'

export type OrderRow = typeof orders.$inferSelect
export type OrderLineRow = typeof orderLines.$inferSelect
export type PaymentRow = typeof payments.$inferSelect
export type RefundRow = typeof refunds.$inferSelect
export type DisputeRow = typeof disputes.$inferSelect
export type QuoteRow = typeof quotes.$inferSelect

export interface OrderRecord {
  readonly order: OrderRow
  readonly customer: CustomerRow
  /** What the quote promised. */
  readonly priced: PricedQuote
  readonly lines: readonly OrderLineRow[]
  /** Oldest attempt first. */
  readonly payments: readonly PaymentRow[]
  /**
   * In the order of the lines, new ones and those that the lines extend; complimentary ones after
   * what they came with.
   */
  readonly licenseIds: readonly Id<'lic'>[]
  /** Oldest first. */
  readonly refunds: readonly RefundRow[]
  readonly disputes: readonly DisputeRow[]
}

/** The order of that customer, or null: absent and not yours are the same. */
export function readOrder(
  db: Database,
  scope: CustomerScope,
  orderId: string,
): Promise<OrderRecord | null> {
  if (!isId('ord', orderId)) return Promise.resolve(null)
  return readWhere(
    db,
    and(
      eq(orders.id, orderId),
      eq(customers.productId, scope.productId),
      eq(customers.subject, scope.subject),
    ),
  )
}

/** An order, and the licenses that it extends. */
export interface SettlementRecord extends OrderRecord {
  readonly extended: readonly ExtendedLicense[]
}

/** For the provider's side and for jobs, which act for nobody's account. */
export async function readOrderForSettlement(
  db: Database,
  orderId: Id<'ord'>,
): Promise<SettlementRecord | null> {
  const [found, lines, attempts, issued, back, objections, rows, entries] = await settlement(db, {
    orderId,
  })
  const record = recordOf(found, lines, attempts, issued, back, objections)
  return record && { ...record, extended: extendedLicenses(orderId, rows, entries) }
}

const settlement = builtOnce(
  ['orderId'],
  (db, { orderId }) =>
    [...orderQueries(db, eq(orders.id, orderId)), ...extendedQueries(db, orderId)] as const,
)

async function readWhere(db: Database, condition: SQL | undefined): Promise<OrderRecord | null> {
  return recordOf(...(await db.orm.batch(orderQueries(db, condition))))
}

/** The parts of one order, to be read in one batch, and put together by `recordOf`. */
export function orderQueries({ orm }: Database, condition: SQL | undefined) {
  return [
    orm
      .select({ order: orders, customer: customers, priced: quotes.priced })
      .from(orders)
      .innerJoin(quotes, eq(quotes.id, orders.quoteId))
      .innerJoin(customers, eq(customers.id, orders.customerId))
      .where(condition),
    orm
      .select({ line: orderLines })
      .from(orderLines)
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .innerJoin(customers, eq(customers.id, orders.customerId))
      .where(condition)
      .orderBy(asc(orderLines.position)),
    orm
      .select({ payment: payments })
      .from(payments)
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .innerJoin(customers, eq(customers.id, orders.customerId))
      .where(condition)
      .orderBy(asc(payments.attempt)),
    orm
      .select({ id: licenses.id, lineId: orderLines.id })
      .from(licenses)
      .innerJoin(orders, eq(orders.id, licenses.orderId))
      .innerJoin(customers, eq(customers.id, orders.customerId))
      .innerJoin(orderLines, eq(orderLines.id, licenses.orderLineId))
      .where(condition)
      // Of one line, 'paid' comes before 'complimentary'.
      .orderBy(asc(orderLines.position), desc(licenses.kind)),
    orm
      .select({ refund: refunds })
      .from(refunds)
      .innerJoin(orders, eq(orders.id, refunds.orderId))
      .innerJoin(customers, eq(customers.id, orders.customerId))
      .where(condition)
      .orderBy(asc(refunds.createdAt), asc(refunds.id)),
    orm
      .select({ dispute: disputes })
      .from(disputes)
      .innerJoin(orders, eq(orders.id, disputes.orderId))
      .innerJoin(customers, eq(customers.id, orders.customerId))
      .where(condition)
      .orderBy(asc(disputes.createdAt), asc(disputes.id)),
  ] as const
}

export function recordOf(
  found: readonly Pick<OrderRecord, 'order' | 'customer' | 'priced'>[],
  lines: readonly { line: OrderLineRow }[],
  attempts: readonly { payment: PaymentRow }[],
  issued: readonly { id: Id<'lic'>; lineId: Id<'oln'> }[],
  back: readonly { refund: RefundRow }[],
  objections: readonly { dispute: DisputeRow }[],
): OrderRecord | null {
  const row = found[0]
  if (row === undefined) return null
  return {
    ...row,
    lines: lines.map(({ line }) => line),
    payments: attempts.map(({ payment }) => payment),
    licenseIds: lines.flatMap(({ line }) => [
      ...(line.licenseId !== null && line.failure === null ? [line.licenseId] : []),
      ...issued.flatMap(({ id, lineId }) => (lineId === line.id ? [id] : [])),
    ]),
    refunds: back.map(({ refund }) => refund),
    disputes: objections.map(({ dispute }) => dispute),
  }
}

export interface OrderingFacts {
  readonly quote: QuoteRow | null
  readonly customer: CustomerRow | null
  /** The order that this quote made before. */
  readonly orderId: Id<'ord'> | null
  /** What the same Idempotency-Key was used for before. */
  readonly replay: { readonly bodyHash: string; readonly resultId: string } | null
  /** Of the quote's promo code, and the version of its stream; zeros without a code. */
  readonly promoUses: PromoUses & { readonly version: number }
  readonly recent: ReturnType<typeof recentCheckoutsOf>
  /** Those that the quote extends; empty for a purchase. */
  readonly extendable: readonly ExtendableRow[]
}

/** Everything that placing an order depends on, in one round trip. */
export async function readOrderingFacts(
  db: Database,
  scope: CustomerScope,
  quoteId: Id<'quo'>,
  idempotency: { readonly route: string; readonly key: string } | null,
  window: CheckoutWindow,
): Promise<OrderingFacts> {
  const { orm } = db
  const [foundQuotes, foundCustomers, foundOrders, replays, recent, extendable, ...uses] =
    await orm.batch([
      orm
        .select()
        .from(quotes)
        .where(and(eq(quotes.id, quoteId), eq(quotes.productId, scope.productId))),
      orm
        .select()
        .from(customers)
        .where(and(eq(customers.productId, scope.productId), eq(customers.subject, scope.subject))),
      orm.select({ id: orders.id }).from(orders).where(eq(orders.quoteId, quoteId)),
      orm
        .select({ bodyHash: idempotencyKeys.bodyHash, resultId: idempotencyKeys.resultId })
        .from(idempotencyKeys)
        .where(
          and(
            eq(idempotencyKeys.productId, scope.productId),
            eq(idempotencyKeys.subject, scope.subject),
            eq(idempotencyKeys.route, idempotency?.route ?? ''),
            eq(idempotencyKeys.key, idempotency?.key ?? ''),
          ),
        ),
      recentCheckoutsQuery(db, scope, window),
      extendableQuery(
        db,
        and(
          licensesOfQuote(quoteId),
          eq(customers.productId, scope.productId),
          eq(customers.subject, scope.subject),
        ),
      ),
      ...promoUsesQueries(db, scope, quoteId),
    ])
  const [versions, all, own] = uses
  const quote = foundQuotes[0]
  const isTheirs = quote !== undefined && (quote.subject === '' || quote.subject === scope.subject)
  return {
    quote: isTheirs ? quote : null,
    customer: foundCustomers[0] ?? null,
    orderId: foundOrders[0]?.id ?? null,
    replay: replays[0] ?? null,
    promoUses: {
      version: versions[0]?.version ?? 0,
      total: all[0]?.uses ?? 0,
      byCustomer: own[0]?.uses ?? 0,
    },
    recent: recentCheckoutsOf(recent[0]),
    extendable,
  }
}
