/**
 * Every line explains itself (R13): the price as structured steps, stored with the quote, and put
 * into words only when somebody reads them, in their language.
 */
import type { Cycle } from './catalogue.ts'
import { EXPLANATION_WORDS, type ExplanationWords } from './explanation-words.ts'
import { moneyFormat, toDecimal } from './money.ts'
import type { MonthShare } from './part-period.ts'
import type { TaxMode } from './tax.ts'

/** Whole months at a recurring price; `unitAmount` is one unit for one cycle. */
export interface TermPart {
  readonly kind: 'term'
  readonly months: number
  readonly cycle: Cycle
  readonly unitAmount: number
  readonly quantity: number
}

/** Extra dates by natural months (R12), at one month's share of the cycle's price. */
export interface DatesPart {
  readonly kind: 'dates'
  readonly shares: readonly MonthShare[]
  readonly isCapped: boolean
  readonly cycle: Cycle
  readonly unitAmount: number
  readonly quantity: number
}

/** One price for the whole validity of `months`. */
export interface OneTimePart {
  readonly kind: 'one_time'
  readonly months: number
  readonly unitAmount: number
  readonly quantity: number
}

/** UTC days that were metered, at the price of one unit for one day. */
export interface MeteredPart {
  readonly kind: 'metered'
  readonly days: number
  readonly unitAmount: number
  readonly quantity: number
}

export type ExplanationPart =
  | TermPart
  | DatesPart
  | OneTimePart
  | MeteredPart
  /** The unit price is that of the volume tier which begins at `from` units. */
  | { readonly kind: 'tier'; readonly from: number }
  | { readonly kind: 'discount'; readonly code: string; readonly amount: number }
  | {
      readonly kind: 'tax'
      readonly name: string
      readonly percent: string
      readonly mode: TaxMode
      readonly amount: number
    }
  /** The unit price is the difference of two plans (S81). */
  | {
      readonly kind: 'upgrade'
      readonly from: string
      readonly to: string
      readonly fromAmount: number
      readonly toAmount: number
    }
  /** Too small to be charged, so it is not (R11). */
  | { readonly kind: 'waived'; readonly amount: number }

export type Explanation = readonly ExplanationPart[]

/**
 * One line of text, e.g. `1 month + 5/30 of April × $75.00 × 10`.
 *
 * @param locale  BCP 47; Chinese and English are spoken, everything else reads English words
 */
export function explain(explanation: Explanation, currency: string, locale: string): string {
  const isChinese = locale.toLowerCase().split('-')[0] === 'zh'
  const words = EXPLANATION_WORDS[isChinese ? 'zh-CN' : 'en']
  const format = formatOf(currency, isChinese ? 'zh-CN' : locale)
  const money = (amount: number) => format.format(toDecimal(amount, currency))
  return describePrice(explanation, words, money) + describeRest(explanation, words, money)
}

/** Of the currencies and languages that were asked for lately: a quote has up to a hundred lines. */
const formats = new Map<string, Intl.NumberFormat>()
const FORMATS_KEPT = 100

function formatOf(currency: string, locale: string): Intl.NumberFormat {
  const name = `${currency} ${locale}`
  const format = formats.get(name) ?? moneyFormat(currency, locale)
  if (formats.size >= FORMATS_KEPT) formats.clear()
  formats.set(name, format)
  return format
}

type Money = (amountMinor: number) => string

function describePrice(explanation: Explanation, words: ExplanationWords, money: Money): string {
  const products = explanation.flatMap((part): Product[] => {
    if (part.kind === 'term') return [termProduct(part, words, money)]
    if (part.kind === 'dates') return [datesProduct(part, words, money)]
    if (part.kind === 'metered') {
      return [{ duration: words.days(part.days), by: by(money(part.unitAmount), part.quantity) }]
    }
    if (part.kind !== 'one_time') return []
    return [{ duration: words.oneTime(part.months), by: by(money(part.unitAmount), part.quantity) }]
  })
  const first = products[0]
  return first && products.every((product) => product.by === first.by)
    ? products.map((product) => product.duration).join(' + ') + first.by
    : products.map((product) => product.duration + product.by).join(' + ')
}

/** `1 month` and ` × $75.00 × 10`: durations at one price are added before they are multiplied. */
interface Product {
  readonly duration: string
  readonly by: string
}

function termProduct(part: TermPart, words: ExplanationWords, money: Money): Product {
  const isWholeYears = part.cycle === 'year' && part.months % 12 === 0
  return isWholeYears
    ? { duration: words.years(part.months / 12), by: by(money(part.unitAmount), part.quantity) }
    : { duration: words.months(part.months), by: by(monthPrice(part, money), part.quantity) }
}

function datesProduct(part: DatesPart, words: ExplanationWords, money: Money): Product {
  const dates = part.shares
    .map((share) => words.share(share.days, share.daysInMonth, share.month))
    .join(' + ')
  const duration = part.isCapped ? words.capped(dates) : dates
  return { duration, by: by(monthPrice(part, money), part.quantity) }
}

/** A twelfth of a year's price stays exact, so it is shown as a division, not as a rounded amount. */
function monthPrice(part: TermPart | DatesPart, money: Money): string {
  return money(part.unitAmount) + (part.cycle === 'year' ? ' ÷ 12' : '')
}

function by(price: string, quantity: number): string {
  return ` × ${price} × ${quantity}`
}

function describeRest(explanation: Explanation, words: ExplanationWords, money: Money): string {
  return explanation
    .map((part) => {
      if (part.kind === 'tier') return words.tier(part.from)
      if (part.kind === 'upgrade') {
        return words.upgrade(part.from, money(part.fromAmount), part.to, money(part.toAmount))
      }
      if (part.kind === 'discount') return words.discount(money(part.amount), part.code)
      if (part.kind === 'tax') {
        return words.tax(money(part.amount), part.name, part.percent, part.mode)
      }
      return part.kind === 'waived' ? words.waived(money(part.amount)) : ''
    })
    .join('')
}
