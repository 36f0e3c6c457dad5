/** Keeps our rows of payment pages equal to the pages. */
import { payments } from '../db/schema.ts'
import type { Query } from '../db/commit.ts'
import type { OrderRecord, PaymentRow } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { paymentRow } from './payment-row.ts'

/**
 * Closes the pages that are still open beside one that was handed in, so that nobody pays twice (P09).
 *
 * @returns the pages as they are after it, `complete` where a buyer was faster: then that is the
 *   second payment, and who asked has to say so, since its own event finds it stored already
 */
export function closeOtherPages(
  deps: Deps,
  { payments: known }: OrderRecord,
  session: CheckoutSession | null,
): Promise<readonly CheckoutSession[]> {
  if (session?.state !== 'complete') return Promise.resolve([])
  const open = known.filter(({ state, sessionId }) => state === 'open' && sessionId !== session.id)
  return Promise.all(open.map(({ sessionId }) => deps.payments.expireCheckout(sessionId)))
}

/**
 * One upsert for each page: it may be news to us when its webhook was faster than our own row (P05),
 * or when it is a second page of the order, which takes the next attempt.
 *
 * While another page is live, a second live one is not stored: it is once it is settled or over.
 */
export function paymentStatements(
  deps: Deps,
  { order, payments: known }: OrderRecord,
  pages: readonly CheckoutSession[],
): Query[] {
  const rows = pages.map((page) => {
    const row = paymentRow(deps.newId('pay'), order.id, page)
    return { ...row, attempt: attemptOf(known, page) }
  })
  const others = known.filter((row) => rows.every(({ sessionId }) => sessionId !== row.sessionId))
  return rows
    .filter((row) => !isLive(row) || !others.some(isLive))
    .map(({ id, ...facts }) =>
      deps.db.orm
        .insert(payments)
        .values({ id, ...facts })
        .onConflictDoUpdate({ target: payments.sessionId, set: facts }),
    )
}

function attemptOf(known: readonly PaymentRow[], session: CheckoutSession): number {
  const stored = known.find(({ sessionId }) => sessionId === session.id)
  const wanted = stored?.attempt ?? session.attempt ?? 1
  const isTaken = known.some((row) => row !== stored && row.attempt === wanted)
  return isTaken ? Math.max(...known.map(({ attempt }) => attempt)) + 1 : wanted
}

function isLive({ state }: Pick<PaymentRow, 'state'>): boolean {
  return state === 'open' || state === 'processing'
}
