/** Fewer units from the next period (R14), where some of those that go are still in use (I4). */
import { Temporal } from 'temporal-polyfill'

export interface UnitsInForce {
  readonly total: number
  readonly nextTotal: number | null
  readonly nextTotalAt: Temporal.Instant | null
}

/**
 * Nothing that runs is cut off: the total falls to what is in use, and further with each unit that
 * is let go.
 *
 * @param counted  what the ledger says is in force at `at`, and what it says for later
 * @param inUse    units that are reserved or used up
 */
export function unitsInForce(
  counted: {
    readonly total: number
    readonly next: { readonly total: number; readonly at: Temporal.Instant } | null
  },
  inUse: number,
  at: Temporal.Instant,
): UnitsInForce {
  if (inUse > counted.total) {
    const nextTotal = counted.next?.total ?? counted.total
    return { total: inUse, nextTotal, nextTotalAt: counted.next?.at ?? at }
  }
  return {
    total: counted.total,
    nextTotal: counted.next?.total ?? null,
    nextTotalAt: counted.next?.at ?? null,
  }
}

/**
 * The units of a stored license at an instant: those that were to go by then are gone, also where no
 * job has been there yet. The job stores exactly this.
 */
export function unitsAt(
  stored: UnitsInForce & { readonly reserved: number; readonly consumed: number },
  at: Temporal.Instant,
): UnitsInForce {
  const { total, nextTotal, nextTotalAt, reserved, consumed } = stored
  const isDue = nextTotalAt !== null && Temporal.Instant.compare(nextTotalAt, at) <= 0
  if (nextTotal === null || !isDue) return { total, nextTotal, nextTotalAt }
  const left = Math.max(nextTotal, reserved + consumed)
  return left === nextTotal
    ? { total: left, nextTotal: null, nextTotalAt: null }
    : { total: left, nextTotal, nextTotalAt }
}
