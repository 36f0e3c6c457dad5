/** Pay-per-use on and off, as parts of the change that moves a license to another renewal mode. */
import type { Temporal } from 'temporal-polyfill'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { sameMeter, type MeteredLicense, type MeterRow } from '../db/queries/metered.ts'
import { coverage, meters } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { localDate, serviceLifeDays } from '../domain/calendar.ts'
import type { Plan } from '../domain/catalogue.ts'
import { capOf, payPerUseEntries } from '../domain/metering.ts'
import { daysToCount, storedDays } from './count-metered-days.ts'

export interface MeterConsent {
  /** Hash of the words that were agreed to. */
  readonly version: string
  readonly locale: string
  readonly actor: string
  readonly ip: string | null
  readonly userAgent: string | null
  readonly acceptedAt: string
}

export interface ModeEffects {
  readonly journal: readonly JournalEntry[]
  readonly statements: readonly Query[]
  /** What it changes of the license's own row, beside the mode. */
  readonly set: Partial<LicenseRow>
}

/** What a plan charges for one unit and day in that currency, and at most in a month; null for none. */
export function meterRate(
  plan: Plan,
  currency: string,
): { unitAmount: number; capUnitAmount: number } | null {
  const rate = plan.pay_per_use.find((each) => each.currency === currency)
  if (rate === undefined) return null
  const { unit_amount, month_cap_unit_amount } = rate
  return { unitAmount: unit_amount, capUnitAmount: capOf(unit_amount, month_cap_unit_amount) }
}

/** From the expiry on, days are counted at this rate. */
export function meterOpened(
  deps: Deps,
  license: LicenseRow,
  rate: { readonly unitAmount: number; readonly capUnitAmount: number; readonly currency: string },
  consent: MeterConsent,
): ModeEffects {
  const row = {
    licenseId: license.id,
    openedAt: deps.now(),
    ...rate,
    consent,
    countedOn: null,
    stoppedAt: null,
    stoppedBy: null,
  }
  return { journal: [], statements: [newMeter(deps, row)], set: {} }
}

/** One that was stopped in the moment in which it was opened has counted nothing, and gives way. */
export function newMeter({ db: { orm } }: Deps, row: MeterRow): Query {
  const target = [meters.licenseId, meters.openedAt]
  return orm.insert(meters).values(row).onConflictDoUpdate({ target, set: row })
}

/**
 * The switch back: the days up to today are counted, and coverage reaches to the end of that UTC day
 * (section 4). Before the expiry nothing was metered, and nothing is covered.
 */
export function meterClosed(deps: Deps, metered: MeteredLicense): ModeEffects {
  const { license, meter, ledger } = metered
  const { orm } = deps.db
  const at = deps.now()
  const stoppedAt = meter.stoppedAt ?? at
  const stop = orm
    .update(meters)
    .set({ stoppedAt, stoppedBy: meter.stoppedBy ?? 'switch', countedOn: dateOf(stoppedAt) })
    .where(sameMeter(meter))
  if (license.endsAt.epochMilliseconds > stoppedAt.epochMilliseconds) {
    return { journal: [], statements: [stop], set: {} }
  }
  const days = daysToCount({ ...metered, meter: { ...meter, stoppedAt } }, at)
  const change = payPerUseEntries(
    ledger.map(({ entry }) => entry),
    stoppedAt,
  )
  return {
    journal: [],
    statements: [
      ...storedDays(deps, metered, days),
      stop,
      ...change.entries.map((entry, index) =>
        orm.insert(coverage).values({
          licenseId: license.id,
          sequence: ledger.length + index + 1,
          kind: entry.kind,
          orderLineId: null,
          entry,
          at,
        }),
      ),
    ],
    set: coverageSet(license, change.coverage),
  }
}

function coverageSet(
  { activatedAt }: LicenseRow,
  { endsAt, anchor }: ReturnType<typeof payPerUseEntries>['coverage'],
): Partial<LicenseRow> {
  return {
    endsAt,
    anchorDay: anchor.day,
    anchorTime: anchor.time,
    serviceDays: serviceLifeDays(activatedAt, endsAt, anchor.zone),
  }
}

function dateOf(at: Temporal.Instant): string {
  return localDate(at, 'UTC').toString()
}
