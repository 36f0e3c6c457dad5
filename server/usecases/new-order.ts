/** A quote as the rows of a new order: price and words as they were shown, nothing computed again. */
import type { Temporal } from 'temporal-polyfill'
import type { OrderRequest } from '../contract/orders.ts'
import type { Change, JournalEntry, Query } from '../db/commit.ts'
import type { CustomerRow } from '../db/queries/customers.ts'
import type { OrderRecord, OrderRow, OrderingFacts, QuoteRow } from '../db/queries/orders.ts'
import { customers, idempotencyKeys, orderLines, orders, promoUses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Consent } from '../domain/order.ts'
import { sourceOf } from '../domain/source.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { holdLicenses } from './held-licenses.ts'
import { hashOfOrder } from './order-link.ts'
import { orderLineRow } from './order-line-row.ts'

/** Who buys, as the host's token says, and from where. */
export interface Buyer {
  readonly email: string
  readonly name: string | null
  readonly locale: string | null
  readonly ip: string | null
  readonly userAgent: string | null
}

export interface Placement {
  readonly scope: Pick<CustomerScope, 'productId' | 'subject'>
  readonly at: Temporal.Instant
  readonly returnUrl: string
  readonly request: OrderRequest
  readonly idempotency: {
    readonly route: string
    readonly key: string
    readonly bodyHash: string
  } | null
  readonly promo: {
    readonly code: string
    readonly stream: string
    readonly version: number
  } | null
  /** Of an order that a job places. */
  readonly origin?: OrderRow['origin']
  /** For how long it waits to be paid; that of a payment page when absent. */
  readonly expiresAt?: Temporal.Instant
}

/** Stripe allows 30 minutes to 24 hours, counted from when the page is opened. */
const PAYMENT_WINDOW = { minutes: 35 }
const FIRST_SWEEP = { seconds: 60 }

/** What the rows are made of; the rest of what was read decided whether they may be. */
type OrderedFacts = Pick<OrderingFacts, 'customer' | 'extendable'> & { readonly quote: QuoteRow }

export async function newOrder(
  deps: Deps,
  facts: OrderedFacts,
  buyer: Buyer,
  placement: Placement,
): Promise<{ record: OrderRecord; change: Change }> {
  const customer = facts.customer ?? newCustomer(deps, facts.quote, buyer, placement)
  const id = deps.newId('ord')
  const tokenHash = await hashOfOrder(deps, id)
  const order = orderRow({ id, tokenHash }, facts.quote, customer, buyer, placement)
  const lines = facts.quote.priced.lines.map((line, position) =>
    orderLineRow(deps.newId('oln'), order.id, line, position),
  )
  const actor = `customer:${customer.id}`
  const entry = (stream: string, version: number, type: string, data = {}): JournalEntry => ({
    stream,
    version,
    type,
    actor,
    productId: order.productId,
    data,
  })
  const { promo } = placement
  return {
    record: {
      order,
      customer,
      priced: facts.quote.priced,
      lines,
      payments: [],
      licenseIds: [],
      refunds: [],
      disputes: [],
    },
    change: {
      journal: [
        entry(`order:${order.id}`, 1, 'order.placed', {
          quote: order.quoteId,
          total: order.total,
          currency: order.currency,
        }),
        ...(facts.customer ? [] : [entry(`customer:${customer.id}`, 1, 'customer.created')]),
        ...(promo
          ? [entry(promo.stream, promo.version, 'promo.reserved', { order: order.id })]
          : []),
      ],
      statements: [
        ...(facts.customer ? [] : [deps.db.orm.insert(customers).values(customer)]),
        deps.db.orm.insert(orders).values(order),
        deps.db.orm.insert(orderLines).values(lines),
        ...holdLicenses(
          deps,
          order,
          facts.extendable.map(({ license }) => license),
        ),
        ...sideRows(deps, order, placement),
      ],
    },
  }
}

function newCustomer(
  deps: Deps,
  { priced }: QuoteRow,
  buyer: Buyer,
  { scope, at, request }: Placement,
): CustomerRow {
  return {
    id: deps.newId('cus'),
    productId: scope.productId,
    subject: scope.subject,
    email: buyer.email,
    name: buyer.name,
    zone: priced.zone,
    locale: request.locale ?? buyer.locale ?? 'en',
    providerCustomer: null,
    renewalDay: '1',
    createdAt: at,
    version: 1,
    savedMethod: null,
  }
}

function orderRow(
  named: Pick<OrderRow, 'id' | 'tokenHash'>,
  quote: QuoteRow,
  customer: CustomerRow,
  buyer: Buyer,
  { at, returnUrl, request, origin, expiresAt }: Placement,
): OrderRow {
  const { priced } = quote
  const locale = request.locale ?? buyer.locale ?? customer.locale
  const consent: Consent = {
    version: request.notices_version,
    locale,
    quoteId: quote.id,
    actor: customer.subject,
    ip: buyer.ip,
    userAgent: buyer.userAgent,
    acceptedAt: at.toString(),
  }
  return {
    ...named,
    productId: quote.productId,
    customerId: customer.id,
    quoteId: quote.id,
    state: priced.total === 0 && !needsMethod(priced, customer) ? 'payable' : 'pending',
    disputed: false,
    catalogueVersion: quote.catalogueVersion,
    currency: priced.currency,
    subtotal: priced.subtotal,
    discount: priced.discount,
    tax: priced.tax,
    total: priced.total,
    email: buyer.email,
    locale,
    returnUrl,
    promoCode: priced.promoCode,
    consent,
    failure: null,
    reviewReason: null,
    createdAt: at,
    expiresAt: expiresAt ?? at.add(PAYMENT_WINDOW),
    source: sourceOf(buyer.ip),
    paidAt: null,
    fulfilledAt: null,
    canceledAt: null,
    sweepAt: at.add(FIRST_SWEEP),
    version: 1,
    origin: origin ?? 'customer',
    methodId: priced.total === 0 ? null : (request.payment_method ?? null),
  }
}

/** Nothing is to be paid now, but later by itself: then a method has to be saved first (section 4). */
function needsMethod(priced: QuoteRow['priced'], customer: CustomerRow): boolean {
  return priced.lines.some(({ autoRenew }) => autoRenew) && customer.savedMethod === null
}

function sideRows(
  deps: Deps,
  order: OrderRow,
  { scope, at, idempotency, promo }: Placement,
): Query[] {
  const { orm } = deps.db
  const rows: Query[] = []
  if (promo !== null) {
    rows.push(
      orm.insert(promoUses).values({
        orderId: order.id,
        productId: order.productId,
        code: promo.code,
        customerId: order.customerId,
        state: 'reserved',
      }),
    )
  }
  if (idempotency !== null) {
    rows.push(
      orm.insert(idempotencyKeys).values({
        ...idempotency,
        productId: scope.productId,
        subject: scope.subject,
        resultId: order.id,
        createdAt: at,
      }),
    )
  }
  return rows
}
