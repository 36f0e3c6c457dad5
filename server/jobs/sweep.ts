/**
 * The third caller of fulfilment: payments whose webhook and return page never came, orders whose
 * time is over, pages that save a method, stored events that could not be acted on. Overlapping runs share the work: the first
 * takes a lease on what it found, in one commit (C15).
 */
import { inArray, isNotNull, and } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { commit, LostRace } from '../db/commit.ts'
import { streamVersion } from '../db/journal.ts'
import { dueMethodSetups } from '../db/queries/method-setups.ts'
import { dueOrderIds } from '../db/queries/due-orders.ts'
import { dueProviderEvents } from '../db/queries/provider-events.ts'
import { orders, providerEvents } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Id } from '../domain/ids.ts'
import { followOrderAftermath } from '../usecases/follow-aftermath.ts'
import { actAgain } from '../usecases/handle-provider-event.ts'
import { settleMethodSetup } from '../usecases/settle-method-setup.ts'
import { settleOrder } from '../usecases/settle-order.ts'

/** What one run handles; the next run takes the rest (subrequests on Workers are bounded). */
const BATCH = 200
/** When an order that is still open is looked at again. */
const NEXT_LOOK = { seconds: 60 }
const STREAM = 'job:sweep'

/** @returns how many orders and events were looked at */
export async function sweep(deps: Deps): Promise<number> {
  const orderIds = await dueOrderIds(deps.db, deps.now(), BATCH)
  const events = await dueProviderEvents(deps.db, deps.now(), BATCH - orderIds.length)
  const left = BATCH - orderIds.length - events.length
  const setups = left > 0 ? await dueMethodSetups(deps.db, deps.now(), left) : []
  if (orderIds.length > 0 && !(await lease(deps, orderIds))) return 0
  for (const orderId of orderIds) {
    await guarded(deps, orderId, () => lookAt(deps, orderId))
  }
  for (const event of events) await guarded(deps, event.id, () => actAgain(deps, event))
  for (const id of setups) {
    await guarded(deps, id, () => settleMethodSetup(deps, id, { actor: STREAM }))
  }
  return orderIds.length + events.length + setups.length
}

/** Earliest time at which an order or an event wants to be looked at; null when none does. */
export async function nextSweepAt(deps: Deps): Promise<Temporal.Instant | null> {
  const { orm } = deps.db
  const [orderAt] = await orm
    .select({ at: orders.sweepAt })
    .from(orders)
    .where(isNotNull(orders.sweepAt))
    .orderBy(orders.sweepAt)
    .limit(1)
  const [eventAt] = await orm
    .select({ at: providerEvents.sweepAt })
    .from(providerEvents)
    .where(isNotNull(providerEvents.sweepAt))
    .orderBy(providerEvents.sweepAt)
    .limit(1)
  const due = [orderAt?.at ?? null, eventAt?.at ?? null].filter((at) => at !== null)
  return due.toSorted(Temporal.Instant.compare)[0] ?? null
}

async function lookAt(deps: Deps, orderId: Id<'ord'>): Promise<void> {
  const { record } = await settleOrder(deps, orderId, { actor: STREAM })
  const isOwed = record?.refunds.some(({ appliedAt }) => appliedAt === null) ?? false
  if (isOwed || record?.order.disputed === true) {
    await followOrderAftermath(deps, orderId, { actor: STREAM })
  }
}

async function lease(deps: Deps, orderIds: readonly Id<'ord'>[]): Promise<boolean> {
  const version = (await streamVersion(deps.db, STREAM)) + 1
  const sweepAt = deps.now().add(NEXT_LOOK)
  try {
    await commit(deps.db, deps.now(), {
      journal: [
        {
          stream: STREAM,
          version,
          type: 'job.swept',
          actor: STREAM,
          productId: null,
          data: { orders: orderIds.length },
        },
      ],
      statements: [
        deps.db.orm
          .update(orders)
          .set({ sweepAt })
          .where(and(inArray(orders.id, [...orderIds]), isNotNull(orders.sweepAt))),
      ],
    })
    return true
  } catch (error) {
    if (error instanceof LostRace) return false
    throw error
  }
}

/** One order that fails must not keep the others waiting (P26). */
async function guarded(deps: Deps, reference: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    deps.log({ level: 'error', event: 'sweep.failed', reference, error: String(error) })
  }
}
