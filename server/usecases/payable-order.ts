/** What the judgement of a payment has to know of its order. */
import type { SettlementRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { PayableOrder } from '../domain/payment-judgement.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { isDeliverable } from './extend-licenses.ts'

export function payableOrder(
  deps: Deps,
  record: SettlementRecord,
  session: CheckoutSession | null,
): PayableOrder {
  const { order, priced, payments, extended } = record
  const settled = payments.filter(({ settledAt }) => settledAt !== null)
  // Also the second of two payments is judged only once.
  const taken = settled.find(({ sessionId }) => sessionId === session?.id) ?? settled[0]
  return {
    id: order.id,
    state: order.state,
    total: order.total,
    currency: order.currency,
    expiresAt: order.expiresAt,
    livemode: deps.payments.livemode,
    latestSessionId: payments.at(-1)?.sessionId ?? null,
    settledSessionId: taken?.sessionId ?? null,
    wasRenewedMeanwhile: wasRenewedMeanwhile(priced, extended),
    isDeliverable: isDeliverable(record),
  }
}

/** Another order took one of its licenses, or has moved the end that this one was priced from. */
function wasRenewedMeanwhile(
  { lines }: SettlementRecord['priced'],
  extended: SettlementRecord['extended'],
): boolean {
  return lines.some((line) => {
    if (line.kind === 'purchase') return false
    const found = extended.find(({ license }) => license.id === line.licenseId)
    if (found === undefined) return false
    return (
      found.otherOrderId !== null || formatInstant(found.license.endsAt) !== line.expiresAtBefore
    )
  })
}
