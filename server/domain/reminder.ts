/**
 * When a customer is reminded of a license (R18). Pure: what was told is handed in, and what is due
 * comes out; the job writes both in one batch.
 *
 * Days are local dates of the license's zone, and mails go out at nine in the morning there, so that
 * everything of one day fits into one digest.
 */
import { Temporal } from 'temporal-polyfill'
import { instantAt, localDate } from './calendar.ts'
import {
  graceEndsAt,
  retentionEndsAt,
  statusAt,
  type LicenseFacts,
  type RenewalMode,
} from './license.ts'

/** Days before the end, or before the charge. */
export const END_OFFSETS = [30, 14, 7, 3, 1] as const
export const CHARGE_OFFSETS = { month: [7], year: [30, 7] } as const
/** One-time types, canceled and pay-per-use licenses are told once. */
export const NOTICE_DAYS = 7
export const REMINDER_TIME = '09:00:00'

export type Occasion =
  | `end_${(typeof END_OFFSETS)[number]}`
  | `charge_${7 | 30}`
  | 'notice'
  | 'expiry'
  | 'grace_end'

export interface RemindableLicense extends LicenseFacts {
  readonly cycle: 'month' | 'year' | null
  /** IANA. */
  readonly zone: string
  /** Null for what is never renewed. */
  readonly renewalMode: RenewalMode | null
  /** Null when no charge is planned. */
  readonly nextChargeAt: Temporal.Instant | null
}

export interface PlannedReminder {
  readonly occasion: Occasion
  readonly dueAt: Temporal.Instant
  /** From here on it would only confuse: something later says more, or it is too late to act. */
  readonly usefulUntil: Temporal.Instant
}

export interface DueReminder {
  readonly occasion: Occasion
  /** Earlier ones that were never sent: this one says more, so they never are. */
  readonly covers: readonly Occasion[]
}

/** Everything about the present end of a license, by time; empty for held and used-up ones. */
export function reminderPlan(license: RemindableLicense): readonly PlannedReminder[] {
  const planned = occasionsOf(license)
    .filter(({ dueAt }) => isBefore(license.activatedAt, dueAt))
    .toSorted((one, other) => Temporal.Instant.compare(one.dueAt, other.dueAt))
  return planned.map(({ occasion, dueAt, lastAt }, index) => ({
    occasion,
    dueAt,
    usefulUntil: earlier(planned[index + 1]?.dueAt ?? lastAt, lastAt),
  }))
}

/**
 * What is to be said now, at most one thing: the latest that is due.
 *
 * @param told  occasions of this very end that were told or covered
 * @returns     null when nothing is due, it was told, or it came too late to be useful
 */
export function dueReminder(
  license: RemindableLicense,
  told: ReadonlySet<string>,
  now: Temporal.Instant,
): DueReminder | null {
  if (!isRemindable(license, now)) return null
  const due = reminderPlan(license).filter(({ dueAt }) => !isBefore(now, dueAt))
  const latest = due.at(-1)
  if (latest === undefined || told.has(latest.occasion)) return null
  if (!isBefore(now, latest.usefulUntil)) return null
  const covers = due
    .slice(0, -1)
    .map(({ occasion }) => occasion)
    .filter((occasion) => !told.has(occasion))
  return { occasion: latest.occasion, covers }
}

/**
 * True from nine in the morning on. Everything of a day is due at that hour, so a digest that is
 * written then lacks nothing, and what is late waits for it.
 */
export function isDigestTime(now: Temporal.Instant, zone: string): boolean {
  const time = now.toZonedDateTimeISO(zone).toPlainTime()
  return Temporal.PlainTime.compare(time, Temporal.PlainTime.from(REMINDER_TIME)) >= 0
}

function isRemindable(license: RemindableLicense, now: Temporal.Instant): boolean {
  return ['active', 'grace', 'retained'].includes(statusAt(license, now))
}

interface PossibleReminder {
  readonly occasion: Occasion
  readonly dueAt: Temporal.Instant
  readonly lastAt: Temporal.Instant
}

function occasionsOf(license: RemindableLicense): readonly PossibleReminder[] {
  switch (license.renewalMode) {
    case 'manual':
      return [...beforeEnd(license), ...afterEnd(license)]
    case 'auto':
      // Past its end an automatic renewal has failed: from there on it is said as for the others.
      return [...beforeCharge(license), ...afterEnd(license)]
    case 'canceled':
    case 'pay_per_use':
      return notice(license)
    case null:
      return license.oneTime ? notice(license) : []
  }
}

function beforeEnd(license: RemindableLicense): readonly PossibleReminder[] {
  return END_OFFSETS.filter((days) => fits(license, days)).map((days) => ({
    occasion: `end_${days}` as const,
    dueAt: morning(lastDay(license.endsAt, license.zone).subtract({ days }), license),
    lastAt: license.endsAt,
  }))
}

function afterEnd(license: RemindableLicense): readonly PossibleReminder[] {
  const { endsAt, zone, graceDays } = license
  const lastAt = retentionEndsAt(license)
  const on = (occasion: 'expiry' | 'grace_end', date: Temporal.PlainDate) => ({
    occasion,
    dueAt: morning(date, license),
    lastAt,
  })
  const end = on('expiry', lastDay(endsAt, zone))
  // An automatic renewal may still succeed on its last day.
  const isEarly = license.renewalMode === 'auto' && isBefore(end.dueAt, endsAt)
  return [
    isEarly ? on('expiry', lastDay(endsAt, zone).add({ days: 1 })) : end,
    ...(graceDays > 0 ? [on('grace_end', lastDay(graceEndsAt(license), zone))] : []),
  ]
}

function beforeCharge(license: RemindableLicense): readonly PossibleReminder[] {
  const { nextChargeAt: chargeAt, cycle, zone, endsAt } = license
  if (chargeAt === null || cycle === null || !isBefore(chargeAt, endsAt)) return []
  return CHARGE_OFFSETS[cycle].map((days) => ({
    occasion: `charge_${days}` as const,
    dueAt: morning(localDate(chargeAt, zone).subtract({ days }), license),
    lastAt: chargeAt,
  }))
}

function notice(license: RemindableLicense): readonly PossibleReminder[] {
  if (!fits(license, NOTICE_DAYS)) return []
  const dueAt = morning(
    lastDay(license.endsAt, license.zone).subtract({ days: NOTICE_DAYS }),
    license,
  )
  return [{ occasion: 'notice', dueAt, lastAt: license.endsAt }]
}

const CYCLE_DAYS = { month: 30, year: 365 } as const

/** No offset longer than half the cycle (R18). */
function fits({ cycle, activatedAt, endsAt }: RemindableLicense, days: number): boolean {
  const length =
    cycle === null
      ? activatedAt.until(endsAt, { largestUnit: 'hour' }).hours / 24
      : CYCLE_DAYS[cycle]
  return days * 2 <= length
}

/** The local date of the last second, since ends are exclusive. */
function lastDay(endsAt: Temporal.Instant, zone: string): Temporal.PlainDate {
  return localDate(endsAt.subtract({ seconds: 1 }), zone)
}

function morning(date: Temporal.PlainDate, { zone }: RemindableLicense): Temporal.Instant {
  return instantAt(date, REMINDER_TIME, zone)
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return isBefore(one, other) ? one : other
}
