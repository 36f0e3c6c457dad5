/** The mail about licenses that an order extended. */
import { Temporal } from 'temporal-polyfill'
import type { Query } from '../db/commit.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { RenewalMail } from '../domain/renewal-mail.ts'
import type { Extension } from './extend-licenses.ts'
import { orderMail, orderMailFacts } from './mail-intents.ts'
import type { IssuedFacts } from './mail-intents.ts'

export function renewalMailIntent(
  deps: Deps,
  record: OrderRecord,
  product: Product,
  { paidAt, extended, method }: IssuedFacts,
): Query {
  const { order, customer } = record
  const data: RenewalMail = {
    ...orderMailFacts(record, product),
    paidAt,
    zone: customer.zone,
    licenses: extended.map(({ line, after }) => ({
      planName: after.planName,
      quantity: line.quantity,
      keyLast4: after.keyLast4,
      endedAt: line.expiresAtBefore,
      endsAt: formatInstant(after.endsAt),
      amount: line.amount,
      explanation: line.explanation,
    })),
    subtotal: order.subtotal,
    tax: order.tax,
    method: method && { brand: method.brand, last4: method.last4 },
    nextChargeAt: firstChargeOf(extended),
  }
  const kind = order.origin === 'auto_renewal' ? 'auto_renewal.succeeded' : 'order.renewed'
  return orderMail(deps, record, { kind, data })
}

function firstChargeOf(extended: readonly Extension[]): string | null {
  const [first] = extended
    .flatMap(({ after }) => (after.nextChargeAt === null ? [] : [after.nextChargeAt]))
    .toSorted(Temporal.Instant.compare)
  return first === undefined ? null : formatInstant(first)
}
