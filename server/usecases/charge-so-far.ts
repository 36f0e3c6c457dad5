/** The automatic charge of a license as its rows tell it. */
import type { Temporal } from 'temporal-polyfill'
import type { AutoChargeRow } from '../db/queries/due-charges.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { plainDate } from '../db/queries/plain-date.ts'
import type { Deps } from '../deps.ts'
import { newCharge, type AutoCharge } from '../domain/auto-renewal.ts'
import { nextAttemptAt, type ChargeTerm } from '../domain/charge-calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { graceEndsAt } from '../domain/license.ts'
import { planOf } from '../domain/plan.ts'

const LONGEST_LEAD_DAYS = 7

export function chargeSoFar(
  deps: Deps,
  { license, charge }: { readonly license: LicenseRow; readonly charge: AutoChargeRow | null },
): AutoCharge {
  return charge ?? newCharge(chargeTerm(license, LONGEST_LEAD_DAYS), deps.now())
}

/** A plan that is gone from the catalogue keeps the usual lead. */
export function leadDaysOf(product: Product, { planId }: Pick<LicenseRow, 'planId'>): number {
  return planOf(product, planId)?.auto_renewal_lead_days ?? LONGEST_LEAD_DAYS
}

export function chargeTerm(license: LicenseRow, leadDays: number): ChargeTerm {
  const { endsAt, zone } = license
  return { endsAt, leadDays, graceEndsAt: graceEndsAt(license), zone }
}

/**
 * When the next try falls of a license that is switched on, or whose expiry has moved; what was tried
 * for this expiry before counts. @returns null when the grace leaves no time
 */
export function nextTryAt(
  { license, charge }: { readonly license: LicenseRow; readonly charge: AutoChargeRow | null },
  product: Product,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const term = chargeTerm(license, leadDaysOf(product, license))
  const tried = charge?.endsAt.equals(license.endsAt) ? charge : null
  const lastOn = tried?.lastOn ? plainDate(tried.lastOn) : null
  return nextAttemptAt(term, { attempts: tried?.attempts ?? 0, lastOn }, now)
}
