/** What quotes of renewals, added units and upgrades have in common. */
import type { Temporal } from 'temporal-polyfill'
import { formatInstant } from './calendar.ts'
import type { Cycle, Plan, Product, PromoCode } from './catalogue.ts'
import type { LinePrice } from './line-price.ts'
import type {
  ComplimentaryGrant,
  ExtensionLine,
  PricedQuote,
  PricedTotals,
  RenewalLine,
} from './quote.ts'
import type { RenewableLicense } from './renewal-eligibility.ts'
import { taxNote } from './tax.ts'
import type { SettledLine } from './totals.ts'

type Extended = SettledLine<LinePrice & { readonly planId: string }> & {
  readonly license: RenewableLicense
  /** Units after the order. */
  readonly quantity: number
  readonly cycle: Cycle | null
  readonly months: number
}

interface Reach {
  readonly plan: Plan
  readonly unitsBefore: number
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly extraDays: number
  readonly lostDays: number
  readonly lostAmount: number
}

/** The members that every extending line has. @throws Error for a license without renewal (a bug) */
export function describeExtension(
  line: Extended,
  { plan, startsAt, endsAt, ...reach }: Reach,
): Omit<RenewalLine, 'kind' | 'alignedDay' | 'cycleBefore'> {
  const { license } = line
  if (license.renewalMode === null) throw new Error(`${license.id} has no renewal`)
  return {
    plan: plan.id,
    planName: plan.name,
    type: plan.type,
    licenseId: license.id,
    quantity: line.quantity,
    cycle: line.cycle,
    months: line.months,
    autoRenew: license.renewalMode === 'auto',
    oneTime: false,
    startsAt: formatInstant(startsAt),
    endsAt: formatInstant(endsAt),
    expiresAtBefore: formatInstant(license.endsAt),
    ...reach,
    modeAfter: license.renewalMode,
    unitAmount: line.unitAmount,
    amount: line.amount,
    discount: line.discount,
    tax: line.tax,
    explanation: line.explanation,
  }
}

export function quoteOf(
  terms: {
    readonly product: Product
    readonly currency: string
    readonly zone: string
    readonly promo: PromoCode | null
  },
  lines: readonly ExtensionLine[],
  totals: PricedTotals,
  complimentary: readonly ComplimentaryGrant[],
): PricedQuote {
  const { product, currency, zone, promo } = terms
  return {
    currency,
    zone,
    lines,
    ...totals,
    taxNote: product.tax ? taxNote(product.tax) : null,
    // Who renews by themselves agreed to it before; nothing of it is asked for again.
    renewal: null,
    complimentary,
    promoCode: promo?.code ?? null,
  }
}
