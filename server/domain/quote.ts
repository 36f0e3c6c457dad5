/**
 * What a quote stores as JSON in `quotes.priced`: immutable lines that say what is paid and for
 * which period. Amounts in minor units; instants are RFC 3339 UTC with whole seconds.
 */
import type { RenewalDay } from './alignment.ts'
import { parseInstant, serviceLifeDays } from './calendar.ts'
import type { Cycle } from './catalogue.ts'
import type { Explanation } from './explanation.ts'
import type { Id } from './ids.ts'
import type { RenewalMode } from './license.ts'
import type { TaxNote } from './tax.ts'

export const QUOTE_KINDS = ['purchase', 'renewal', 'add_units', 'upgrade', 'pay_per_use'] as const
export type QuoteKind = (typeof QUOTE_KINDS)[number]

interface LineFacts {
  readonly plan: string
  readonly planName: string
  /** License type: `dr`, `migration`, `failback` … */
  readonly type: string
  /** Units once the line is fulfilled; for pay-per-use those that are metered. */
  readonly quantity: number
  readonly cycle: Cycle | null
  /** Whole months on the anchor. */
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

/** A new license, from `startsAt` to `endsAt`. */
export interface PurchaseLine extends LineFacts {
  readonly kind: 'purchase'
  readonly licenseId: null
}

/** What a line that extends a license relied on, and what it makes of it. */
interface ExtensionFacts extends LineFacts {
  readonly licenseId: Id<'lic'>
  readonly expiresAtBefore: string
  readonly unitsBefore: number
  /** Local dates paid beside the months (R12). */
  readonly extraDays: number
  /** Whole 24 hours of the paid period that are over already, and their price (R3). */
  readonly lostDays: number
  readonly lostAmount: number
  readonly modeAfter: RenewalMode
}

/** Time from the current end on (R3). */
export interface RenewalLine extends ExtensionFacts {
  readonly kind: 'renewal'
  /** The standard renewal day that it ends on; null for a plain renewal. */
  readonly alignedDay: RenewalDay | null
  readonly cycleBefore: Cycle | null
}

/** `quantity − unitsBefore` more units until the end of the license (R14). */
export interface AddUnitsLine extends ExtensionFacts {
  readonly kind: 'add_units'
}

/** A dearer plan of the same product until the end of the license (S81). */
export interface UpgradeLine extends ExtensionFacts {
  readonly kind: 'upgrade'
  readonly planBefore: string
  readonly planNameBefore: string
}

/** Metered UTC days [startsAt, endsAt) after the expiry. `unitAmount` is one unit for one day. */
export interface PayPerUseLine extends ExtensionFacts {
  readonly kind: 'pay_per_use'
}

export type ExtensionLine = RenewalLine | AddUnitsLine | UpgradeLine | PayPerUseLine
export type PricedLine = PurchaseLine | ExtensionLine

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

/** Units that the line pays for: of added units only those that are new. */
export function paidUnits(line: PricedLine): number {
  return line.kind === 'add_units' ? line.quantity - line.unitsBefore : line.quantity
}

/** By how many dates on the customer's calendar the expiry moves. */
export function daysAdded(line: ExtensionLine, zone: string): number {
  return serviceLifeDays(parseInstant(line.expiresAtBefore), parseInstant(line.endsAt), zone)
}

/** All lines of a quote are of one kind. */
export function kindOf({ lines }: Pick<PricedQuote, 'lines'>): QuoteKind {
  return lines[0]?.kind ?? 'purchase'
}

/** The renewal day that the lines were aligned to; null for plain ones and for other kinds. */
export function alignedDayOf({ lines }: Pick<PricedQuote, 'lines'>): RenewalDay | null {
  const [line] = lines
  return line?.kind === 'renewal' ? line.alignedDay : null
}
