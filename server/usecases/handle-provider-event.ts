/**
 * The inbox of the provider's notifications: stored first, then acted on, so that 2xx is only said
 * when nothing can be lost any more (P05, P26). Only ids are taken from an event; a second copy, a
 * second event of the same fact and any order of arrival end in the same state (P01–P03).
 */
import { aftermathOfIntent } from '../db/queries/aftermath.ts'
import type { ProviderEventRow } from '../db/queries/provider-events.ts'
import type { Deps } from '../deps.ts'
import { isId } from '../domain/ids.ts'
import type { Id } from '../domain/ids.ts'
import type { OrderState } from '../domain/order.ts'
import { Refused } from '../domain/refusals.ts'
import type { ProviderEvent } from '../payments/port.ts'
import { followMethod } from './change-saved-method.ts'
import { followOrderAftermath } from './follow-aftermath.ts'
import { markOf, postpone, store } from './provider-inbox.ts'
import { settleMethodSetup } from './settle-method-setup.ts'
import { settleOrder } from './settle-order.ts'

export type EventOutcome = 'handled' | 'duplicate' | 'ignored' | 'other_mode'

/** @throws what settling throws: the caller answers 5xx and the provider sends the event again */
export async function handleProviderEvent(deps: Deps, event: ProviderEvent): Promise<EventOutcome> {
  if (event.livemode !== deps.payments.livemode) {
    deps.log({ level: 'warn', event: 'webhook.other_mode', id: event.id, type: event.type })
    return 'other_mode'
  }
  if (!concernsUs(event)) return 'ignored'
  const stored = await store(deps, event)
  if (stored.handledAt !== null) return 'duplicate'
  await actOn(deps, stored)
  return 'handled'
}

/**
 * The sweep's way to events that failed before. A fault counts as a try, so that an event that can
 * never be acted on is isolated (P26); a provider or database that is away does not.
 */
export async function actAgain(deps: Deps, row: ProviderEventRow): Promise<void> {
  try {
    await actOn(deps, row)
  } catch (error) {
    if (!(error instanceof Refused)) await postpone(deps, row, 'failed')
    throw error
  }
}

async function actOn(deps: Deps, row: ProviderEventRow): Promise<void> {
  const alongside = markOf(deps, row)
  if (row.methodId !== null) return followMethod(deps, row.methodId, alongside)
  if (row.intentId !== null && isAftermath(row.type)) {
    return followPayment(deps, row, row.intentId)
  }
  const target = await targetOf(deps, row)
  if (target === null) return postpone(deps, row, 'unknown_order')
  const cause = { actor: 'provider', alongside }
  const found =
    'setupId' in target
      ? await settleMethodSetup(deps, target.setupId, cause)
      : (await settleOrder(deps, target.orderId, { ...cause, sessionId: target.sessionId })).record
  if (found === null) await postpone(deps, row, 'unknown_order')
}

/** Refunds, disputes and warnings may be told of before the payment itself was: then it is settled first. */
async function followPayment(deps: Deps, row: ProviderEventRow, intentId: string): Promise<void> {
  const alongside = markOf(deps, row)
  const known = await aftermathOfIntent(deps.db, intentId)
  if (known !== null && !UNSETTLED.includes(known.record.order.state)) {
    const { id } = known.record.order
    await followOrderAftermath(deps, id, { actor: 'provider', known, alongside })
    return
  }
  const target = await targetOf(deps, { ...row, sessionId: null })
  if (target === null || 'setupId' in target) return postpone(deps, row, 'unknown_order')
  const { orderId, sessionId } = target
  const { record } = await settleOrder(deps, orderId, { actor: 'provider', sessionId })
  if (record === null) return postpone(deps, row, 'unknown_order')
  await followOrderAftermath(deps, orderId, { actor: 'provider', alongside })
}

/** No money was taken note of yet. */
const UNSETTLED: readonly OrderState[] = ['pending', 'processing', 'expired', 'failed', 'payable']

function isAftermath(type: string): boolean {
  return AFTERMATH_TYPES.some((start) => type.startsWith(start))
}

const AFTERMATH_TYPES = [
  'charge.refund',
  'refund.',
  'charge.dispute.',
  'radar.early_fraud_warning.',
]

/** Types that tell of a saved method; `attached` and `updated` change nothing that is kept of it. */
const METHOD_TYPES = ['payment_method.detached', 'payment_method.automatically_updated']

function concernsUs({ type, sessionId }: ProviderEvent): boolean {
  // An invoice without a session is what a payment page left behind.
  if (type.startsWith('invoice.')) return sessionId !== null
  if (METHOD_TYPES.includes(type) || isAftermath(type)) return true
  return type.startsWith('checkout.session.') || type.startsWith('payment_intent.')
}

type Target =
  | { readonly orderId: Id<'ord'>; readonly sessionId: string }
  | { readonly setupId: Id<'set'> }

/** The order and payment page that an event is about, as the provider says now. */
async function targetOf(
  deps: Deps,
  { sessionId, intentId, orderId }: ProviderEventRow,
): Promise<Target | null> {
  if (sessionId !== null && orderId !== null) return { orderId, sessionId }
  const session =
    sessionId !== null
      ? await deps.payments.readCheckout(sessionId)
      : intentId !== null
        ? await deps.payments.findCheckoutByIntent(intentId)
        : null
  if (session === null) return null
  if (session.setupId !== null && isId('set', session.setupId)) return { setupId: session.setupId }
  if (session.orderId === null || !isId('ord', session.orderId)) return null
  return { orderId: session.orderId, sessionId: session.id }
}
