import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { explain } from '../../../server/domain/explanation.ts'
import { priceMeteredBill, type MeteredFacts } from '../../../server/domain/metered-pricing.ts'
import { aProduct } from '../../support/catalogue.ts'
import { idOf, onlyLine } from '../../support/renewals.ts'

const terms = { currency: 'USD', zone: 'Asia/Shanghai', at: at('2025-03-01T00:00:00Z') }

/** Metered from a date on, each day at one of these rates. */
function metered(number: number, from: string, rates: readonly number[]): MeteredFacts {
  const first = Temporal.PlainDate.from(from)
  const days = rates.map((unitAmount, index) => ({
    on: first.add({ days: index }),
    units: 5,
    unitAmount,
  }))
  return {
    id: idOf(number),
    planId: 'dr',
    planName: 'DR License',
    type: 'dr',
    total: 6,
    endsAt: at('2025-02-01T15:30:27Z'),
    usage: { licenseId: idOf(number), currency: 'USD', days, isRunning: true },
  }
}

const line = (facts: MeteredFacts) => {
  const quote = priceMeteredBill(aProduct(), [facts], terms)
  return quote === null ? null : onlyLine(quote)
}

describe('priceMeteredBill()', () => {
  it('R13: bills the days of a license as a line that says from when to when, and why so much', () => {
    const facts = metered(1, '2025-02-02', [90, 90, 40])
    expect(line(facts)).toEqual({
      kind: 'pay_per_use',
      plan: 'dr',
      planName: 'DR License',
      type: 'dr',
      licenseId: idOf(1),
      quantity: 5,
      cycle: null,
      months: 0,
      autoRenew: false,
      oneTime: false,
      startsAt: '2025-02-02T00:00:00Z',
      endsAt: '2025-02-05T00:00:00Z',
      expiresAtBefore: '2025-02-01T15:30:27Z',
      unitsBefore: 6,
      extraDays: 3,
      lostDays: 0,
      lostAmount: 0,
      modeAfter: 'pay_per_use',
      unitAmount: 90,
      amount: 1100,
      discount: 0,
      tax: 0,
      explanation: [
        { kind: 'metered', days: 2, unitAmount: 90, quantity: 5 },
        { kind: 'metered', days: 1, unitAmount: 40, quantity: 5 },
      ],
    })
    const words = explain(line(facts)?.explanation ?? [], 'USD', 'en')
    expect(words).toBe('2 days × $0.90 × 5 + 1 day × $0.40 × 5')
  })

  it('is a quote like others: no renewal, no gift, no promo code, and tax where there is tax', () => {
    const tax = { name: 'VAT', rate_bp: 1900, mode: 'exclusive' as const }
    const facts = [metered(1, '2025-02-02', [100])]
    expect(priceMeteredBill(aProduct({ tax }), facts, terms)).toMatchObject({
      currency: 'USD',
      zone: 'Asia/Shanghai',
      subtotal: 500,
      tax: 95,
      total: 595,
      taxNote: { name: 'VAT', percent: '19', mode: 'exclusive' },
      renewal: null,
      complimentary: [],
      promoCode: null,
    })
  })

  it('bills each license by itself, in the order of their ids', () => {
    const [one, two] = [metered(1, '2025-02-02', [90]), metered(2, '2025-02-02', [80])]
    const quote = priceMeteredBill(aProduct(), [two, one], terms)
    const lines = quote?.lines.map(({ licenseId, amount }) => [licenseId, amount])
    expect(lines).toEqual([
      [idOf(1), 450],
      [idOf(2), 400],
    ])
  })

  it('names the price of a day also where the first ones cost nothing beyond the cap', () => {
    const capped = line(metered(1, '2025-01-30', [0, 0, 90]))
    expect(capped).toMatchObject({ unitAmount: 90, extraDays: 3, amount: 450 })
    expect(capped?.explanation).toEqual([{ kind: 'metered', days: 1, unitAmount: 90, quantity: 5 }])
  })

  it('bills nothing where nothing is due', () => {
    expect(priceMeteredBill(aProduct(), [], terms)).toBeNull()
    expect(line(metered(1, '2025-02-27', [0, 0]))).toBeNull()
    expect(line(metered(1, '2025-03-01', [90]))).toBeNull()
  })
})
