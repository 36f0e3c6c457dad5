/** Orders as an operator reads them, in text and as JSON (snake_case, instants RFC 3339). */
import type { Temporal } from 'temporal-polyfill'
import type { OrderHistory } from '../../db/queries/order-list.ts'
import type { OrderRecord, OrderRow } from '../../db/queries/orders.ts'
import { formatInstant } from '../../domain/calendar.ts'
import { formatMoney } from '../../domain/money.ts'

export function orderSummary(order: OrderRow) {
  return {
    id: order.id,
    product: order.productId,
    state: order.state,
    review_reason: order.reviewReason,
    total: order.total,
    currency: order.currency,
    email: order.email,
    created_at: formatInstant(order.createdAt),
    paid_at: instantOrNull(order.paidAt),
  }
}

export function orderDetails(
  { order, lines, payments, licenseIds }: OrderRecord,
  history: OrderHistory,
) {
  return {
    ...orderSummary(order),
    customer: order.customerId,
    lines: lines.map(({ kind, planId, quantity, cycle, amount }) => ({
      kind,
      plan: planId,
      quantity,
      cycle,
      amount,
    })),
    payments: payments.map(({ sessionId, intentId, state, amount, currency, settledAt }) => ({
      session: sessionId,
      intent: intentId,
      state,
      amount,
      currency,
      settled_at: instantOrNull(settledAt),
    })),
    licenses: licenseIds,
    tasks: history.tasks.map(({ kind, createdAt, closedAt }) => ({
      kind,
      created_at: formatInstant(createdAt),
      closed_at: instantOrNull(closedAt),
    })),
    journal: history.entries.map(({ version, type, actor, at, data }) => ({
      version,
      type,
      actor,
      at: formatInstant(at),
      ...(typeof data['reason'] === 'string' ? { reason: data['reason'] } : {}),
    })),
  }
}

export type OrderDetails = ReturnType<typeof orderDetails>

export function summaryText(order: ReturnType<typeof orderSummary>): string {
  const why = order.review_reason === null ? '' : ` (${order.review_reason})`
  return [
    order.id,
    order.state + why,
    order.product,
    money(order),
    order.email,
    order.created_at,
  ].join('  ')
}

export function detailsText(order: OrderDetails): string {
  return [
    summaryText(order),
    ...order.lines.map(
      (line) =>
        `  ${line.kind} ${line.plan} × ${line.quantity}: ${money({ ...line, currency: order.currency, total: line.amount })}`,
    ),
    ...order.payments.map(
      (payment) =>
        `  payment ${payment.session} ${payment.state}: ${money({ ...payment, total: payment.amount })}`,
    ),
    ...order.licenses.map((id) => `  license ${id}`),
    ...order.tasks.map(
      (task) =>
        `  task ${task.kind}: ${task.closed_at === null ? 'open' : `closed ${task.closed_at}`}`,
    ),
    ...order.journal.map(
      ({ version, at, type, actor, reason }) =>
        `  ${version}. ${at} ${type} by ${actor}${reason ? `: ${reason}` : ''}`,
    ),
  ].join('\n')
}

export function money({ total, currency }: { total: number; currency: string }): string {
  return formatMoney(total, currency, 'en')
}

function instantOrNull(at: Temporal.Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}
