/** What was metered and not paid for in seven days is suspended, and no further day is counted. */
import { eq } from 'drizzle-orm'
import { commit, LostRace } from '../db/commit.ts'
import type { JournalEntry } from '../db/commit.ts'
import { readMetered, sameMeter } from '../db/queries/metered.ts'
import type { Debt } from '../db/queries/metered-debts.ts'
import { licenses, meters } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { billEntry, saveBill } from './charge-metered-days.ts'
import { daysToCount, METER, storedDays } from './count-metered-days.ts'

/** @returns false when something changed meanwhile: the next run looks again */
export async function suspendUnpaid(deps: Deps, debt: Debt): Promise<boolean> {
  const { bill } = debt
  if (bill === null || bill.state !== 'past_due') return true
  const at = deps.now()
  const ids = debt.licenses.map(({ license }) => license.id)
  const metered = await readMetered(deps.db, ids)
  const running = metered.filter(
    ({ license, meter }) => meter.stoppedAt === null && license.suspendedAt === null,
  )
  const next = { ...bill, suspendedAt: at, version: bill.version + 1 }
  try {
    await commit(deps.db, at, {
      journal: [
        billEntry(debt, next.version, 'meter_bill.overdue', METER),
        ...running.map(({ license }): JournalEntry => ({
          stream: `license:${license.id}`,
          version: license.version + 1,
          type: 'license.suspended',
          actor: METER,
          productId: license.productId,
          data: { reason: 'pay_per_use_unpaid' },
        })),
      ],
      statements: [
        saveBill(deps, next),
        ...running.flatMap((each) => {
          const meter = { ...each.meter, stoppedAt: at }
          return [
            ...storedDays(deps, each, daysToCount({ ...each, meter }, at)),
            deps.db.orm
              .update(meters)
              .set({ stoppedAt: at, stoppedBy: 'unpaid', countedOn: at.toString().slice(0, 10) })
              .where(sameMeter(each.meter)),
            deps.db.orm
              .update(licenses)
              .set({ suspendedAt: at, version: each.license.version + 1 })
              .where(eq(licenses.id, each.license.id)),
          ]
        }),
      ],
    })
    return true
  } catch (error) {
    if (error instanceof LostRace) return false
    throw error
  }
}
