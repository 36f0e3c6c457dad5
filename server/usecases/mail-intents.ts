/** Mails about an order as intents, written in the batch that caused them: each at most once (I7). */
import type { Query } from '../db/commit.ts'
import { mails } from '../db/schema.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { Product } from '../domain/catalogue.ts'
import type { ConfirmationMail, MailData, MailedLicense, OrderMail } from '../domain/mail.ts'
import { planOf } from '../domain/plan.ts'
import type { PricedRenewal } from '../domain/quote.ts'
import type { MailedMethod } from '../domain/renewal-mail.ts'
import type { Extension } from './extend-licenses.ts'

/**
 * The words are made when it is sent or shown, from these facts (`mail/messages.ts`).
 * @param about  what of the order it tells of, where there may be several: a refund, a dispute
 */
export function orderMail(
  deps: Deps,
  { order }: OrderRecord,
  mail: MailData,
  about?: string,
): Query {
  return deps.db.orm
    .insert(mails)
    .values({
      id: deps.newId('mail'),
      productId: order.productId,
      kind: mail.kind,
      reference: about === undefined ? order.id : `${order.id} ${about}`,
      recipient: order.email,
      locale: order.locale,
      data: { ...mail.data },
      createdAt: deps.now(),
      sentAt: null,
    })
    .onConflictDoNothing()
}

export function orderMailFacts({ order }: OrderRecord, product: Product): OrderMail {
  return {
    orderId: order.id,
    productName: product.name,
    homeUrl: product.home_url,
    currency: order.currency,
    total: order.total,
  }
}

export interface IssuedFacts {
  readonly paidAt: ConfirmationMail['paidAt']
  readonly licenses: readonly MailedLicense[]
  readonly renewal: PricedRenewal | null
  /** Licenses that were renewed, enlarged or upgraded. */
  readonly extended: readonly Extension[]
  readonly method: MailedMethod | null
}

export function confirmationFacts(
  record: OrderRecord,
  product: Product,
  issued: IssuedFacts,
): ConfirmationMail {
  const { order, customer, lines } = record
  const { paidAt, licenses, renewal } = issued
  return {
    ...orderMailFacts(record, product),
    paidAt,
    licenses,
    renewal,
    zone: customer.zone,
    lines: lines.map(({ planId, quantity, amount, explanation }) => ({
      planName: planOf(product, planId)?.name ?? planId,
      quantity,
      amount,
      explanation,
    })),
    subtotal: order.subtotal,
    tax: order.tax,
    noticesVersion: order.consent.version,
    isLate: order.state === 'expired',
  }
}
