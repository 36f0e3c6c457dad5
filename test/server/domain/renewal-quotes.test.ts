/** The golden cases once more, as the quotes that customers see, and what each line says of itself. */
import { describe, expect, it } from 'vitest'
import type { RenewalDay } from '../../../server/domain/alignment.ts'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { explain } from '../../../server/domain/explanation.ts'
import { alignedDayOf, daysAdded, kindOf, type PricedQuote } from '../../../server/domain/quote.ts'
import { aProduct, oneTimePlan, promoCode, recurringPlan } from '../../support/catalogue.ts'
import { buy, renew } from '../../support/ledger.ts'
import { idOf, onlyLine, quoteRenewals, renewable } from '../../support/renewals.ts'

const words = (quote: PricedQuote, locale = 'en') =>
  quote.lines.map((line) => explain(line.explanation, quote.currency, locale))

describe('a renewal quote', () => {
  it.each([
    {
      day: 1,
      endsAt: '2024-05-01T23:59:59Z',
      extraDays: 6,
      total: 89_919,
      text: '1 month + 5/30 of April + 1/31 of May × $75.00 × 10',
    },
    {
      day: 'last',
      endsAt: '2024-04-30T23:59:59Z',
      extraDays: 5,
      total: 87_500,
      text: '1 month + 5/30 of April × $75.00 × 10',
    },
  ] as const)('golden 3: ten units to day $day', ({ day, total, text, ...expected }) => {
    const quote = quoteRenewals([renewable()], { day })
    expect(onlyLine(quote)).toMatchObject({
      kind: 'renewal',
      startsAt: '2024-03-25T15:30:27Z',
      expiresAtBefore: '2024-03-25T15:30:27Z',
      months: 1,
      unitsBefore: 10,
      quantity: 10,
      lostDays: 0,
      lostAmount: 0,
      modeAfter: 'manual',
      ...expected,
    })
    expect([quote.total, ...words(quote)]).toEqual([total, text])
    expect([kindOf(quote), alignedDayOf(quote)]).toEqual(['renewal', day])
    expect(daysAdded(onlyLine(quote), 'UTC')).toBe(day === 1 ? 37 : 36)
  })

  it('golden 3, in Chinese', () => {
    const quote = quoteRenewals([renewable()], { day: 1 })
    expect(words(quote, 'zh-CN')).toEqual(['1 个月 + 4 月的 5/30 + 5 月的 1/31 × US$75.00 × 10'])
  })

  it('golden 1: a plain renewal of the 31st in February, then in March', () => {
    const bought = buy('2025-01-31T16:55:10Z', 1, 5)
    const first = onlyLine(quoteRenewals([renewable(bought)]))
    expect([first.startsAt, first.endsAt, first.amount]).toEqual([
      '2025-02-28T16:55:10Z',
      '2025-03-31T16:55:10Z',
      37_500,
    ])
    const second = onlyLine(quoteRenewals([renewable(renew(bought))]))
    expect(second.endsAt).toBe('2025-04-30T16:55:10Z')
  })

  it('golden 2: keeps the local time of day in New York', () => {
    const license = renewable(buy('2025-02-09T07:30:00Z', 1, 1, 'America/New_York'))
    expect(onlyLine(quoteRenewals([license])).endsAt).toBe('2025-04-09T06:30:00Z')
  })

  it.each([28, 'last'] as const)('golden 4: February on day %s costs one month', (day) => {
    const license = renewable(buy('2024-12-31T16:55:10Z', 1, 1))
    const quote = quoteRenewals([license], { day })
    const line = onlyLine(quote)
    expect([line.endsAt, line.extraDays, quote.total]).toEqual(['2025-02-28T23:59:59Z', 0, 7500])
    expect(words(quote)).toEqual(['1 month × $75.00 × 1'])
  })

  it('golden 5: a leap day costs 1/29 of a month', () => {
    const quote = quoteRenewals([renewable(buy('2023-12-28T10:00:00Z', 1, 10))], { day: 'last' })
    const line = onlyLine(quote)
    expect([line.endsAt, line.extraDays, quote.total]).toEqual(['2024-02-29T23:59:59Z', 1, 77_586])
  })

  it('golden 6: half a cent is rounded up exactly', () => {
    const prices = [{ currency: 'USD', cycle: 'month' as const, unit_amount: 4995 }]
    const product = aProduct({ plans: [recurringPlan({ prices })] })
    const license = renewable(buy('2024-12-06T10:00:00Z', 1, 7))
    const quote = quoteRenewals([license], { day: 'last', product })
    expect([onlyLine(quote).extraDays, quote.total]).toEqual([22, 62_438])
  })

  it('golden 7: a year from a leap day, and one day of March at a twelfth of the annual price', () => {
    const license = renewable(buy('2024-02-29T10:00:00Z', 12, 10), { cycle: 'year' })
    const quote = quoteRenewals([license], { duration: { months: 12 }, day: 1 })
    const line = onlyLine(quote)
    expect([line.endsAt, line.extraDays, quote.total]).toEqual(['2026-03-01T23:59:59Z', 1, 752_016])
  })

  it('golden 8: renewed late it begins at the old end, and shows the days and the money lost', () => {
    const license = renewable(buy('2024-12-31T16:55:10Z', 1, 1))
    const line = onlyLine(quoteRenewals([license], { at: '2025-02-20T00:00:00Z' }))
    expect(line).toMatchObject({
      startsAt: '2025-01-31T16:55:10Z',
      endsAt: '2025-02-28T16:55:10Z',
      lostDays: 19,
      // 19 of the 28 days of February at $75.00.
      lostAmount: 5089,
      amount: 7500,
    })
  })

  it('skips the days on which the license had stopped, where the plan says so', () => {
    const plans = [recurringPlan({ renewal_basis: 'skip_stopped' })]
    const license = renewable(buy('2024-12-31T16:55:10Z', 1, 1))
    const asked = { product: aProduct({ plans }), at: '2025-02-20T00:00:00Z' }
    expect(onlyLine(quoteRenewals([license], asked))).toMatchObject({
      startsAt: '2025-02-13T00:00:00Z',
      endsAt: '2025-03-13T00:00:00Z',
      lostDays: 7,
      lostAmount: 1875,
    })
    const inGrace = onlyLine(quoteRenewals([license], { ...asked, at: '2025-02-05T00:00:00Z' }))
    expect(inGrace.startsAt).toBe('2025-01-31T16:55:10Z')
  })

  it('R12: counts lost days by natural months: six of March and nine of April', () => {
    const line = onlyLine(quoteRenewals([renewable()], { at: '2024-04-09T16:00:00Z' }))
    expect([line.lostDays, line.lostAmount]).toEqual([15, 37_016])
  })

  it('shows what the lost days cost of a plan that is paid for at once, by its hours', () => {
    const plans = [oneTimePlan({ id: 'dr', one_time: false })]
    const late = { product: aProduct({ plans }), duration: { cycles: 1 } }
    const license = renewable(undefined, { cycle: null })
    // Five of the 92 days from 25 March to 25 June, at $90.00 for ten units.
    const asked = { ...late, at: '2024-03-30T16:00:00Z' }
    expect(onlyLine(quoteRenewals([license], asked))).toMatchObject({
      lostDays: 5,
      lostAmount: 4891,
    })
    expect(onlyLine(quoteRenewals([license], late)).lostAmount).toBe(0)
  })

  it('puts many dates on one day, each at its own price, in one total', () => {
    const days = [3, 11, 25].map((day, index) =>
      renewable(buy(`2024-02-${String(day).padStart(2, '0')}T12:00:00Z`, 1, 10), {
        id: idOf(index + 1),
      }),
    )
    const quote = quoteRenewals(days, { day: 'last', at: '2024-03-01T00:00:00Z' })
    expect(new Set(quote.lines.map(({ endsAt }) => endsAt))).toEqual(
      new Set(['2024-04-30T23:59:59Z']),
    )
    expect(quote.lines.map(({ amount }) => amount)).toEqual([142_500, 122_500, 87_500])
    expect(quote.total).toBe(352_500)
  })

  it('mixes cycles: two of each license’s own', () => {
    const yearly = renewable(buy('2024-02-29T10:00:00Z', 12, 1), { cycle: 'year', id: idOf(2) })
    const monthly = renewable(buy('2025-02-01T10:00:00Z', 1, 1))
    const quote = quoteRenewals([monthly, yearly], {
      duration: { cycles: 2 },
      at: '2025-02-20T00:00:00Z',
    })
    expect(quote.lines.map(({ months, amount }) => [months, amount])).toEqual([
      [2, 15_000],
      [24, 150_000],
    ])
  })

  it('changes the cycle when asked, at the price of the new one', () => {
    const line = onlyLine(
      quoteRenewals([renewable()], {
        renewals: [{ license_id: idOf(1), cycle: 'year' }],
        duration: { cycles: 1 },
      }),
    )
    expect(line).toMatchObject({
      cycle: 'year',
      cycleBefore: 'month',
      endsAt: '2025-03-25T15:30:27Z',
      amount: 750_000,
    })
  })

  it('prices fewer units, at the tier that they reach, never that of the batch', () => {
    const tiers = [{ from: 10, unit_amount: 6000 }]
    const prices = [{ currency: 'USD', cycle: 'month' as const, unit_amount: 7500, tiers }]
    const product = aProduct({ plans: [recurringPlan({ prices })] })
    const two = [renewable(), renewable(undefined, { id: idOf(2) })]
    const renewals = [{ license_id: idOf(1), quantity: 6 }, { license_id: idOf(2) }]
    const quote = quoteRenewals(two, { product, renewals })
    expect(quote.lines.map(({ amount }) => amount)).toEqual([45_000, 60_000])
    expect(quote.lines[0]).toMatchObject({ quantity: 6, unitsBefore: 10 })
  })

  it('splits an amount code over the batch by largest remainder, and adds tax by line', () => {
    const product = aProduct({
      tax: { name: 'VAT', rate_bp: 1900, mode: 'exclusive' },
      promo_codes: [promoCode({ amount: { currency: 'USD', minor: 100 } })],
    })
    const three = [1, 2, 3].map((number) => renewable(undefined, { id: idOf(number) }))
    const quote = quoteRenewals(three, { product, promoCode: 'welcome' })
    expect(quote.lines.map(({ discount }) => discount)).toEqual([34, 33, 33])
    expect(quote.subtotal).toBe(224_900)
    expect(quote.lines.map(({ tax }) => tax)).toEqual([14_244, 14_244, 14_244])
    expect(quote.total).toBe(224_900 + 3 * 14_244)
  })

  it.each([
    { when: 'on_purchase', grants: [] },
    { when: 'every_paid_period', grants: [{ plan: 'failback', quantity: 10, line: 0 }] },
  ] as const)('brings complimentary licenses $when', ({ when, grants }) => {
    const plans = [recurringPlan({ complimentary: [{ plan: 'failback', when }] }), oneTimePlan()]
    const quote = quoteRenewals([renewable()], { product: aProduct({ plans }) })
    expect(quote.complimentary).toMatchObject(grants)
    expect(quote.complimentary).toHaveLength(grants.length)
  })

  it('keeps the mode: a manual renewal leaves auto on', () => {
    const days: (RenewalDay | null)[] = [null, 'last']
    for (const day of days) {
      const license = renewable(undefined, { renewalMode: 'auto' })
      const line = onlyLine(quoteRenewals([license], { day }))
      expect(line).toMatchObject({ modeAfter: 'auto', autoRenew: true, oneTime: false })
    }
    expect(onlyLine(quoteRenewals([renewable()])).autoRenew).toBe(false)
  })

  it('sells by its currency: that of the last paid order', () => {
    const prices = [
      { currency: 'USD', cycle: 'month' as const, unit_amount: 7500 },
      { currency: 'EUR', cycle: 'month' as const, unit_amount: 7000 },
    ]
    const product = aProduct({
      currencies: ['USD', 'EUR'],
      plans: [recurringPlan({ prices })],
    })
    const euro = renewable(undefined, { currency: 'EUR' })
    expect(quoteRenewals([euro], { product })).toMatchObject({ currency: 'EUR', total: 70_000 })
    const granted = renewable(undefined, { currency: null })
    expect(quoteRenewals([granted], { product }).currency).toBe('USD')
    expect(
      at(onlyLine(quoteRenewals([euro], { product })).endsAt).epochMilliseconds,
    ).toBeGreaterThan(euro.endsAt.epochMilliseconds)
  })
})
