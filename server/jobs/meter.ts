/**
 * Pay-per-use after expiry: counts the UTC days that have begun, asks for what is owed, and suspends
 * what stays unpaid. Missed days are made up for; a day is counted and paid for once (C15).
 */
import type { Temporal } from 'temporal-polyfill'
import { currentCatalogue } from '../db/catalogue-store.ts'
import { nextMeterAt, readMetersToCount } from '../db/queries/metered.ts'
import { readDebts, readOverdueDebts } from '../db/queries/metered-debts.ts'
import type { Deps } from '../deps.ts'
import { chargeMeteredDays } from '../usecases/charge-metered-days.ts'
import { countMeteredDays } from '../usecases/count-metered-days.ts'
import { suspendUnpaid } from '../usecases/suspend-unpaid.ts'

/** What one run handles; the next run takes the rest. */
const BATCH = 200
const UNPAID = { hours: 7 * 24 }

/** @returns how many meters and bills were handled */
export async function meter(deps: Deps): Promise<number> {
  const now = deps.now()
  const running = await readMetersToCount(deps.db, now, BATCH)
  for (const each of running) {
    await guarded(deps, each.license.id, () => countMeteredDays(deps, each))
  }
  if (running.length === BATCH) return BATCH
  const catalogue = await currentCatalogue(deps.db, now)
  const debts = await readDebts(deps.db, now, BATCH - running.length)
  for (const debt of debts) {
    const product = catalogue?.document.products.find(({ id }) => id === debt.customer.productId)
    if (!catalogue || !product) continue
    await guarded(deps, debt.customer.id, () =>
      chargeMeteredDays(deps, { product, catalogueVersion: catalogue.version }, debt),
    )
  }
  const left = BATCH - running.length - debts.length
  const unpaidSince = deps.now().subtract(UNPAID)
  const overdue = left > 0 ? await readOverdueDebts(deps.db, unpaidSince, left) : []
  for (const debt of overdue) {
    await guarded(deps, debt.customer.id, () => suspendUnpaid(deps, debt))
  }
  return running.length + debts.length + overdue.length
}

/** The next UTC midnight while anything is metered, or the next try of a bill. */
export function nextMeteringAt(deps: Deps): Promise<Temporal.Instant | null> {
  return nextMeterAt(deps.db, deps.now())
}

/** One customer whose bill fails must not keep the others waiting (P26). */
async function guarded(deps: Deps, reference: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    deps.log({ level: 'error', event: 'meter.failed', reference, error: String(error) })
  }
}
