import type { Catalogue, CataloguePlan } from '../../server/contract/catalogue.ts'
import type { QuoteRequest } from '../../server/contract/quotes.ts'

export type Cycle = CataloguePlan['cycles'][number]

/** What the customer has entered, as entered; judged by `missingFields`. */
export interface Selection {
  readonly plan: string
  readonly quantityText: string
  readonly cycle: Cycle | null
  /** Null until answered: nothing is preselected (S4). */
  readonly autoRenew: boolean | null
  readonly promoCode: string | null
}

export type Field = 'quantity' | 'cycle' | 'autoRenewal'

export interface MissingField {
  readonly field: Field
  readonly reason: 'number' | 'range' | 'step' | 'choice'
}

/** A form for the plan; what fits from an earlier selection is kept. */
export function selectionFor(plan: CataloguePlan, earlier: Selection | null): Selection {
  const [firstCycle = null] = plan.cycles
  const cycle = earlier?.cycle ?? null
  const hasChoice = plan.auto_renewal === 'choice'
  return {
    plan: plan.id,
    quantityText: earlier?.quantityText ?? String(plan.quantity.min),
    cycle: cycle !== null && plan.cycles.includes(cycle) ? cycle : firstCycle,
    autoRenew: hasChoice ? (earlier?.autoRenew ?? null) : false,
    promoCode: earlier?.promoCode ?? null,
  }
}

/** In the order of the form; empty when everything is there (S7). */
export function missingFields(
  selection: Selection,
  plan: CataloguePlan,
  locale: string,
): MissingField[] {
  const missing: MissingField[] = []
  if (plan.cycles.length > 0 && selection.cycle === null) {
    missing.push({ field: 'cycle', reason: 'choice' })
  }
  const reason = quantityMistake(parseQuantity(selection.quantityText, locale), plan.quantity)
  if (reason !== null) missing.push({ field: 'quantity', reason })
  if (plan.auto_renewal === 'choice' && selection.autoRenew === null) {
    missing.push({ field: 'autoRenewal', reason: 'choice' })
  }
  return missing
}

/**
 * A whole number as people of the locale write it: "1,000" in English, "1.000" in German, and in the
 * digits of its script. Null for anything else, "1.5" in English too.
 */
export function parseQuantity(text: string, locale: string): number | null {
  const group = new Intl.NumberFormat(locale)
    .formatToParts(1_000_000)
    .find(({ type }) => type === 'group')?.value
  const plain = withAsciiDigits(text.trim(), locale)
  const pattern = new RegExp(`^\\d+$|^\\d{1,3}(?:[${escape(group ?? '')}\\s'’]\\d{3})+$`)
  if (!pattern.test(plain)) return null
  const value = Number(plain.replace(/\D/g, ''))
  return Number.isSafeInteger(value) ? value : null
}

/** The nearest allowed quantity, `steps` further up or down. */
export function stepQuantity(
  quantity: number | null,
  steps: number,
  { min, max, step }: CataloguePlan['quantity'],
): number {
  if (quantity === null) return min
  const onGrid = min + Math.round((quantity - min) / step + steps) * step
  return Math.min(Math.max(onGrid, min), max)
}

/** @param timeZone IANA; the server prefers the zone of the host's token */
export function toQuoteRequest(
  selection: Selection,
  plan: CataloguePlan,
  context: { readonly locale: string; readonly currency: string | null; readonly timeZone: string },
): QuoteRequest {
  const hasCycles = plan.cycles.length > 0
  return {
    items: [
      {
        plan: plan.id,
        quantity: parseQuantity(selection.quantityText, context.locale) ?? plan.quantity.min,
        cycle: hasCycles ? selection.cycle : null,
        auto_renew: hasCycles ? selection.autoRenew : null,
      },
    ],
    currency: context.currency,
    promo_code: selection.promoCode,
    time_zone: context.timeZone,
  }
}

/** Types in the order of the catalogue: the tabs. */
export function typesOf(catalogue: Catalogue): string[] {
  return [...new Set(catalogue.plans.map(({ type }) => type))]
}

function quantityMistake(
  quantity: number | null,
  { min, max, step }: CataloguePlan['quantity'],
): MissingField['reason'] | null {
  if (quantity === null) return 'number'
  if (quantity < min || quantity > max) return 'range'
  return (quantity - min) % step === 0 ? null : 'step'
}

/** Digits of the locale's own script, full-width ones too, as 0–9. */
function withAsciiDigits(text: string, locale: string): string {
  const digits = [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9876543210)]
  return text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => {
    const index = digits.indexOf(digit)
    return index === -1 ? digit : String(9 - index)
  })
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&')
}
