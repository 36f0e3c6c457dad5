import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  chargedPrice,
  isInTime,
  type AnnouncedPrice,
} from '../../../server/domain/announced-price.ts'
import type { Price } from '../../../server/domain/catalogue.ts'
import { unitPrice } from '../../../server/domain/tiers.ts'

const price = (unit_amount: number, tiers: Price['tiers'] = []): Price => ({
  currency: 'USD',
  cycle: 'month',
  unit_amount,
  tiers,
})
const on = (date: string) => Temporal.PlainDate.from(date)
const told = (unitAmount: number, date: string): AnnouncedPrice => ({
  price: price(unitAmount),
  on: on(date),
})
const chargeOn = on('2026-03-24')
const unit = (
  current: number | null,
  paid: number | null,
  announced: readonly AnnouncedPrice[] = [],
) =>
  chargedPrice(
    {
      current: current === null ? null : price(current),
      paid: paid === null ? null : price(paid),
      announced,
    },
    1,
    chargeOn,
  )?.unit_amount

describe('chargedPrice() (R18)', () => {
  it('charges a price that fell at once', () => {
    expect(unit(7000, 7500)).toBe(7000)
    expect(unit(7000, 7500, [told(7500, '2026-03-17')])).toBe(7000)
  })

  it('lets a rise wait that was not announced', () => {
    expect(unit(8000, 7500)).toBe(7500)
  })

  it('charges a rise that was announced 30 days ahead, and not one day later', () => {
    expect(unit(8000, 7500, [told(8000, '2026-02-22')])).toBe(8000)
    expect(unit(8000, 7500, [told(8000, '2026-02-23')])).toBe(7500)
  })

  it('lets a rise of a monthly plan wait one cycle: told before this charge, charged with the next', () => {
    const beforeLastCharge = told(8000, '2026-02-17')
    expect(unit(8000, 7500, [beforeLastCharge])).toBe(8000)
  })

  it('charges the lower of announced and current', () => {
    expect(unit(9000, 7500, [told(8000, '2026-02-01')])).toBe(8000)
    expect(unit(7800, 7500, [told(8000, '2026-02-01')])).toBe(7800)
    expect(unit(8000, 7500, [told(8000, '2026-02-01'), told(7200, '2026-03-17')])).toBe(7200)
  })

  it('charges the last of several rises that were announced in time, in whatever order', () => {
    const rises = [told(8000, '2026-01-01'), told(9000, '2026-02-01')]
    expect(unit(9000, 7500, rises)).toBe(9000)
    expect(unit(9000, 7500, rises.toReversed())).toBe(9000)
  })

  it('is today’s price list where another one costs the same', () => {
    const current = price(7500, [{ from: 20, unit_amount: 7000 }])
    const lists = { current, paid: price(7500), announced: [] }
    expect(chargedPrice(lists, 1, chargeOn)).toBe(current)
  })

  it('takes no move to another volume tier for a rise', () => {
    const list = price(1500, [{ from: 20, unit_amount: 1300 }])
    const charge = chargedPrice({ current: list, paid: list, announced: [] }, 5, chargeOn)
    expect(charge && unitPrice(charge, 5).unitAmount).toBe(1500)
  })

  it('goes on with the paid price when the plan is not sold so any more, and knows when there is none', () => {
    expect(unit(null, 7500)).toBe(7500)
    expect(unit(null, null)).toBeUndefined()
    expect(unit(8000, null)).toBe(8000)
  })

  it('never charges more than today, nor more than the customer was told in time', () => {
    const amounts = fc.integer({ min: 1, max: 100_000 })
    const news = fc.array(
      fc.record({ amount: amounts, daysAhead: fc.integer({ min: 0, max: 400 }) }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(amounts, amounts, news, (current, paid, list) => {
        const announced = list.map(({ amount, daysAhead }) => ({
          price: price(amount),
          on: chargeOn.subtract({ days: daysAhead }),
        }))
        const charge = unit(current, paid, announced) ?? Number.NaN
        const highest = Math.max(
          paid,
          ...announced
            .filter((each) => isInTime(each.on, chargeOn))
            .map((each) => each.price.unit_amount),
        )
        expect(charge).toBeLessThanOrEqual(current)
        expect(charge).toBeLessThanOrEqual(highest)
        for (const each of announced.filter(({ on: day }) => !isInTime(day, chargeOn))) {
          expect(charge).toBeLessThanOrEqual(each.price.unit_amount)
        }
      }),
    )
  })
})
