/** A stored order as its receipt: nothing is computed again, all is what was shown and charged (R13). */
import { planOf } from '../domain/plan.ts'
import type { OrderLineRow, OrderRecord, PaymentRow } from '../db/queries/orders.ts'
import type { ReceiptRecord } from '../db/queries/receipts.ts'
import { brandName } from '../domain/brand-name.ts'
import { formatInstant, wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { PricedLine } from '../domain/quote.ts'
import type { ReceiptLine, ReceiptView } from '../pages/receipt-page.tsx'

/** Once something was paid, or was issued for free. */
export function hasReceipt({ order, payments }: OrderRecord): boolean {
  return order.fulfilledAt !== null || payments.some(isTaken)
}

export function receiptView(product: Product, receipt: ReceiptRecord): ReceiptView {
  const { order, customer, priced, payments, refunds, disputes } = receipt.record
  return {
    orderId: order.id,
    productName: product.name,
    customer: customer.name === null ? order.email : `${customer.name}, ${order.email}`,
    placedAt: formatInstant(order.createdAt),
    zone: customer.zone,
    currency: order.currency,
    lines: receipt.record.lines.map((line) => lineView(product, receipt, line)),
    discount: order.discount,
    promoCode: order.promoCode,
    subtotal: order.subtotal,
    tax: order.tax,
    taxNote: priced.taxNote,
    waived: priced.waived,
    total: order.total,
    payments: payments.filter(isTaken).map(paymentView),
    refunds: refunds
      .filter(({ state }) => state !== 'failed')
      .map(({ amount, createdAt, state }) => ({
        amount,
        at: formatInstant(wholeSecond(createdAt)),
        isPending: state === 'pending',
      })),
    reversals: disputes
      .filter(({ state }) => state === 'lost')
      .map(({ amount, createdAt, closedAt }) => ({
        amount,
        at: formatInstant(wholeSecond(closedAt ?? createdAt)),
      })),
    consent: order.consent,
  }
}

function isTaken({ settledAt, amount }: PaymentRow): boolean {
  return settledAt !== null && amount > 0
}

function paymentView({ amount, method, settledAt, createdAt }: PaymentRow) {
  const { brand = null, last4 = null, kind = null } = method ?? {}
  const word = brand ?? kind
  const name = word === null ? null : brandName(word)
  const at = formatInstant(wholeSecond(settledAt ?? createdAt))
  return { amount, at, method: last4 === null ? name : `${name ?? ''} •••• ${last4}`.trim() }
}

function lineView(
  product: Product,
  { record, entries, licenses }: ReceiptRecord,
  line: OrderLineRow,
): ReceiptLine {
  const nameOf = (planId: string) => planOf(product, planId)?.name ?? planId
  const promised = record.priced.lines[line.position]
  const own = licenses.filter(({ lineId }) => lineId === line.id)
  const gift = record.priced.complimentary.find(({ line: position }) => position === line.position)
  return {
    name: promised?.planName ?? nameOf(line.planId),
    upgradedFrom: line.upgradeFrom === null ? null : nameOf(line.upgradeFrom),
    keyLast4: own.find(({ kind }) => kind !== 'complimentary')?.keyLast4 ?? null,
    period: periodOf(record, entries, line, promised),
    quantity: line.quantity,
    unitAmount: line.unitAmount,
    per: line.kind === 'pay_per_use' ? 'day' : (line.cycle ?? 'once'),
    explanation: line.explanation,
    amount: line.amount,
    gift: gift === undefined ? null : { name: gift.planName, quantity: gift.quantity },
    isFulfilled: line.failure === null,
  }
}

/** What the ledger says; what the quote said where the line adds no time of its own. */
function periodOf(
  { order }: OrderRecord,
  entries: ReceiptRecord['entries'],
  line: OrderLineRow,
  promised: PricedLine | undefined,
): ReceiptLine['period'] {
  const times = entries.flatMap(({ lineId, entry }) =>
    lineId === line.id && 'startsAt' in entry && entry.kind !== 'complimentary' ? [entry] : [],
  )
  const [first] = times
  const last = times.at(-1)
  if (first !== undefined && last !== undefined) {
    return { startsAt: first.startsAt, endsAt: last.endsAt }
  }
  if (promised === undefined || order.fulfilledAt === null) return null
  return { startsAt: promised.startsAt, endsAt: promised.endsAt }
}
