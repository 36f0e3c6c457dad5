/** What a paid line appends to the ledger of its license (R3, R5, R10, R14). */
import { Temporal } from 'temporal-polyfill'
import { alignedAnchor } from './alignment.ts'
import { addMonths, formatInstant, instantAt, localDate, parseInstant } from './calendar.ts'
import type { Anchor } from './calendar.ts'
import type { Plan } from './catalogue.ts'
import { coverageOf, type CoverageEntry, type TimeEntry } from './coverage.ts'
import type { AddUnitsLine, ExtensionLine, RenewalLine } from './quote.ts'
import { renewalStart } from './renewal-period.ts'

const END_OF_DAY = '23:59:59'

export interface PaidExtension {
  readonly plan: Pick<Plan, 'renewal_basis'>
  readonly graceDays: number
  /** The time of the payment (R7). */
  readonly paidAt: Temporal.Instant
}

/**
 * The end is never earlier than the one that was shown, and what was paid for is never lost: where
 * the ledger has changed since, the months and days of the line are added to the end as it is now.
 */
export function extensionEntries(
  ledger: readonly CoverageEntry[],
  line: ExtensionLine,
  paid: PaidExtension,
): readonly CoverageEntry[] {
  switch (line.kind) {
    case 'renewal':
      return renewed(ledger, line, paid)
    case 'add_units':
      return [{ kind: 'units_added', quantity: addedUnits(line) }]
    case 'upgrade':
    case 'pay_per_use':
      return []
  }
}

function renewed(
  ledger: readonly CoverageEntry[],
  line: RenewalLine,
  { plan, graceDays, paidAt }: PaidExtension,
): CoverageEntry[] {
  const { endsAt, anchor } = coverageOf(ledger)
  const start = renewalStart({ endsAt, anchor, graceDays }, plan, paidAt)
  const base = addMonths(start.startsAt, line.months, start.anchor)
  const isAsShown = formatInstant(endsAt) === line.expiresAtBefore
  const time =
    line.alignedDay === null ? null : alignment(line, line.alignedDay, isAsShown, base, anchor)
  const until = time === null ? plainEnd(line, isAsShown, base) : parseInstant(time.startsAt)
  const period = timeEntry('renewal', start.startsAt, until, start.anchor, { months: line.months })
  return [period, ...(time ? [time] : []), ...fewerUnits(line, start.startsAt, paidAt)]
}

/**
 * Where stopped days are skipped, a later payment begins later, and yet may come before on the clock of
 * a zone that repeats an hour: then what was shown holds.
 */
function plainEnd(line: RenewalLine, isAsShown: boolean, base: Temporal.Instant): Temporal.Instant {
  const shown = parseInstant(line.endsAt)
  return isAsShown && Temporal.Instant.compare(base, shown) < 0 ? shown : base
}

/** To the day that was shown; from another end than was shown, as many days as were paid. */
function alignment(
  line: RenewalLine,
  day: NonNullable<RenewalLine['alignedDay']>,
  isAsShown: boolean,
  base: Temporal.Instant,
  { zone }: Anchor,
): TimeEntry {
  const { extraDays } = line
  if (isAsShown) {
    const shown = parseInstant(line.endsAt)
    const from = Temporal.Instant.compare(base, shown) < 0 ? base : shown
    return timeEntry('alignment', from, shown, alignedAnchor(day, zone), { extraDays })
  }
  const date = localDate(base, zone).add({ days: extraDays })
  const anchor = { day: date.day, time: END_OF_DAY, zone }
  return timeEntry('alignment', base, instantAt(date, END_OF_DAY, zone), anchor, { extraDays })
}

/** In force with the next period; at once where that has begun (renewed late). */
function fewerUnits(
  line: RenewalLine,
  startsAt: Temporal.Instant,
  paidAt: Temporal.Instant,
): CoverageEntry[] {
  const quantity = line.unitsBefore - line.quantity
  if (quantity <= 0) return []
  const isAhead = Temporal.Instant.compare(startsAt, paidAt) > 0
  return [
    { kind: 'units_removed', quantity, ...(isAhead ? { from: formatInstant(startsAt) } : {}) },
  ]
}

function addedUnits({ quantity, unitsBefore }: AddUnitsLine): number {
  return quantity - unitsBefore
}

function timeEntry(
  kind: TimeEntry['kind'],
  startsAt: Temporal.Instant,
  endsAt: Temporal.Instant,
  anchor: Anchor,
  { months = 0, extraDays = 0 }: { months?: number; extraDays?: number },
): TimeEntry {
  const [from, until] = [formatInstant(startsAt), formatInstant(endsAt)]
  return { kind, startsAt: from, endsAt: until, anchor, months, extraDays }
}
