/** Promo codes (R14): when one applies, what it takes off, and how that spreads over the lines. */
import { Temporal } from 'temporal-polyfill'
import { allocate } from './allocate.ts'
import type { Product, PromoCode } from './catalogue.ts'
import { fraction, roundToMinor } from './fraction.ts'
import { currencyRules } from './money.ts'
import type { FieldError } from './refusals.ts'

export type PromoProblem =
  | 'unknown'
  | 'expired'
  | 'other_plans'
  | 'other_currency'
  | 'used_up'
  | 'used_by_customer'

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

/** The code that somebody typed, or what is wrong with it. No code is fine. */
export function checkPromo(
  product: Product,
  typed: { readonly promoCode?: string | null | undefined; readonly at: Temporal.Instant },
  use: { readonly planIds: readonly string[]; readonly currency: string },
): { readonly code: PromoCode | null; readonly errors: readonly FieldError[] } {
  if (!typed.promoCode) return { code: null, errors: [] }
  const code = promoOf(product, typed.promoCode)
  const problem = promoProblem(code, { ...use, at: typed.at })
  if (problem === null) return { code, errors: [] }
  return { code: null, errors: [{ pointer: '/promo_code', detail: promoSentence(problem) }] }
}

/** The same in a sentence for the person who typed the code. */
export function promoSentence(problem: PromoProblem): string {
  return SENTENCES[problem]
}

/**
 * What the code takes off each line, minor units. Lines of other plans get 0; no line goes below 0.
 * A percentage is rounded on each line, so that a batch costs what its lines cost alone; an amount is
 * split by largest remainder, and its parts sum to it.
 */
export function discountsOf(
  promo: PromoCode | null,
  lines: readonly { readonly planId: string; readonly amount: number }[],
  currency: string,
): number[] {
  const bases = lines.map((line) => (promo && appliesTo(promo, line.planId) ? line.amount : 0))
  const percentBp = promo?.percent_bp
  if (percentBp !== undefined) {
    return bases.map((base) =>
      roundToMinor(fraction(BigInt(base) * BigInt(percentBp), 10_000), currency),
    )
  }
  const base = bases.reduce((sum, amount) => sum + amount, 0)
  const amount = promo?.amount?.currency === currency ? promo.amount.minor : 0
  return allocate(Math.min(base, amount), bases, currencyRules(currency).step)
}

function appliesTo(promo: PromoCode, planId: string): boolean {
  return !promo.plans || promo.plans.includes(planId)
}
