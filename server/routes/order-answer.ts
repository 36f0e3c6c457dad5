/** An order as it crosses the wire. */
import type { Order } from '../contract/orders.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { explain } from '../domain/explanation.ts'
import { kindOf } from '../domain/quote.ts'
import type { Locale } from '../i18n/locales.ts'
import { receiptUrl } from '../usecases/order-link.ts'
import { hasReceipt } from './receipt-view.ts'
import { refundAnswer, refundableAnswer } from './refund-answer.ts'

const ISSUED: readonly string[] = ['fulfilled', 'partially_refunded', 'refunded']

export async function orderAnswer(
  deps: Deps,
  product: Product,
  record: OrderRecord,
  locale: Locale,
): Promise<Order> {
  const { order, priced, lines, payments, licenseIds } = record
  const { centerOrigin } = deps.config
  const isPayable = order.state === 'pending'
  return {
    id: order.id,
    kind: kindOf(priced),
    state: order.state,
    payment_url: isPayable ? (payments.at(-1)?.url ?? null) : null,
    created_at: formatInstant(order.createdAt),
    expires_at: formatInstant(order.expiresAt),
    currency: order.currency,
    subtotal: order.subtotal,
    discount: order.discount,
    tax: order.tax,
    total: order.total,
    paid_at: order.paidAt && formatInstant(order.paidAt),
    fulfilled_at: order.fulfilledAt && formatInstant(order.fulfilledAt),
    licenses: ISSUED.includes(order.state) ? [...licenseIds] : [],
    lines: lines.map((line) => ({
      plan: line.planId,
      license_id: line.licenseId,
      quantity: line.quantity,
      amount: line.amount,
      explain: explain(line.explanation, order.currency, locale),
    })),
    failure: order.failure,
    payment_received: order.state === 'review',
    refunds: record.refunds.map(refundAnswer),
    refundable: refundableAnswer(deps, record, locale),
    email: order.email,
    consents: [
      {
        version: order.consent.version,
        locale: order.consent.locale,
        accepted_at: order.consent.acceptedAt,
        quote_id: order.consent.quoteId,
      },
    ],
    token: null,
    receipt_url: hasReceipt(record) ? await receiptUrl(deps, order.id) : null,
    support_url: `${centerOrigin}/contact?order=${order.id}`,
    home_url: product.home_url,
    now: formatInstant(deps.now()),
  }
}
