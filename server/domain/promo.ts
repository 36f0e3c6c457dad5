/** Promo codes (R14): when one applies, what it takes off, and how that spreads over the lines. */
import { Temporal } from 'temporal-polyfill'
import { allocate } from './allocate.ts'
import type { Product, PromoCode } from './catalogue.ts'
import { fraction, roundToMinor } from './fraction.ts'
import { currencyRules } from './money.ts'

export type PromoProblem =
  'unknown' | 'expired' | 'other_plans' | 'other_currency' | 'used_up' | 'used_by_customer'

/** Uses reserved or counted so far; those of released orders do not count. */
export interface PromoUses {
  readonly total: number
  readonly byCustomer: number
}

const SENTENCES: Readonly<Record<PromoProblem, string>> = {
  unknown: 'This code is not known. Check the spelling or leave it out.',
  expired: 'This code has expired. Leave it out to continue at the list price.',
  other_plans: 'This code does not apply to the chosen plans.',
  other_currency: 'This code does not apply in this currency.',
  used_up: 'This code has been used as often as it can be.',
  used_by_customer: 'You have already used this code as often as it can be used.',
}

/** Codes are written in capitals; people type them as they like. */
export function promoOf(product: Product, code: string): PromoCode | null {
  const typed = code.trim().toUpperCase()
  return product.promo_codes.find((promo) => promo.code === typed) ?? null
}

/**
 * Why a code cannot be used, or null. Limits are checked only where `uses` is known: at the quote
 * as a courtesy, at the order for good, in the batch that reserves the use.
 */
export function promoProblem(
  promo: PromoCode | null,
  use: {
    readonly planIds: readonly string[]
    readonly currency: string
    readonly at: Temporal.Instant
    readonly uses?: PromoUses
  },
): PromoProblem | null {
  if (!promo) return 'unknown'
  if (promo.expires_at && Temporal.Instant.compare(promo.expires_at, use.at) <= 0) return 'expired'
  if (!use.planIds.some((id) => appliesTo(promo, id))) return 'other_plans'
  if (promo.amount && promo.amount.currency !== use.currency) return 'other_currency'
  const { total, byCustomer } = use.uses ?? { total: 0, byCustomer: 0 }
  if (promo.max_uses !== undefined && total >= promo.max_uses) return 'used_up'
  if (byCustomer >= promo.max_uses_per_customer) return 'used_by_customer'
  return null
}

/** The same in a sentence for the person who typed the code. */
export function promoSentence(problem: PromoProblem): string {
  return SENTENCES[problem]
}

/**
 * What the code takes off each line, minor units. Lines of other plans get 0; no line goes below 0;
 * the parts sum to the whole discount.
 */
export function discountsOf(
  promo: PromoCode | null,
  lines: readonly { readonly planId: string; readonly amount: number }[],
  currency: string,
): number[] {
  const bases = lines.map((line) => (promo && appliesTo(promo, line.planId) ? line.amount : 0))
  const base = bases.reduce((sum, amount) => sum + amount, 0)
  const discount = promo ? Math.min(base, wholeDiscount(promo, base, currency)) : 0
  return allocate(discount, bases, currencyRules(currency).step)
}

function wholeDiscount(promo: PromoCode, base: number, currency: string): number {
  if (promo.percent_bp !== undefined) {
    return roundToMinor(fraction(BigInt(base) * BigInt(promo.percent_bp), 10_000), currency)
  }
  return promo.amount?.currency === currency ? promo.amount.minor : 0
}

function appliesTo(promo: PromoCode, planId: string): boolean {
  return !promo.plans || promo.plans.includes(planId)
}
