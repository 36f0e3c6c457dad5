/** The words of a line's explanation. A price is explained on the server, so its words live here. */
import type { TaxMode } from './tax.ts'

export interface ExplanationWords {
  readonly months: (count: number) => string
  readonly years: (count: number) => string
  readonly days: (count: number) => string
  readonly oneTime: (months: number) => string
  /** `days` of the `daysInMonth` days of month 1 … 12. */
  readonly share: (days: number, daysInMonth: number, month: number) => string
  /** Around extra dates that cost one month although their shares sum to more. */
  readonly capped: (dates: string) => string
  readonly tier: (from: number) => string
  /** Names and unit prices of both plans. */
  readonly upgrade: (from: string, fromAmount: string, to: string, toAmount: string) => string
  readonly discount: (amount: string, code: string) => string
  readonly tax: (amount: string, name: string, percent: string, mode: TaxMode) => string
  readonly waived: (amount: string) => string
}

const ENGLISH_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const en: ExplanationWords = {
  months: (count) => `${count} ${count === 1 ? 'month' : 'months'}`,
  years: (count) => `${count} ${count === 1 ? 'year' : 'years'}`,
  days: (count) => `${count} ${count === 1 ? 'day' : 'days'}`,
  oneTime: (months) => `${en.months(months)}, one-time`,
  share: (days, daysInMonth, month) => `${days}/${daysInMonth} of ${ENGLISH_MONTHS[month - 1]}`,
  capped: (dates) => `at most 1 month (${dates})`,
  tier: (from) => `, volume price from ${from} units`,
  upgrade: (from, fromAmount, to, toAmount) =>
    `, the difference of ${to} (${toAmount}) to ${from} (${fromAmount})`,
  discount: (amount, code) => `, less ${amount} with ${code}`,
  tax: (amount, name, percent, mode) =>
    mode === 'exclusive'
      ? `, plus ${amount} ${name} (${percent}%)`
      : `, ${amount} ${name} (${percent}%) included`,
  waived: (amount) => `, ${amount} waived: too little to charge`,
}

const chinese: ExplanationWords = {
  months: (count) => `${count} 个月`,
  years: (count) => `${count} 年`,
  days: (count) => `${count} 天`,
  oneTime: (months) => `${months} 个月（一次性）`,
  share: (days, daysInMonth, month) => `${month} 月的 ${days}/${daysInMonth}`,
  capped: (dates) => `最多 1 个月（${dates}）`,
  tier: (from) => `，满 ${from} 个单位的阶梯价`,
  upgrade: (from, fromAmount, to, toAmount) =>
    `，即 ${to}（${toAmount}）与 ${from}（${fromAmount}）的差价`,
  discount: (amount, code) => `，优惠码 ${code} 减 ${amount}`,
  tax: (amount, name, percent, mode) =>
    mode === 'exclusive'
      ? `，另加 ${name}（${percent}%）${amount}`
      : `，已含 ${name}（${percent}%）${amount}`,
  waived: (amount) => `，免收 ${amount}：金额过小，无法收取`,
}

export const EXPLANATION_WORDS = { en, 'zh-CN': chinese } as const
