/** How the end of a charge is judged that nobody waits for: there is no page on which to try again. */
import type { OrderRecord, OrderRow } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { ChargeRefusal } from '../domain/auto-renewal.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Judgement } from '../domain/payment-judgement.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { chargesFailed, NO_EFFECTS, type Effects } from './auto-charge-effects.ts'
import { billUnpaid } from './metered-bill-effects.ts'

/** A refused charge is closed before anything is decided on it, so that its money cannot arrive later. */
export async function closeRefused(
  deps: Deps,
  order: OrderRow,
  session: CheckoutSession | null,
): Promise<CheckoutSession | null> {
  const isRefused =
    order.origin !== 'customer' &&
    session?.kind === 'charge' &&
    session.state === 'open' &&
    session.decline !== null
  if (!isRefused) return session
  const closed = await deps.payments.expireCheckout(session.id)
  return closed.payment === 'paid' ? closed : { ...closed, decline: session.decline }
}

/** One refusal ends such an order; the next try places another one. */
export function judgeOwn(
  order: OrderRow,
  session: CheckoutSession | null,
  givenUp: ChargeRefusal | undefined,
  judgement: Judgement,
): Judgement {
  const isOpen = order.state === 'pending' || order.state === 'processing'
  if (order.origin === 'customer' || !isOpen) return judgement
  if (session === null && givenUp !== undefined) return { kind: 'fail', failure: givenUp }
  const isOver = session?.kind === 'charge' && session.state === 'expired'
  return isOver && session.decline !== null ? { kind: 'fail', failure: session.decline } : judgement
}

/** Why an order of ours ended unpaid: what the provider said of it last. */
export function refusalOf(
  { order }: OrderRecord,
  session: CheckoutSession | null,
  givenUp: ChargeRefusal | undefined,
): ChargeRefusal {
  if (session?.decline) return session.decline
  if (givenUp !== undefined) return givenUp
  const known = session?.failure ?? order.failure
  return {
    kind: 'soft',
    code: known?.code ?? 'payment.unavailable',
    message: known?.message ?? 'The payment provider could not be reached.',
  }
}

/** What else ends with an order of ours that was not paid. */
export function unpaidEffects(
  deps: Deps,
  record: OrderRecord,
  product: Product,
  judgement: Judgement,
  refusal: () => ChargeRefusal,
): Promise<Effects> {
  const isUnpaid = judgement.kind === 'fail' || judgement.kind === 'expire'
  if (!isUnpaid) return Promise.resolve(NO_EFFECTS)
  switch (record.order.origin) {
    case 'auto_renewal':
      return chargesFailed(deps, record, product, refusal())
    case 'meter':
      return billUnpaid(deps, record, product, refusal())
    case 'customer':
      return Promise.resolve(NO_EFFECTS)
  }
}
