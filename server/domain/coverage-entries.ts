/** Builders of ledger entries: what fulfilment and operators append, and the coverage that follows. */
import type { Temporal } from 'temporal-polyfill'
import { alignTo, type RenewalDay } from './alignment.ts'
import {
  addMonths,
  anchorOf,
  formatInstant,
  instantAt,
  localDate,
  type Anchor,
} from './calendar.ts'
import { coverageOf, type Coverage, type CoverageEntry, type TimeEntry } from './coverage.ts'

/** Entries to append, and the coverage of the license once they are. */
export interface CoverageChange {
  readonly entries: readonly CoverageEntry[]
  readonly coverage: Coverage
}

/**
 * A new license: months from the time of the payment, in the customer's zone (R7, R8, S19).
 *
 * @param paidAt    start of coverage, not the arrival of the webhook; fractions of a second are cut
 * @param months    ≥ 1: 1 monthly, 12 annually, else the validity of the plan
 * @param quantity  units, ≥ 1
 */
export function purchaseEntries(purchase: {
  paidAt: Temporal.Instant
  months: number
  zone: string
  quantity: number
}): CoverageChange {
  const { paidAt, months, zone } = purchase
  const anchor = anchorOf(paidAt, zone)
  const bought = timeEntry('purchase', paidAt, addMonths(paidAt, months, anchor), anchor, {
    months,
  })
  return opening([bought, { kind: 'units_granted', quantity: purchase.quantity }])
}

/**
 * A license that an operator gives (S10, S34): as if bought then. Either months or days are 0; days are
 * local dates, so that the time of day stays.
 */
export function grantEntries(grant: {
  startsAt: Temporal.Instant
  months: number
  days: number
  zone: string
  quantity: number
}): CoverageChange {
  const { startsAt, months, days, zone, quantity } = grant
  if (days === 0) return purchaseEntries({ paidAt: startsAt, months, zone, quantity })
  const anchor = anchorOf(startsAt, zone)
  const end = instantAt(localDate(startsAt, zone).add({ days }), anchor.time, zone)
  const given = timeEntry('purchase', startsAt, end, anchorOf(end, zone), { extraDays: days })
  return opening([given, { kind: 'units_granted', quantity }])
}

/** A license that comes free with another: start, end and anchor copied, to the second (R9, S22, S25). */
export function complimentaryEntries(
  origin: Pick<Coverage, 'startsAt' | 'endsAt' | 'anchor'>,
  quantity: number,
): CoverageChange {
  const { startsAt, endsAt, anchor } = origin
  const copied = timeEntry('complimentary', startsAt, endsAt, anchor, {})
  return opening([copied, { kind: 'units_granted', quantity }])
}

/**
 * A renewal from the current end (R3), and on to the standard renewal day when one is given (R5).
 *
 * @param ledger  the license's entries so far
 * @param months  ≥ 1
 * @param day     null for a plain renewal
 */
export function renewalEntries(
  ledger: readonly CoverageEntry[],
  months: number,
  day: RenewalDay | null,
): CoverageChange {
  const { endsAt, anchor } = coverageOf(ledger)
  if (day === null) {
    const end = addMonths(endsAt, months, anchor)
    return appended(ledger, [timeEntry('renewal', endsAt, end, anchor, { months })])
  }
  const aligned = alignTo(endsAt, months, anchor, day)
  return appended(ledger, [
    timeEntry('renewal', endsAt, aligned.base, anchor, { months }),
    timeEntry('alignment', aligned.base, aligned.alignedAt, aligned.anchor, {
      extraDays: aligned.extraDays,
    }),
  ])
}

/** Local days given for nothing; later renewals follow the new end (R1). @param days  ≥ 1 */
export function goodwillEntries(ledger: readonly CoverageEntry[], days: number): CoverageChange {
  const { endsAt, anchor } = coverageOf(ledger)
  const date = localDate(endsAt, anchor.zone).add({ days })
  const moved = instantAt(date, anchor.time, anchor.zone)
  const movedAnchor = anchorOf(moved, anchor.zone)
  return appended(ledger, [timeEntry('goodwill', endsAt, moved, movedAnchor, { extraDays: days })])
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

function opening(entries: readonly CoverageEntry[]): CoverageChange {
  return { entries, coverage: coverageOf(entries) }
}

function appended(
  ledger: readonly CoverageEntry[],
  entries: readonly CoverageEntry[],
): CoverageChange {
  return { entries, coverage: coverageOf([...ledger, ...entries]) }
}
