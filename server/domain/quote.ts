/**
 * What a quote stores as JSON in `quotes.priced`: immutable lines that say what is paid and for
 * which period. Amounts in minor units; instants are RFC 3339 UTC with whole seconds.
 */
import type { Cycle } from './catalogue.ts'
import type { Explanation } from './explanation.ts'
import type { Id } from './ids.ts'
import type { TaxNote } from './tax.ts'

export interface PricedLine {
  readonly kind: 'purchase'
  readonly plan: string
  readonly planName: string
  /** License type: `dr`, `migration`, `failback` … */
  readonly type: string
  /** The license that a line renews or extends; null for a new one. */
  readonly licenseId: Id<'lic'> | null
  readonly quantity: number
  readonly cycle: Cycle | null
  /** Whole months from `startsAt` to `endsAt` on the anchor. */
  readonly months: number
  readonly autoRenew: boolean
  readonly oneTime: boolean
  readonly startsAt: string
  readonly endsAt: string
  /** List price of one unit for one cycle, at the volume tier of this line. */
  readonly unitAmount: number
  /** After `discount`, before exclusive tax, inclusive tax contained. */
  readonly amount: number
  readonly discount: number
  readonly tax: number
  readonly explanation: Explanation
}

export interface PricedTotals {
  /** Σ `amount` of the lines. */
  readonly subtotal: number
  readonly discount: number
  readonly tax: number
  /** `subtotal`, plus `tax` where it is exclusive: what is charged. */
  readonly total: number
  /** The total that was too small to charge, and therefore is not (R11); 0 otherwise. */
  readonly waived: number
}

/** What happens by itself afterwards, at the prices of today. */
export interface PricedRenewal {
  readonly amount: number
  readonly every: Cycle
  readonly firstChargeAt: string
}

/** Licenses that come free with a line (S22), from its start to its end, to the second (S25). */
export interface ComplimentaryGrant {
  readonly plan: string
  readonly planName: string
  readonly quantity: number
  readonly endsAt: string
  /** Position of the line that brings it, from 0. */
  readonly line: number
}

export interface PricedQuote extends PricedTotals {
  readonly currency: string
  /** IANA zone that days and month ends are counted in (R2). */
  readonly zone: string
  readonly lines: readonly PricedLine[]
  /** Null where no tax applies. */
  readonly taxNote: TaxNote | null
  /** Null where nothing renews by itself. */
  readonly renewal: PricedRenewal | null
  readonly complimentary: readonly ComplimentaryGrant[]
  readonly promoCode: string | null
}
