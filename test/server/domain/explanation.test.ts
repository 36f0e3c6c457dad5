import { describe, expect, it } from 'vitest'
import { explain, type ExplanationPart } from '../../../server/domain/explanation.ts'

const monthly = { cycle: 'month', unitAmount: 7500, quantity: 10 } as const
const yearly = { cycle: 'year', unitAmount: 75_000, quantity: 10 } as const
const april = [{ year: 2024, month: 4, days: 5, daysInMonth: 30 }]
const may = [{ year: 2024, month: 5, days: 9, daysInMonth: 31 }]
const tax = { kind: 'tax', name: 'VAT', percent: '19', amount: 1425 } as const

const cases: { parts: ExplanationPart[]; en: string; chinese: string }[] = [
  {
    parts: [
      { kind: 'term', months: 1, ...monthly },
      { kind: 'dates', shares: april, isCapped: false, ...monthly },
    ],
    en: '1 month + 5/30 of April × $75.00 × 10',
    chinese: '1 个月 + 4 月的 5/30 × US$75.00 × 10',
  },
  {
    parts: [{ kind: 'one_time', months: 3, unitAmount: 9000, quantity: 5 }],
    en: '3 months, one-time × $90.00 × 5',
    chinese: '3 个月（一次性） × US$90.00 × 5',
  },
  {
    parts: [{ kind: 'term', months: 12, ...monthly }],
    en: '12 months × $75.00 × 10',
    chinese: '12 个月 × US$75.00 × 10',
  },
  {
    parts: [{ kind: 'term', months: 24, ...yearly }],
    en: '2 years × $750.00 × 10',
    chinese: '2 年 × US$750.00 × 10',
  },
  {
    parts: [{ kind: 'term', months: 5, ...yearly }],
    en: '5 months × $750.00 ÷ 12 × 10',
    chinese: '5 个月 × US$750.00 ÷ 12 × 10',
  },
  {
    parts: [{ kind: 'dates', shares: april, isCapped: true, ...monthly }],
    en: 'at most 1 month (5/30 of April) × $75.00 × 10',
    chinese: '最多 1 个月（4 月的 5/30） × US$75.00 × 10',
  },
  {
    parts: [{ kind: 'dates', shares: [...april, ...may], isCapped: false, ...monthly }],
    en: '5/30 of April + 9/31 of May × $75.00 × 10',
    chinese: '4 月的 5/30 + 5 月的 9/31 × US$75.00 × 10',
  },
  {
    // Only what costs the same is added before it is multiplied.
    parts: [
      { kind: 'metered', days: 30, unitAmount: 90, quantity: 5 },
      { kind: 'metered', days: 2, unitAmount: 90, quantity: 5 },
      { kind: 'metered', days: 1, unitAmount: 40, quantity: 5 },
    ],
    en: '30 days × $0.90 × 5 + 2 days × $0.90 × 5 + 1 day × $0.40 × 5',
    chinese: '30 天 × US$0.90 × 5 + 2 天 × US$0.90 × 5 + 1 天 × US$0.40 × 5',
  },
  {
    parts: [
      { kind: 'term', months: 2, ...monthly },
      { kind: 'upgrade', from: 'DR', to: 'DR Plus', fromAmount: 7500, toAmount: 15_000 },
    ],
    en: '2 months × $75.00 × 10, the difference of DR Plus ($150.00) to DR ($75.00)',
    chinese: '2 个月 × US$75.00 × 10，即 DR Plus（US$150.00）与 DR（US$75.00）的差价',
  },
  {
    parts: [
      { kind: 'term', months: 1, ...monthly },
      { kind: 'tier', from: 10 },
      { kind: 'discount', code: 'TEN', amount: 1000 },
      { ...tax, mode: 'exclusive' },
    ],
    en: '1 month × $75.00 × 10, volume price from 10 units, less $10.00 with TEN, plus $14.25 VAT (19%)',
    chinese:
      '1 个月 × US$75.00 × 10，满 10 个单位的阶梯价，优惠码 TEN 减 US$10.00，另加 VAT（19%）US$14.25',
  },
  {
    parts: [
      { kind: 'one_time', months: 1, unitAmount: 40, quantity: 1 },
      { ...tax, amount: 6, mode: 'inclusive' },
      { kind: 'waived', amount: 40 },
    ],
    en: '1 month, one-time × $0.40 × 1, $0.06 VAT (19%) included, $0.40 waived: too little to charge',
    chinese:
      '1 个月（一次性） × US$0.40 × 1，已含 VAT（19%）US$0.06，免收 US$0.40：金额过小，无法收取',
  },
]

describe('explain()', () => {
  it.each(cases)('R13: $en', ({ parts, en, chinese }) => {
    expect(explain(parts, 'USD', 'en')).toBe(en)
    expect(explain(parts, 'USD', 'zh-CN')).toBe(chinese)
  })

  it('speaks Chinese to every Chinese reader, and English to readers of what it does not speak', () => {
    const [parts] = cases.map((one) => one.parts)
    expect(explain(parts ?? [], 'USD', 'zh-Hans-CN')).toBe(cases[0]?.chinese)
    expect(explain(parts ?? [], 'USD', 'de')).toContain('1 month + 5/30 of April')
  })
})
