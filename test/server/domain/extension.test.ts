import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { Price } from '../../../server/domain/catalogue.ts'
import { explain } from '../../../server/domain/explanation.ts'
import { priceExtension, remainingTime } from '../../../server/domain/extension.ts'
import { recurringPlan } from '../../support/catalogue.ts'

const monthly = (unit_amount = 7500): Price => ({
  currency: 'USD',
  cycle: 'month',
  unit_amount,
  tiers: [],
})
const yearly: Price = { currency: 'USD', cycle: 'year', unit_amount: 75_000, tiers: [] }
const date = (text: string) => Temporal.PlainDate.from(text)

/** `dates`: the day before the first extra date, and the last one. */
function extension(given: {
  price?: Price
  quantity?: number
  months?: number
  dates?: readonly [string, string]
}) {
  const [after, until] = given.dates ?? ['2024-04-25', '2024-04-25']
  const term = {
    plan: recurringPlan(),
    price: given.price ?? monthly(),
    quantity: given.quantity ?? 10,
    months: given.months ?? 1,
    extraDates: { after: date(after), until: date(until) },
  }
  const { lines, totals } = priceExtension(term, { currency: 'USD', tax: null })
  const [line] = lines
  if (!line) throw new Error('one line expected')
  return { amount: line.amount, total: totals.total, text: explain(line.explanation, 'USD', 'en') }
}

describe('priceExtension()', () => {
  it.each([
    {
      why: 'golden 3: 1 month from 25 March, then to 1 May',
      given: { dates: ['2024-04-25', '2024-05-01'] as const },
      amount: 89_919,
      text: '1 month + 5/30 of April + 1/31 of May × $75.00 × 10',
    },
    {
      why: 'golden 3: 1 month from 25 March, then to the last of April',
      given: { dates: ['2024-04-25', '2024-04-30'] as const },
      amount: 87_500,
      text: '1 month + 5/30 of April × $75.00 × 10',
    },
    {
      why: 'golden 3: then a plain month',
      given: {},
      amount: 75_000,
      text: '1 month × $75.00 × 10',
    },
    {
      why: 'golden 4: the base is already on the standard day',
      given: { quantity: 1, dates: ['2025-02-28', '2025-02-28'] as const },
      amount: 7500,
      text: '1 month × $75.00 × 1',
    },
    {
      why: 'golden 5: one leap day of February',
      given: { dates: ['2024-02-28', '2024-02-29'] as const },
      amount: 77_586,
      text: '1 month + 1/29 of February × $75.00 × 10',
    },
    {
      why: 'golden 6: exactly half a cent, which floats lose',
      given: {
        price: monthly(4995),
        quantity: 7,
        dates: ['2025-02-06', '2025-02-28'] as const,
      },
      amount: 62_438,
      text: '1 month + 22/28 of February × $49.95 × 7',
    },
    {
      why: 'golden 7: one day at a twelfth of the yearly price',
      given: { price: yearly, months: 12, dates: ['2026-02-28', '2026-03-01'] as const },
      amount: 752_016,
      text: '1 year × $750.00 × 10 + 1/31 of March × $750.00 ÷ 12 × 10',
    },
  ])('$why → $amount', ({ given, amount, text }) => {
    expect(extension(given)).toEqual({ amount, total: amount, text })
  })

  it('charges at most one month for the extra dates, and says so', () => {
    expect(extension({ months: 0, dates: ['2025-01-16', '2025-02-15'] })).toMatchObject({
      amount: 75_000,
      text: 'at most 1 month (15/31 of January + 15/28 of February) × $75.00 × 10',
    })
  })

  it('never costs more with extra dates than with the month they lie in, nor less with more of them', () => {
    const start = date('2023-12-31')
    const days = fc.integer({ min: 0, max: 62 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), days, days, (offset, one, other) => {
        const after = start.add({ days: offset })
        const cost = (count: number) =>
          extension({ dates: [after.toString(), after.add({ days: count }).toString()] }).amount
        expect(cost(Math.max(one, other))).toBeGreaterThanOrEqual(cost(Math.min(one, other)))
        expect(cost(one)).toBeLessThanOrEqual(extension({ months: 2 }).amount)
      }),
    )
  })
})

describe('remainingTime()', () => {
  const remaining = (boughtOn: string, endsOn: string, anchorDay: number) => {
    const { months, extraDates } = remainingTime(date(boughtOn), date(endsOn), anchorDay)
    const days = extraDates.after.until(extraDates.until, { largestUnit: 'days' }).days
    return { months, days }
  }

  it.each([
    {
      why: 'a fresh month is one month',
      on: '2025-01-15',
      end: '2025-02-15',
      day: 15,
      months: 1,
      days: 0,
    },
    {
      why: 'also when its end was clamped',
      on: '2025-01-31',
      end: '2025-02-28',
      day: 31,
      months: 1,
      days: 0,
    },
    {
      why: 'a fresh year is twelve',
      on: '2024-02-29',
      end: '2025-02-28',
      day: 29,
      months: 12,
      days: 0,
    },
    {
      why: 'the rest is counted from tomorrow',
      on: '2025-03-20',
      end: '2025-05-15',
      day: 15,
      months: 1,
      days: 26,
    },
    {
      why: 'the last day costs a day',
      on: '2025-02-15',
      end: '2025-02-15',
      day: 15,
      months: 0,
      days: 1,
    },
  ])('$why: $on → $end', ({ on, end, day, months, days }) => {
    expect(remaining(on, end, day)).toEqual({ months, days })
  })

  it('never makes a day cheaper by waiting for it', () => {
    const cost = (boughtOn: Temporal.PlainDate, endsOn: Temporal.PlainDate) => {
      const { months, extraDates } = remainingTime(boughtOn, endsOn, 31)
      const term = { plan: recurringPlan(), price: monthly(), quantity: 1, months, extraDates }
      return priceExtension(term, { currency: 'USD', tax: null }).totals.total
    }
    const end = date('2025-03-31')
    for (let days = 1; days < 400; days += 1) {
      const boughtOn = end.subtract({ days })
      expect(cost(boughtOn, end)).toBeGreaterThanOrEqual(cost(boughtOn.add({ days: 1 }), end))
    }
  })

  it('refuses a license that has ended: only a renewal can help it', () => {
    expect(() => remaining('2025-02-16', '2025-02-15', 15)).toThrow(RangeError)
  })
})
