/** The same license by our own rules: what a use case would load, decide and store. */
import { Temporal } from 'temporal-polyfill'
import { coverageOf, type CoverageEntry } from '../../server/domain/coverage.ts'
import { purchaseEntries, renewalEntries } from '../../server/domain/coverage-entries.ts'
import type { RenewalDay } from '../../server/domain/alignment.ts'
import {
  statusAt,
  transition,
  type Hold,
  type LicenseEvent,
  type LicenseStatus,
} from '../../server/domain/license.ts'
import {
  consumeUnit,
  releaseUnit,
  reserveUnit,
  type OneTimeLicense,
  type UnitDecision,
  type UnitUse,
} from '../../server/domain/one-time-unit.ts'
import { Refused } from '../../server/domain/refusals.ts'
import type { Terms } from './reference.ts'

type Mark = 'suspendedAt' | 'underReviewAt'

export class RealLicense {
  #now: Temporal.Instant
  readonly #terms: Terms
  #ledger: readonly CoverageEntry[]
  readonly #marks: Record<Mark | 'revokedAt', Temporal.Instant | null> = {
    suspendedAt: null,
    underReviewAt: null,
    revokedAt: null,
  }
  readonly #holds: Hold[] = []
  readonly #uses = new Map<string, UnitUse>()

  constructor(paidAtMs: number, terms: Terms) {
    this.#now = Temporal.Instant.fromEpochMilliseconds(paidAtMs)
    this.#terms = terms
    const { months, total: quantity } = terms
    this.#ledger = purchaseEntries({ paidAt: this.#now, months, zone: 'UTC', quantity }).entries
  }

  get status(): LicenseStatus {
    return statusAt(this.#facts(), this.#now)
  }

  get endMs(): number {
    return coverageOf(this.#ledger).endsAt.epochMilliseconds
  }

  elapse(ms: number): void {
    this.#now = this.#now.add({ milliseconds: ms })
  }

  /** @returns false when it is refused */
  decide(event: LicenseEvent): boolean {
    return accepted(() => {
      const before = this.status
      // What it would be once the decision is taken back: asked before anything is stored.
      const taken = event === 'reinstate' ? 'suspendedAt' : 'underReviewAt'
      const computed = statusAt({ ...this.#facts(), ...this.#without(taken) }, this.#now)
      const after = transition(before, event, computed)
      this.#store(event)
      if (this.status !== after) throw new Error(`${before}, ${event}: ${after} or ${this.status}`)
    })
  }

  renew(months: number, day: RenewalDay | null): boolean {
    return accepted(() => {
      transition(this.status, 'renew', this.status)
      this.#ledger = [...this.#ledger, ...renewalEntries(this.#ledger, months, day).entries]
    })
  }

  use(reference: string, wanted: UnitUse): boolean {
    return accepted(() => {
      const current = this.#uses.get(reference) ?? null
      const { use } = this.#decision(wanted, current)
      this.#uses.set(reference, use)
    })
  }

  #decision(wanted: UnitUse, current: UnitUse | null): UnitDecision {
    if (wanted === 'reserved') return reserveUnit(this.#facts(), current, this.#now)
    if (wanted === 'consumed') return consumeUnit(this.#facts(), current, this.#now)
    return releaseUnit(this.#facts(), current)
  }

  #store(event: LicenseEvent): void {
    if (event === 'suspend') this.#marks.suspendedAt ??= this.#now
    if (event === 'flag') this.#marks.underReviewAt ??= this.#now
    if (event === 'revoke') this.#marks.revokedAt ??= this.#now
    if (event === 'reinstate') this.#release('suspendedAt')
    if (event === 'clear') this.#release('underReviewAt')
  }

  #release(mark: Mark): void {
    const from = this.#marks[mark]
    if (from !== null) this.#holds.push({ from, until: this.#now })
    this.#marks[mark] = null
  }

  #without(mark: Mark) {
    const from = this.#marks[mark]
    const holds = from === null ? this.#holds : [...this.#holds, { from, until: this.#now }]
    return { [mark]: null, holds }
  }

  #facts(): OneTimeLicense {
    const { graceDays, retentionDays, isOneTime, total } = this.#terms
    const { startsAt, endsAt } = coverageOf(this.#ledger)
    const counted = (use: UnitUse) => [...this.#uses.values()].filter((it) => it === use).length
    return {
      activatedAt: startsAt,
      endsAt,
      graceDays,
      retentionDays,
      oneTime: isOneTime,
      total,
      reserved: counted('reserved'),
      consumed: counted('consumed'),
      ...this.#marks,
      holds: this.#holds,
    }
  }
}

function accepted(decision: () => void): boolean {
  try {
    decision()
    return true
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}
