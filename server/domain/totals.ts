/**
 * From list prices to what is charged: discount, tax and the waiver of amounts too small to charge.
 * Σ lines = total, always (R11).
 */
import type { PromoCode } from './catalogue.ts'
import type { ExplanationPart } from './explanation.ts'
import type { LinePrice } from './line-price.ts'
import { currencyRules, formatMoney } from './money.ts'
import { discountsOf } from './promo.ts'
import type { PricedTotals } from './quote.ts'
import { type Refused, invalidField } from './refusals.ts'
import { type TaxRule, taxNote, taxOf } from './tax.ts'

export interface ListedLine extends LinePrice {
  readonly planId: string
}

/** The same line with its discount and tax; whatever else it carried stays on it. */
export type SettledLine<Line extends ListedLine> = Line & {
  readonly discount: number
  readonly tax: number
}

export interface Settlement<Line extends ListedLine> {
  /** In the order of the lines that came in. */
  readonly lines: readonly SettledLine<Line>[]
  readonly totals: PricedTotals
}

export interface Terms {
  readonly currency: string
  /** Null where none was entered, and for everything after the first order (R14). */
  readonly promo: PromoCode | null
  /** Null where no tax applies. */
  readonly tax: TaxRule | null
}

/** @throws Refused `request.invalid` when the total is more than can be charged at once */
export function settle<Line extends ListedLine>(
  lines: readonly Line[],
  terms: Terms,
): Settlement<Line> {
  const { minimum, maximum } = currencyRules(terms.currency)
  const discounts = discountsOf(terms.promo, lines, terms.currency)
  const settled = lines.map((line, index) => settleLine(line, discounts[index] ?? 0, terms))
  const totals = totalsOf(settled, terms)
  if (totals.total > maximum) throw tooMuch(maximum, terms.currency)
  if (totals.total === 0 || totals.total >= minimum) return { lines: settled, totals }
  const free = settled.map(waive)
  return { lines: free, totals: { ...totalsOf(free, terms), waived: totals.total } }
}

function settleLine<Line extends ListedLine>(
  line: Line,
  discount: number,
  { currency, promo, tax: rule }: Terms,
): SettledLine<Line> {
  const amount = line.amount - discount
  const tax = rule ? taxOf(amount, rule, currency) : 0
  const explanation: ExplanationPart[] = [...line.explanation]
  if (promo && discount > 0) {
    explanation.push({ kind: 'discount', code: promo.code, amount: discount })
  }
  if (rule && tax > 0) explanation.push({ kind: 'tax', ...taxNote(rule), amount: tax })
  return { ...line, amount, discount, tax, explanation }
}

/** What is waived joins the discount, so that lines, total and refunds agree without a special case. */
function waive<Line extends ListedLine>(line: SettledLine<Line>): SettledLine<Line> {
  const kept = line.explanation.filter((part) => part.kind !== 'tax')
  const explanation: ExplanationPart[] =
    line.amount > 0 ? [...kept, { kind: 'waived', amount: line.amount }] : kept
  return { ...line, amount: 0, discount: line.discount + line.amount, tax: 0, explanation }
}

function totalsOf(lines: readonly SettledLine<ListedLine>[], { tax: rule }: Terms): PricedTotals {
  const sum = (of: (line: SettledLine<ListedLine>) => number) =>
    lines.reduce((total, line) => total + of(line), 0)
  const subtotal = sum((line) => line.amount)
  const tax = sum((line) => line.tax)
  const total = rule?.mode === 'exclusive' ? subtotal + tax : subtotal
  return { subtotal, discount: sum((line) => line.discount), tax, total, waived: 0 }
}

function tooMuch(maximum: number, currency: string): Refused {
  const most = formatMoney(maximum, currency, 'en')
  return invalidField(
    '/items',
    `Together this is more than one payment can be (${most}): order in several parts.`,
  )
}
