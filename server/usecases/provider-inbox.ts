/** The inbox of the provider's notifications: stored before they are acted on, marked with what acted. */
import { eq } from 'drizzle-orm'
import { commit, decideAndCommit, LostRace } from '../db/commit.ts'
import type { Change, JournalEntry, Query } from '../db/commit.ts'
import { readProviderEvent } from '../db/queries/provider-events.ts'
import type { ProviderEventRow } from '../db/queries/provider-events.ts'
import { operatorTasks, providerEvents } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { isId } from '../domain/ids.ts'
import type { ProviderEvent } from '../payments/port.ts'
import type { Alongside } from './settle-order.ts'

/** Tried this often, then isolated as an operator's task while others flow (P26). */
const MAX_ATTEMPTS = 8
const RETRY_AFTER = { seconds: 60 }

/** @returns the row, of an earlier copy where there is one */
export function store(deps: Deps, event: ProviderEvent): Promise<ProviderEventRow> {
  const row: ProviderEventRow = {
    id: event.id,
    type: event.type,
    sessionId: event.sessionId,
    intentId: event.intentId,
    orderId: event.orderId !== null && isId('ord', event.orderId) ? event.orderId : null,
    methodId: event.methodId,
    receivedAt: deps.now(),
    handledAt: null,
    outcome: null,
    attempts: 1,
    sweepAt: deps.now().add(RETRY_AFTER),
  }
  const change: Change = {
    journal: [entry(row, 1, 'provider_event.received')],
    statements: [deps.db.orm.insert(providerEvents).values(row)],
  }
  return decideAndCommit(
    deps,
    {},
    async () => ({ change, result: row }),
    () => readProviderEvent(deps.db, event.id),
  )
}

/**
 * The mark, to be stored with what the event caused. Another copy may set it first, so each attempt
 * looks again.
 */
export function markOf(deps: Deps, row: ProviderEventRow): () => Promise<Alongside | null> {
  let latest: ProviderEventRow | null = row
  return async () => {
    const current = latest ?? (await readProviderEvent(deps.db, row.id))
    latest = null
    return current === null || current.handledAt !== null ? null : markHandled(deps, current)
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
export async function postpone(deps: Deps, row: ProviderEventRow, outcome: string): Promise<void> {
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
