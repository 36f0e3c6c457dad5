/** An upgrade that is taken back: the license has its plan of before again (S81, R15). */
import type { AftermathRecord } from '../db/queries/aftermath.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { Plan, Product } from '../domain/catalogue.ts'
import { graceOf, planOf } from '../domain/plan.ts'
import type { Taking } from './take-back-licenses.ts'

/** By license id, what its row becomes. */
export type Reverts = ReadonlyMap<string, Partial<LicenseRow>>

/**
 * Where the license was upgraded again since, its plan stays: what it paid for then is still in force.
 *
 * @param lines  that are taken back; only whole ones revert a plan
 */
export function revertedUpgrades(
  { record, touched }: AftermathRecord,
  product: Product,
  lines: Taking['lines'],
): Reverts {
  const reverts = new Map<string, Partial<LicenseRow>>()
  for (const { id, licenseId, planId, upgradeFrom } of record.lines) {
    if (licenseId === null || upgradeFrom === null) continue
    if (!lines.some(({ lineId, quantity }) => lineId === id && quantity === 'all')) continue
    const license = touched.find((it) => it.license.id === licenseId)?.license
    const plan = planOf(product, upgradeFrom)
    if (license?.planId === planId && plan !== null) reverts.set(licenseId, planColumns(plan))
  }
  return reverts
}

function planColumns(plan: Plan): Partial<LicenseRow> {
  return { planId: plan.id, planName: plan.name, type: plan.type, ...graceOf(plan) }
}
