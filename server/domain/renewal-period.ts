/** The interval that a renewal buys, and what of it is over already (R3, R5). */
import { Temporal } from 'temporal-polyfill'
import { alignTo, type RenewalDay } from './alignment.ts'
import { addMonths, anchorOf, localDate, type Anchor } from './calendar.ts'
import type { Plan } from './catalogue.ts'
import { lapsedDays } from './license.ts'
import type { DateRun } from './part-period.ts'

export interface RenewalPeriod {
  /** The current end, early or late; after a stop that is skipped, a grace before the payment. */
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  /** In force from then on. */
  readonly anchor: Anchor
  /** Local dates beside the months; undefined for a plain renewal. */
  readonly extraDates: DateRun | undefined
  readonly extraDays: number
  /** Whole 24 hours from the start that are over (R3). */
  readonly lostDays: number
  /** The same as local dates, for their price. */
  readonly lostDates: DateRun
}

interface Expiring {
  readonly endsAt: Temporal.Instant
  readonly anchor: Anchor
  readonly graceDays: number
}

const HOURS_A_DAY = 24

/**
 * @param term.months  whole months, ≥ 1
 * @param term.day     the standard renewal day to end on; null for a plain renewal
 * @param term.at      the time of the payment; for a preview now
 */
export function renewalPeriod(
  license: Expiring,
  plan: Pick<Plan, 'renewal_basis'>,
  { months, day, at }: { months: number; day: RenewalDay | null; at: Temporal.Instant },
): RenewalPeriod {
  const { startsAt, anchor } = renewalStart(license, plan, at)
  const lostDays = lapsedDays({ endsAt: startsAt }, at)
  const startDate = localDate(startsAt, anchor.zone)
  const lost = {
    lostDays,
    lostDates: { after: startDate, until: startDate.add({ days: lostDays }) },
  }
  if (day === null) {
    const endsAt = addMonths(startsAt, months, anchor)
    return { startsAt, endsAt, anchor, extraDates: undefined, extraDays: 0, ...lost }
  }
  const aligned = alignTo(startsAt, months, anchor, day)
  const { extraDates, extraDays } = aligned
  return {
    startsAt,
    endsAt: aligned.alignedAt,
    anchor: aligned.anchor,
    extraDates,
    extraDays,
    ...lost,
  }
}

/** `skip_stopped`: nobody pays for days on which the license had stopped working. */
export function renewalStart(
  { endsAt, anchor, graceDays }: Expiring,
  { renewal_basis }: Pick<Plan, 'renewal_basis'>,
  at: Temporal.Instant,
): { startsAt: Temporal.Instant; anchor: Anchor } {
  const workedUntil = at.subtract({ hours: graceDays * HOURS_A_DAY })
  const isSkipped =
    renewal_basis === 'skip_stopped' && Temporal.Instant.compare(workedUntil, endsAt) > 0
  return isSkipped
    ? { startsAt: workedUntil, anchor: anchorOf(workedUntil, anchor.zone) }
    : { startsAt: endsAt, anchor }
}
