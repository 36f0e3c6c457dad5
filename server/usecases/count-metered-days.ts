/** Counts the UTC days of a meter that have begun: each once, whatever was missed or runs twice. */
import { eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { commit, LostRace } from '../db/commit.ts'
import type { Query } from '../db/commit.ts'
import { sameMeter, type MeteredLicense } from '../db/queries/metered.ts'
import { plainDate } from '../db/queries/plain-date.ts'
import { licenses, meterDays, meters } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import {
  meteredDates,
  meteringStartsAt,
  priceDays,
  unitsAtMidnight,
  type MeterDay,
} from '../domain/metering.ts'

export const METER = 'job:meter'

/** @returns false when the license changed meanwhile: the next run looks again */
export async function countMeteredDays(deps: Deps, metered: MeteredLicense): Promise<boolean> {
  const { license, meter } = metered
  const now = deps.now()
  const days = daysToCount(metered, now)
  const last = days.at(-1)
  if (last === undefined) return true
  const version = license.version + 1
  try {
    await commit(deps.db, now, {
      journal: [
        {
          stream: `license:${license.id}`,
          version,
          type: 'license.metered',
          actor: METER,
          productId: license.productId,
          data: { days: days.length, until: last.on.toString() },
        },
      ],
      statements: [
        ...storedDays(deps, metered, days),
        deps.db.orm.update(meters).set({ countedOn: last.on.toString() }).where(sameMeter(meter)),
        deps.db.orm.update(licenses).set({ version }).where(eq(licenses.id, license.id)),
      ],
    })
    return true
  } catch (error) {
    if (error instanceof LostRace) return false
    throw error
  }
}

/** Up to now, or to the stop whose own day counts. */
export function daysToCount(
  { license, meter, ledger, counted }: MeteredLicense,
  now: Temporal.Instant,
): readonly MeterDay[] {
  const span = {
    startsAt: meteringStartsAt(license, meter.openedAt),
    stoppedAt: meter.stoppedAt,
  }
  const after = meter.countedOn === null ? null : plainDate(meter.countedOn)
  const known = new Set(counted.map(String))
  const dates = meteredDates(span, after, now).filter((on) => !known.has(on.toString()))
  const [first] = dates
  const before = counted.filter(
    (on) => first && on.toPlainYearMonth().equals(first.toPlainYearMonth()),
  )
  return priceDays(dates, meter, before.length, (on) => unitsAtMidnight(ledger, on))
}

/** A license that is suspended does not work: its days pass uncounted. */
export function storedDays(
  deps: Deps,
  { license, meter }: MeteredLicense,
  days: readonly MeterDay[],
): readonly Query[] {
  if (license.suspendedAt !== null || license.revokedAt !== null) return []
  return days.map(({ on, units, unitAmount }) =>
    deps.db.orm.insert(meterDays).values({
      licenseId: license.id,
      countedOn: on.toString(),
      customerId: license.customerId,
      units,
      unitAmount,
      currency: meter.currency,
      orderId: null,
    }),
  )
}
