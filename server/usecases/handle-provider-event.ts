/**
 * The inbox of the provider's notifications: stored first, then acted on, so that 2xx is only said
 * when nothing can be lost any more (P05, P26). Only ids are taken from an event; a second copy, a
 * second event of the same fact and any order of arrival end in the same state (P01–P03).
 */
import { eq } from 'drizzle-orm'
import { commit, LostRace } from '../db/commit.ts'
import type { JournalEntry, Query } from '../db/commit.ts'
import { readProviderEvent } from '../db/queries/provider-events.ts'
import type { ProviderEventRow } from '../db/queries/provider-events.ts'
import { operatorTasks, providerEvents } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { isId } from '../domain/ids.ts'
import type { Id } from '../domain/ids.ts'
import { Refused } from '../domain/refusals.ts'
import type { ProviderEvent } from '../payments/port.ts'
import { settleOrder } from './settle-order.ts'
import type { Alongside } from './settle-order.ts'

/** Tried this often, then isolated as an operator's task while others flow (P26). */
const MAX_ATTEMPTS = 8
const RETRY_AFTER = { seconds: 60 }

export type EventOutcome = 'handled' | 'duplicate' | 'ignored' | 'other_mode'

/** @throws what settling throws: the caller answers 5xx and the provider sends the event again */
export async function handleProviderEvent(deps: Deps, event: ProviderEvent): Promise<EventOutcome> {
  if (event.livemode !== deps.payments.livemode) {
    deps.log({ level: 'warn', event: 'webhook.other_mode', id: event.id, type: event.type })
    return 'other_mode'
  }
  if (!concernsPayment(event)) return 'ignored'
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
  const target = await targetOf(deps, row)
  if (target === null) return postpone(deps, row, 'unknown_order')
  let latest: ProviderEventRow | null = row
  const { record } = await settleOrder(deps, target.orderId, {
    actor: 'provider',
    sessionId: target.sessionId,
    // Another copy of this event may set its mark first, so each attempt looks again.
    alongside: async () => {
      const current = latest ?? (await readProviderEvent(deps.db, row.id))
      latest = null
      return current === null || current.handledAt !== null ? null : markHandled(deps, current)
    },
  })
  if (record === null) await postpone(deps, row, 'unknown_order')
}

function concernsPayment({ type, sessionId }: ProviderEvent): boolean {
  // An invoice without a session is what a payment page left behind.
  if (type.startsWith('invoice.')) return sessionId !== null
  return type.startsWith('checkout.session.') || type.startsWith('payment_intent.')
}

/** The order and payment page that an event is about, as the provider says now. */
async function targetOf(
  deps: Deps,
  { sessionId, intentId, orderId }: ProviderEventRow,
): Promise<{ orderId: Id<'ord'>; sessionId: string } | null> {
  if (sessionId !== null && orderId !== null) return { orderId, sessionId }
  const session =
    sessionId !== null
      ? await deps.payments.readCheckout(sessionId)
      : intentId !== null
        ? await deps.payments.findCheckoutByIntent(intentId)
        : null
  if (session === null || session.orderId === null || !isId('ord', session.orderId)) return null
  return { orderId: session.orderId, sessionId: session.id }
}

async function store(deps: Deps, event: ProviderEvent): Promise<ProviderEventRow> {
  const row: ProviderEventRow = {
    id: event.id,
    type: event.type,
    sessionId: event.sessionId,
    intentId: event.intentId,
    orderId: event.orderId !== null && isId('ord', event.orderId) ? event.orderId : null,
    receivedAt: deps.now(),
    handledAt: null,
    outcome: null,
    attempts: 1,
    sweepAt: deps.now().add(RETRY_AFTER),
  }
  try {
    await commit(deps.db, deps.now(), {
      journal: [entry(row, 1, 'provider_event.received')],
      statements: [deps.db.orm.insert(providerEvents).values(row)],
    })
    return row
  } catch (error) {
    const known = error instanceof LostRace ? await readProviderEvent(deps.db, event.id) : null
    if (known === null) throw error
    return known
  }
}

function markHandled(deps: Deps, row: ProviderEventRow): Alongside {
  return {
    journal: [entry(row, row.attempts + 1, 'provider_event.handled')],
    statements: [
      deps.db.orm
        .update(providerEvents)
        .set({ handledAt: deps.now(), outcome: 'handled', sweepAt: null })
        .where(eq(providerEvents.id, row.id)),
    ],
  }
}

/** Its order is not stored yet, or never was: the sweep tries again, a few times (P05, P26). */
async function postpone(deps: Deps, row: ProviderEventRow, outcome: string): Promise<void> {
  const attempts = row.attempts + 1
  const isHopeless = attempts > MAX_ATTEMPTS
  const statements: Query[] = [
    deps.db.orm
      .update(providerEvents)
      .set({ attempts, outcome, sweepAt: isHopeless ? null : deps.now().add(RETRY_AFTER) })
      .where(eq(providerEvents.id, row.id)),
  ]
  if (isHopeless) {
    statements.push(
      deps.db.orm.insert(operatorTasks).values({
        id: deps.newId('task'),
        productId: '',
        kind: 'provider_event.unhandled',
        reference: row.id,
        data: { type: row.type, outcome, session: row.sessionId, order: row.orderId },
        createdAt: deps.now(),
        closedAt: null,
      }),
    )
  }
  try {
    await commit(deps.db, deps.now(), {
      journal: [entry(row, attempts, 'provider_event.postponed')],
      statements,
    })
  } catch (error) {
    // Another copy was faster, with the same result or a better one.
    if (!(error instanceof LostRace)) throw error
  }
}

/** The journal version of an event is the number of times it was looked at. */
function entry(row: ProviderEventRow, version: number, type: string): JournalEntry {
  return {
    stream: `provider_event:${row.id}`,
    version,
    type,
    actor: 'provider',
    productId: null,
    data: { type: row.type },
  }
}
