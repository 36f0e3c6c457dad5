/**
 * Takes units that were not renewed off a license when its next period begins (R14), so that lists,
 * exports and checks count what is paid for. Twice, late or at once with another run, each goes once.
 */
import type { Temporal } from 'temporal-polyfill'
import { nextFewerUnitsAt, readFewerUnits } from '../db/queries/fewer-units.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { Deps } from '../deps.ts'
import { unitsAt } from '../domain/units-in-force.ts'
import { changeLicenses } from '../usecases/change-licenses.ts'

/** What one run handles; the next run takes the rest. */
const BATCH = 200
const ACTOR = 'job:fewer-units'

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
function take(deps: Deps, license: LicenseRow): Promise<boolean> {
  const units = unitsAt(license, deps.now())
  const data = { before: license.total, total: units.total }
  return changeLicenses(deps, ACTOR, [{ license, type: 'license.units_ended', data, set: units }])
}
