/** One step of an order as a change: its journal entry, its row, and what goes with it. */
import { eq } from 'drizzle-orm'
import type { Change, JournalEntry, Query } from '../db/commit.ts'
import type { OrderRecord, OrderRow } from '../db/queries/orders.ts'
import { orders } from '../db/schema.ts'
import type { Deps } from '../deps.ts'

export interface OrderStep {
  /** `order.paid`, `order.canceled` … */
  readonly type: string
  readonly actor: string
  readonly set: Partial<OrderRow>
  readonly data?: Record<string, unknown>
  readonly journal?: readonly JournalEntry[]
  readonly statements?: readonly Query[]
}

/**
 * The version of the journal is the guard: whoever read an older order loses the race.
 *
 * @returns the change, and the order as it is once the change is stored
 */
export function orderChange(
  deps: Deps,
  { order }: OrderRecord,
  step: OrderStep,
): { change: Change; order: OrderRow } {
  const version = order.version + 1
  const set = { ...step.set, version }
  return {
    order: { ...order, ...set },
    change: {
      journal: [
        {
          stream: `order:${order.id}`,
          version,
          type: step.type,
          actor: step.actor,
          productId: order.productId,
          data: step.data ?? {},
        },
        ...(step.journal ?? []),
      ],
      statements: [
        deps.db.orm.update(orders).set(set).where(eq(orders.id, order.id)),
        ...(step.statements ?? []),
      ],
    },
  }
}
