/** A license after a paid line: what its ledger says then, and what follows from its plan. */
import type { Temporal } from 'temporal-polyfill'
import type { Anchor } from './calendar.ts'
import type { Cycle, Plan } from './catalogue.ts'
import { firstAttemptAt } from './charge-calendar.ts'
import { coverageOf, unitsAt, type CoverageEntry } from './coverage.ts'
import { extensionEntries } from './extension-entries.ts'
import type { RenewalMode } from './license.ts'
import { chargeTermsOf } from './plan.ts'
import type { ExtensionLine } from './quote.ts'

export interface ExtendedState {
  /** To append. */
  readonly entries: readonly CoverageEntry[]
  readonly endsAt: Temporal.Instant
  readonly anchor: Anchor
  readonly total: number
  /** Fewer units later, and from when on; null where the total stays. */
  readonly next: { readonly total: number; readonly at: Temporal.Instant } | null
  readonly cycle: Cycle | null
  /** Null unless renewed by itself: a manual renewal moves the charge (section 5). */
  readonly nextChargeAt: Temporal.Instant | null
}

/**
 * @param plan        that of the line, which an upgrade changes
 * @param paidAt      the time of the payment (R7)
 * @param at          now, which decides whether fewer units are in force already
 */
export function extendedState(
  license: {
    readonly ledger: readonly CoverageEntry[]
    readonly cycle: Cycle | null
    readonly graceDays: number
    readonly renewalMode: RenewalMode | null
  },
  line: ExtensionLine,
  { plan, paidAt, at }: { plan: Plan; paidAt: Temporal.Instant; at: Temporal.Instant },
): ExtendedState {
  const { ledger, graceDays, renewalMode } = license
  const entries = extensionEntries(ledger, line, { plan, graceDays, paidAt })
  const after = [...ledger, ...entries]
  const { endsAt, anchor } = coverageOf(after)
  return {
    entries,
    endsAt,
    anchor,
    ...unitsAt(after, at),
    cycle: line.kind === 'renewal' ? line.cycle : license.cycle,
    nextChargeAt:
      renewalMode === 'auto' ? firstAttemptAt(endsAt, chargeTermsOf(plan), anchor.zone) : null,
  }
}
