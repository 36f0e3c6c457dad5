/** Which licenses may have the next occasion of all: for a clock that wants to stop there (R18). */
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { CHARGE_OFFSETS, END_OFFSETS, NOTICE_DAYS } from '../../domain/reminder.ts'
import type { Database } from '../open.ts'
import { licenses } from '../schema.ts'
import { GRACE_END } from './license-status.ts'
import type { LicenseRow } from './licenses.ts'
import { isLongEnough, isNoticed, isRemindable } from './reminders.ts'
import { renewsBy } from './renewal-mode.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Nine in the morning comes at most so long after the hour of the end, on whichever date is meant. */
const LATE_MS = 34 * HOUR_MS
/** More than what falls on one day is not needed to know when the day begins. */
const OF_EACH = 50

/** One round trip: those that come first, of each kind of occasion; some of them may have none left. */
export async function readNextReminded(
  { orm }: Database,
  now: Temporal.Instant,
): Promise<readonly LicenseRow[]> {
  const first = (condition: SQL | undefined, occasionMs: SQL) =>
    orm
      .select()
      .from(licenses)
      .where(
        and(condition, isRemindable(now), gt(occasionMs, sql`${now.epochMilliseconds - LATE_MS}`)),
      )
      .orderBy(asc(occasionMs))
      .limit(OF_EACH)
  const before = (column: unknown, days: number) => sql`${column} - ${days * DAY_MS}`
  const lasting = renewsBy('manual', 'auto')
  const auto = renewsBy('auto')
  const found = await orm.batch([
    first(lasting, before(licenses.endsAt, 0)),
    first(lasting, GRACE_END),
    first(and(isNoticed(), isLongEnough(NOTICE_DAYS)), before(licenses.endsAt, NOTICE_DAYS)),
    ...END_OFFSETS.map((days) =>
      first(and(renewsBy('manual'), isLongEnough(days)), before(licenses.endsAt, days)),
    ),
    ...(['month', 'year'] as const).flatMap((cycle) =>
      CHARGE_OFFSETS[cycle].map((days) =>
        first(and(auto, eq(licenses.cycle, cycle)), before(licenses.nextChargeAt, days)),
      ),
    ),
  ])
  return found.flat()
}
