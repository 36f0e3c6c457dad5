/** How the end of a charge is judged that nobody waits for: there is no page on which to try again. */
import type { Temporal } from 'temporal-polyfill'
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
    isUnattended(order) &&
    session?.kind === 'charge' &&
    session.state === 'open' &&
    session.decline !== null
  if (!isRefused) return session
  const closed = await deps.payments.expireCheckout(session.id)
  return closed.payment === 'paid' ? closed : { ...closed, decline: session.decline }
}

/**
 * One refusal ends such an order; the next try places another one. An order that its customer pays
 * goes on with a payment page: the end of its charge is not its own.
 */
export function judgeOwn(
  order: OrderRow,
  session: CheckoutSession | null,
  givenUp: ChargeRefusal | undefined,
  judgement: Judgement,
  now: Temporal.Instant,
): Judgement {
  const isOpen = order.state === 'pending' || order.state === 'processing'
  if (!isOpen) return judgement
  const isOver = session?.kind === 'charge' && session.state === 'expired'
  if (!isUnattended(order)) {
    const mayBePaid = now.epochMilliseconds < order.expiresAt.epochMilliseconds
    return isOver && mayBePaid && judgement.kind === 'expire' ? { kind: 'nothing' } : judgement
  }
  if (session === null && givenUp !== undefined) return failed(givenUp)
  return isOver && session.decline !== null ? failed(session.decline) : judgement
}

/** What the customer is told of it; the advice is for us. */
function failed({ code, message }: ChargeRefusal): Judgement {
  return { kind: 'fail', failure: { code, message } }
}

/** Nobody is at the screen to pay in another way: of a job, or waiting for a bank. */
function isUnattended({ origin, state }: OrderRow): boolean {
  return origin !== 'customer' || state === 'processing'
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
