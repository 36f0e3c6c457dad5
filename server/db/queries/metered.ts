/** Meters and the days they counted. */
import { and, asc, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import type { CoverageEntry } from '../../domain/coverage.ts'
import type { Id } from '../../domain/ids.ts'
import { localDate } from '../../domain/calendar.ts'
import type { Database } from '../open.ts'
import { coverage, licenses, meterBills, meterDays, meters } from '../schema.ts'
import type { LicenseRow } from './licenses.ts'
import { plainDate } from './plain-date.ts'

export type MeterRow = typeof meters.$inferSelect

export interface MeteredLicense {
  readonly license: LicenseRow
  readonly meter: MeterRow
  readonly ledger: readonly { readonly entry: CoverageEntry; readonly at: Temporal.Instant }[]
  /** Days that were counted in and after the month of the last one. */
  readonly counted: readonly Temporal.PlainDate[]
}

/** Running meters of expired licenses with days that have begun and are not counted. */
export async function readMetersToCount(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly MeteredLicense[]> {
  const today = localDate(now, 'UTC').toString()
  const due = await db.orm
    .select({ id: meters.licenseId })
    .from(meters)
    .innerJoin(licenses, eq(licenses.id, meters.licenseId))
    .where(
      and(
        isNull(meters.stoppedAt),
        lte(licenses.endsAt, now),
        or(isNull(meters.countedOn), lt(meters.countedOn, today)),
      ),
    )
    .orderBy(asc(meters.licenseId))
    .limit(limit)
  const ids = due.map(({ id }) => id)
  return ids.length === 0 ? [] : readMetered(db, ids)
}

/** The meters of these licenses that run, or ran last. */
export async function readMetered(
  db: Database,
  ids: readonly Id<'lic'>[],
): Promise<readonly MeteredLicense[]> {
  const { orm } = db
  const [rows, entries, days] = await orm.batch([
    orm
      .select({ license: licenses, meter: meters })
      .from(meters)
      .innerJoin(licenses, eq(licenses.id, meters.licenseId))
      .where(inArray(meters.licenseId, [...ids]))
      .orderBy(desc(meters.openedAt)),
    orm
      .select({ licenseId: coverage.licenseId, entry: coverage.entry, at: coverage.at })
      .from(coverage)
      .where(inArray(coverage.licenseId, [...ids]))
      .orderBy(asc(coverage.licenseId), asc(coverage.sequence)),
    orm
      .select({ licenseId: meterDays.licenseId, on: meterDays.countedOn })
      .from(meterDays)
      .innerJoin(meters, eq(meters.licenseId, meterDays.licenseId))
      .where(
        and(
          inArray(meterDays.licenseId, [...ids]),
          sql`${meterDays.countedOn} >= substr(${meters.countedOn}, 1, 7) || '-01'`,
        ),
      ),
  ])
  const latest = new Map(rows.toReversed().map((row) => [row.license.id, row]))
  return [...latest.values()].map((row) => ({
    ...row,
    ledger: entries.filter(({ licenseId }) => licenseId === row.license.id),
    counted: days
      .filter(({ licenseId }) => licenseId === row.license.id)
      .map(({ on }) => plainDate(on)),
  }))
}

export function sameMeter({ licenseId, openedAt }: MeterRow) {
  return and(eq(meters.licenseId, licenseId), eq(meters.openedAt, openedAt))
}

/** When something is to be counted, asked for or suspended next, after `now`. */
export async function nextMeterAt(
  db: Database,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const [running, bills] = await db.orm.batch([
    db.orm
      .select({ endsAt: sql<number | null>`min(${licenses.endsAt})` })
      .from(meters)
      .innerJoin(licenses, eq(licenses.id, meters.licenseId))
      .where(isNull(meters.stoppedAt)),
    db.orm
      .select({
        nextAt: sql<number | null>`min(${meterBills.nextAt})`,
        dueAt: sql<number | null>`min(${meterBills.dueAt})`,
      })
      .from(meterBills)
      .where(and(eq(meterBills.state, 'past_due'), isNull(meterBills.suspendedAt))),
  ])
  const midnight = localDate(now, 'UTC').add({ days: 1 }).toZonedDateTime('UTC').epochMilliseconds
  const endsAt = running[0]?.endsAt ?? null
  const [bill] = bills
  const due = [
    endsAt === null ? Infinity : Math.max(endsAt, midnight),
    bill?.nextAt ?? Infinity,
    bill?.dueAt ? bill.dueAt + 7 * 86_400_000 : Infinity,
  ].filter((at) => at > now.epochMilliseconds)
  const first = Math.min(...due)
  return Number.isFinite(first) ? Temporal.Instant.fromEpochMilliseconds(first) : null
}
