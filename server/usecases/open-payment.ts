/** Opens the payment page of an order and compares its amount before anybody sees its address. */
import { eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision, Query } from '../db/commit.ts'
import { readOrderForSettlement } from '../db/queries/orders.ts'
import type { OrderLineRow, OrderRecord, OrderRow } from '../db/queries/orders.ts'
import { customers } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import { planOf } from '../domain/plan.ts'
import type { Product } from '../domain/catalogue.ts'
import type { PaymentFailure } from '../domain/order.ts'
import type { CheckoutLine, CheckoutSession } from '../payments/port.ts'
import { orderChange } from './order-change.ts'
import { paymentRow } from './payment-row.ts'
import { paymentStatements } from './payment-statements.ts'
import { providerCustomerOf } from './provider-customer.ts'

/** What was tried before the page: then that is the first attempt. */
export interface RefusedCharge {
  readonly failure: PaymentFailure
  /** Closed; null when it did not come to one. */
  readonly charge: CheckoutSession | null
}

const FIRST = 1
/** The provider wants a page to live 30 minutes; one more for the way there. */
const SHORTEST_LIFE = { minutes: 31 }

/**
 * Safe to repeat: the provider answers the same page for the same order and attempt.
 *
 * @param record  a pending order without a payment page
 * @throws Refused `payment.refused` or `payment.unavailable`; the order is kept, nothing is charged
 */
export async function openPayment(
  deps: Deps,
  product: Product,
  record: OrderRecord,
  refused: RefusedCharge | null = null,
): Promise<OrderRecord> {
  const { order, customer, lines } = record
  const providerCustomer = await providerCustomerOf(deps, customer)
  const session = await deps.payments.openCheckout({
    orderId: order.id,
    attempt: refused === null ? FIRST : FIRST + 1,
    productId: order.productId,
    currency: order.currency,
    lines: checkoutLines(product, order, lines),
    total: order.total,
    providerCustomer,
    saveMethod: lines.some((line) => line.kind === 'purchase' && line.autoRenew),
    locale: order.locale,
    successUrl: returnPage(deps, order, 'paid'),
    cancelUrl: returnPage(deps, order, 'left'),
    expiresAt: pageEnd(deps, order),
  })
  await compare(deps, order, session)
  return rememberPayment(deps, record, { session, refused, providerCustomer })
}

/** That of the order, unless the provider was away for so long that its page would be too short. */
function pageEnd(deps: Deps, { expiresAt }: OrderRow): Temporal.Instant {
  const earliest = wholeSecond(deps.now()).add(SHORTEST_LIFE)
  return Temporal.Instant.compare(expiresAt, earliest) < 0 ? earliest : expiresAt
}

/**
 * What the payment page adds up. A discount or a part period cannot be told as unit × quantity
 * there, so such a line is sent as quantity 1 with its explanation in the name.
 */
export function checkoutLines(
  product: Product,
  order: OrderRow,
  lines: readonly OrderLineRow[],
): CheckoutLine[] {
  const sold = lines.map((line): CheckoutLine => {
    const name = `${product.name} ${planOf(product, line.planId)?.name ?? line.planId}`
    const isPlain = line.unitAmount * line.quantity === line.amount
    return isPlain
      ? { name, description: period(line), quantity: line.quantity, unitAmount: line.unitAmount }
      : {
          name: `${name} × ${line.quantity}`,
          description: period(line),
          quantity: 1,
          unitAmount: line.amount,
        }
  })
  const tax = order.total - order.subtotal
  return tax === 0
    ? sold
    : [...sold, { name: 'Tax', description: '', quantity: 1, unitAmount: tax }]
}

function period({ months }: OrderLineRow): string {
  return months === 1 ? '1 month' : `${months} months`
}

function returnPage(deps: Deps, order: OrderRow, how: 'paid' | 'left'): string {
  return `${deps.config.centerOrigin}/pay/return?order=${order.id}&how=${how}`
}

/** Shown = charged: a page that asks for anything else is closed before it is seen (P14). */
async function compare(deps: Deps, order: OrderRow, session: CheckoutSession): Promise<void> {
  if (session.amountTotal === order.total && session.currency === order.currency) return
  await deps.payments.expireCheckout(session.id)
  throw new Error(
    `payment page ${session.id} asks for ${session.amountTotal} ${session.currency}, order ${order.id} is ${order.total} ${order.currency}`,
  )
}

interface OpenedPage {
  readonly session: CheckoutSession
  readonly refused: RefusedCharge | null
  readonly providerCustomer: string
}

/** A webhook may have been faster than this (P05, P06): then its result stands. */
function rememberPayment(deps: Deps, known: OrderRecord, opened: OpenedPage): Promise<OrderRecord> {
  let current: OrderRecord | null = known
  return decideAndCommit(deps, {}, async (): Promise<Decision<OrderRecord>> => {
    current ??= await readOrderForSettlement(deps.db, known.order.id)
    const record = current
    current = null
    if (record === null) throw new Error(`order ${known.order.id} has vanished`)
    return remembered(deps, record, opened)
  })
}

function remembered(
  deps: Deps,
  record: OrderRecord,
  { session, refused, providerCustomer }: OpenedPage,
): Decision<OrderRecord> {
  const others = record.payments.filter(({ sessionId }) => sessionId !== refused?.charge?.id)
  if (record.order.state !== 'pending' || others.length > 0) return { change: null, result: record }
  const attempts = [...(refused?.charge ? [refused.charge] : []), session]
  const isNewCustomer = record.customer.providerCustomer === null
  const { change, order } = orderChange(deps, record, {
    type: 'order.payment_opened',
    actor: `customer:${record.customer.id}`,
    // The order keeps price and dates until its page ends.
    set: { expiresAt: session.expiresAt, failure: refused?.failure ?? null },
    data: {
      session: session.id,
      attempt: session.attempt ?? FIRST,
      ...(refused ? { refused: refused.failure.code } : {}),
    },
    statements: [
      ...paymentStatements(deps, record, attempts),
      ...(isNewCustomer ? [rememberCustomer(deps, record, providerCustomer)] : []),
    ],
  })
  const payments = attempts.map((each) => paymentRow(deps.newId('pay'), order.id, each))
  return { change, result: { ...record, order, payments } }
}

/** The provider answers one customer per key, so whoever writes it writes the same value. */
function rememberCustomer(deps: Deps, { customer }: OrderRecord, providerCustomer: string): Query {
  return deps.db.orm
    .update(customers)
    .set({ providerCustomer })
    .where(eq(customers.id, customer.id))
}
