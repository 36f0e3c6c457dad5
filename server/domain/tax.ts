/** Static tax rates, on the line and rounded there (R14). */
import type { Product } from './catalogue.ts'
import { fraction, roundToMinor } from './fraction.ts'

/** `inclusive`: contained in the amount · `exclusive`: added to it. */
export type TaxMode = 'inclusive' | 'exclusive'

/** What a quote says about its tax; `percent` as people write it, e.g. `8.25`. */
export interface TaxNote {
  readonly name: string
  readonly percent: string
  readonly mode: TaxMode
}

export type TaxRule = NonNullable<Product['tax']>

const BASIS_POINTS = 10_000

/** Tax of one line, minor units: round(amount × r), or contained in it round(amount × r / (1 + r)). */
export function taxOf(amountMinor: number, rule: TaxRule, currency: string): number {
  const base = rule.mode === 'exclusive' ? BASIS_POINTS : BASIS_POINTS + rule.rate_bp
  return roundToMinor(fraction(BigInt(amountMinor) * BigInt(rule.rate_bp), base), currency)
}

export function taxNote(rule: TaxRule): TaxNote {
  return { name: rule.name, percent: percentText(rule.rate_bp), mode: rule.mode }
}

/** Basis points as a percentage without trailing zeros: 1900 → `19`, 825 → `8.25`. */
export function percentText(basisPoints: number): string {
  const digits = String(basisPoints).padStart(3, '0')
  const decimals = digits.slice(-2).replace(/0+$/, '')
  return digits.slice(0, -2) + (decimals && `.${decimals}`)
}
