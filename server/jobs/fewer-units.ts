/**
 * Takes units that were not renewed off a license when its next period begins (R14), so that lists,
 * exports and checks count what is paid for. Twice, late or at once with another run, each goes once.
 */
import { eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { commit, LostRace } from '../db/commit.ts'
import { nextFewerUnitsAt, readFewerUnits } from '../db/queries/fewer-units.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { unitsAt } from '../domain/units-in-force.ts'

/** What one run handles; the next run takes the rest. */
const BATCH = 200

/** @returns how many licenses have fewer units now */
export async function fewerUnits(deps: Deps): Promise<number> {
  const due = await readFewerUnits(deps.db, deps.now(), BATCH)
  let taken = 0
  for (const license of due) if (await take(deps, license)) taken += 1
  return taken
}

export function nextUnitsAt({ db }: Deps): Promise<Temporal.Instant | null> {
  return nextFewerUnitsAt(db)
}

/** @returns false when the license changed meanwhile: the next run looks again */
async function take(deps: Deps, license: LicenseRow): Promise<boolean> {
  const { total: before } = license
  const units = unitsAt(license, deps.now())
  const version = license.version + 1
  try {
    await commit(deps.db, deps.now(), {
      journal: [
        {
          stream: `license:${license.id}`,
          version,
          type: 'license.units_ended',
          actor: 'job:fewer-units',
          productId: license.productId,
          data: { before, total: units.total },
        },
      ],
      statements: [
        deps.db.orm
          .update(licenses)
          .set({ ...units, version })
          .where(eq(licenses.id, license.id)),
      ],
    })
    return true
  } catch (error) {
    if (error instanceof LostRace) return false
    throw error
  }
}
