/**
 * The bill of metered days (section 4): monthly, one order per customer and currency. A meter that
 * stopped is billed on the next UTC day, so that nobody waits for a first of the month to be free.
 */
import { Temporal } from 'temporal-polyfill'
import { localDate, nextChargeAt } from './calendar.ts'
import { fraction, roundToMinor } from './fraction.ts'
import { midnight, type MeterDay } from './metering.ts'

/** Days of one license that are not paid for. */
export interface Usage {
  readonly licenseId: string
  readonly currency: string
  /** Ascending. */
  readonly days: readonly MeterDay[]
  /** False once nothing is counted any more. */
  readonly isRunning: boolean
}

/** Equal days in a row, which a line explains as one: `31 days × $0.90 × 5`. */
export interface MeteredStretch {
  /** UTC dates, both counted. */
  readonly from: string
  readonly to: string
  readonly days: number
  readonly unitAmount: number
  readonly quantity: number
}

export interface BillLine {
  readonly licenseId: string
  /** Minor units. */
  readonly amount: number
  /** Most units of any day. */
  readonly quantity: number
  readonly days: number
  readonly stretches: readonly MeteredStretch[]
}

/** Tries after the first, in days; the license is suspended one day after the last. */
const RETRY_DAYS = [0, 2, 4, 6]
const UNPAID_DAYS = 7

/** The days that are to be paid now: whole past months, and all of them where the meter stopped. */
export function billableDays(
  { days, isRunning }: Usage,
  now: Temporal.Instant,
): readonly MeterDay[] {
  const today = localDate(now, 'UTC')
  const last = days.at(-1)
  const isOver = !isRunning && last !== undefined && isBefore(last.on, today)
  const before = isOver ? today : today.with({ day: 1 })
  return days.filter(({ on }) => isBefore(on, before))
}

/** One line per license, in the order of their ids; nothing for days that cost nothing. */
export function billLines(usages: readonly Usage[], now: Temporal.Instant): readonly BillLine[] {
  return usages
    .toSorted((one, other) => (one.licenseId < other.licenseId ? -1 : 1))
    .map((usage) => billLine(usage, billableDays(usage, now)))
    .filter(({ amount }) => amount > 0)
}

/** When the bill of days is due: 00:00Z after the month, or after the day of the stop. */
export function billDueAt(usage: Usage): Temporal.Instant | null {
  const last = usage.days.at(-1)
  const first = usage.days[0]
  if (first === undefined || last === undefined) return null
  const nextMonth = first.on.with({ day: 1 }).add({ months: 1 })
  const afterStop = last.on.add({ days: 1 })
  const isStopFirst = !usage.isRunning && isBefore(afterStop, nextMonth)
  return midnight(isStopFirst ? afterStop : nextMonth)
}

/**
 * The next try to have a bill paid, after one on `lastOn`.
 *
 * @param dueAt  when it was first asked for
 * @returns      null when the tries are used up
 */
export function nextBillAttemptAt(
  dueAt: Temporal.Instant,
  lastOn: Temporal.PlainDate,
  zone: string,
  now: Temporal.Instant,
): Temporal.Instant | null {
  const tries = RETRY_DAYS.map((days) => nextChargeAt(dueAt, -days, zone))
  const next = tries.find((at) => Temporal.PlainDate.compare(localDate(at, zone), lastOn) > 0)
  if (next === undefined) return null
  return Temporal.Instant.compare(next, now) < 0 ? now : next
}

/** From here on what it was used for is suspended, and no further day is counted. */
export function suspendedAt(dueAt: Temporal.Instant): Temporal.Instant {
  return dueAt.add({ hours: UNPAID_DAYS * 24 })
}

function billLine({ licenseId, currency }: Usage, days: readonly MeterDay[]): BillLine {
  const exact = days.reduce(
    (sum, { units, unitAmount }) => sum + BigInt(units) * BigInt(unitAmount),
    0n,
  )
  return {
    licenseId,
    amount: roundToMinor(fraction(exact), currency),
    quantity: Math.max(0, ...days.map(({ units }) => units)),
    days: days.length,
    stretches: stretchesOf(days),
  }
}

function stretchesOf(days: readonly MeterDay[]): MeteredStretch[] {
  const stretches: MeteredStretch[] = []
  for (const { on, units, unitAmount } of days) {
    const last = stretches.at(-1)
    const joins =
      last?.quantity === units &&
      last.unitAmount === unitAmount &&
      on.subtract({ days: 1 }).toString() === last.to
    const stretch = { to: on.toString(), unitAmount, quantity: units }
    if (joins) stretches[stretches.length - 1] = { ...last, ...stretch, days: last.days + 1 }
    else stretches.push({ from: on.toString(), days: 1, ...stretch })
  }
  return stretches
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0
}
