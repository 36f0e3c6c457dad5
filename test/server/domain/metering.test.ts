import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { formatInstant as text, parseInstant as at } from '../../../server/domain/calendar.ts'
import { groupBy } from '../../../server/domain/group-by.ts'
import {
  capOf,
  isMetering,
  meteredDates,
  meteringStartsAt,
  midnight,
  payPerUseEntries,
  priceDays,
  unitsAtMidnight,
} from '../../../server/domain/metering.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { buy, renew, told } from '../../support/ledger.ts'
import { purchaseEntries } from '../../../server/domain/coverage-entries.ts'

const date = (on: string) => Temporal.PlainDate.from(on)
const dates = (
  startsAt: string,
  stoppedAt: string | null,
  now: string,
  after: string | null = null,
) =>
  meteredDates(
    { startsAt: at(startsAt), stoppedAt: stoppedAt === null ? null : at(stoppedAt) },
    after === null ? null : date(after),
    at(now),
  ).map(String)

describe('meteredDates() (section 4)', () => {
  it('counts UTC days that begin at or after the expiry', () => {
    expect(dates('2025-01-31T16:55:10Z', null, '2025-02-02T08:00:00Z')).toEqual([
      '2025-02-01',
      '2025-02-02',
    ])
    expect(dates('2025-02-01T00:00:00Z', null, '2025-02-01T00:00:00Z')).toEqual(['2025-02-01'])
    expect(dates('2025-01-31T16:55:10Z', null, '2025-01-31T23:59:59Z')).toEqual([])
  })

  it('counts the day of the switch back, and none after it', () => {
    const counted = dates('2025-01-31T16:55:10Z', '2025-02-02T08:00:00Z', '2025-03-01T00:00:00Z')
    expect(counted).toEqual(['2025-02-01', '2025-02-02'])
  })

  it('goes on where it stopped counting', () => {
    expect(dates('2025-01-31T16:55:10Z', null, '2025-02-04T01:00:00Z', '2025-02-02')).toEqual([
      '2025-02-03',
      '2025-02-04',
    ])
  })

  it('begins at its own expiry, also where an earlier span was counted', () => {
    expect(dates('2025-02-10T16:55:10Z', null, '2025-02-12T01:00:00Z', '2025-01-31')).toEqual([
      '2025-02-11',
      '2025-02-12',
    ])
  })

  it('counts 40 days in 40 days', () => {
    expect(
      dates('2025-01-31T23:59:59Z', '2025-03-12T12:00:00Z', '2025-05-01T00:00:00Z'),
    ).toHaveLength(40)
  })

  it('counts the same days whether it looks once or often, late or on time', () => {
    const looks = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(
        instants,
        looks,
        fc.option(fc.integer({ min: 0, max: 1500 })),
        (start, at, end) => {
          const stoppedAt = end === null ? null : start.add({ hours: end })
          const span = { startsAt: start, stoppedAt }
          let now = start
          const counted: string[] = []
          for (const hours of at) {
            now = now.add({ hours })
            const last = counted.at(-1)
            const after = last === undefined ? null : date(last)
            counted.push(...meteredDates(span, after, now).map(String))
          }
          expect(counted).toEqual(meteredDates(span, null, now).map(String))
          for (const day of counted) {
            expect(Temporal.Instant.compare(midnight(date(day)), start)).toBeGreaterThanOrEqual(0)
            expect(
              Temporal.Instant.compare(midnight(date(day)), stoppedAt ?? now),
            ).toBeLessThanOrEqual(0)
          }
        },
      ),
    )
  })
})

describe('meteringStartsAt()', () => {
  const license = { endsAt: at('2025-01-31T16:55:10Z'), graceDays: 7 }

  it.each([
    { when: 'before the expiry', switched: '2025-01-10T00:00:00Z', starts: '2025-01-31T16:55:10Z' },
    { when: 'in grace', switched: '2025-02-05T00:00:00Z', starts: '2025-01-31T16:55:10Z' },
    { when: 'once stopped', switched: '2025-02-12T09:00:00Z', starts: '2025-02-05T09:00:00Z' },
  ])('switched on $when, days count from $starts', ({ switched, starts }) => {
    expect(text(meteringStartsAt(license, at(switched)))).toBe(starts)
  })

  it('is metered from the expiry until the switch back, to the second', () => {
    const span = { startsAt: license.endsAt, stoppedAt: null }
    expect(isMetering(span, at('2025-01-31T16:55:09Z'))).toBe(false)
    expect(isMetering(span, at('2025-01-31T16:55:10Z'))).toBe(true)
    expect(
      isMetering({ ...span, stoppedAt: at('2025-02-03T00:00:00Z') }, at('2025-02-01T00:00:00Z')),
    ).toBe(false)
  })
})

describe('priceDays()', () => {
  const terms = { unitAmount: 90, capUnitAmount: 250 }
  const days = (from: string, count: number) =>
    Array.from({ length: count }, (_, index) => date(from).add({ days: index }))

  it('charges the rate until the cap of the month, and nothing beyond it', () => {
    const priced = priceDays(days('2025-02-25', 6), terms, 0, () => 5)
    expect(priced.map(({ unitAmount }) => unitAmount)).toEqual([90, 90, 70, 0, 90, 90])
  })

  it('remembers the days of the month that were counted earlier', () => {
    const priced = priceDays(days('2025-02-27', 3), terms, 2, () => 5)
    expect(priced.map(({ unitAmount }) => unitAmount)).toEqual([70, 0, 90])
  })

  it('never exceeds the cap in any month, however the days are split into runs', () => {
    const runs = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 })
    const rates = fc.record({
      unitAmount: fc.integer({ min: 1, max: 500 }),
      capUnitAmount: fc.integer({ min: 1, max: 10_000 }),
    })
    fc.assert(
      fc.property(runs, rates, (lengths, agreed) => {
        const total = lengths.reduce((sum, length) => sum + length, 0)
        const all = days('2025-01-20', total)
        const atOnce = priceDays(all, agreed, 0, () => 1)
        let from = 0
        const inRuns = lengths.flatMap((length) => {
          const run = all.slice(from, from + length)
          const [first] = run
          const before = all
            .slice(0, from)
            .filter((on) => first && on.toPlainYearMonth().equals(first.toPlainYearMonth())).length
          from += length
          return priceDays(run, agreed, before, () => 1)
        })
        expect(inRuns).toEqual(atOnce)
        const months = groupBy(atOnce, ({ on }) => on.toPlainYearMonth().toString())
        for (const month of months.values()) {
          const sum = month.reduce((amount, { unitAmount }) => amount + unitAmount, 0)
          expect(sum).toBe(Math.min(agreed.capUnitAmount, agreed.unitAmount * month.length))
        }
      }),
    )
  })

  it('without a cap of its own, never costs more than the rate of the longest month', () => {
    expect(capOf(90, undefined)).toBe(2790)
    expect(capOf(90, 2000)).toBe(2000)
  })
})

describe('unitsAtMidnight()', () => {
  it('takes the units of 00:00Z: what was added later that day counts from the next', () => {
    const [time, units] = purchaseEntries({
      paidAt: at('2025-01-01T10:00:00Z'),
      months: 1,
      zone: 'UTC',
      quantity: 5,
    }).entries
    if (!time || !units) throw new Error('two entries')
    const added = { kind: 'units_added', quantity: 3 } as const
    const ledger = [
      { entry: time, at: at('2025-01-01T10:00:00Z') },
      { entry: units, at: at('2025-01-01T10:00:00Z') },
      { entry: added, at: at('2025-01-05T00:00:01Z') },
    ]
    expect(unitsAtMidnight(ledger, date('2025-01-01'))).toBe(0)
    expect(unitsAtMidnight(ledger, date('2025-01-05'))).toBe(5)
    expect(unitsAtMidnight(ledger, date('2025-01-06'))).toBe(8)
  })
})

describe('payPerUseEntries()', () => {
  it('covers up to the end of the UTC day, where a renewal starts on the new anchor (R1)', () => {
    const ledger = buy('2024-12-31T16:55:10Z')
    const { entries } = payPerUseEntries(ledger, at('2025-03-12T08:00:00Z'))
    expect(entries.map(({ kind }) => kind)).toEqual(['pay_per_use'])
    const longer = [...ledger, ...entries]
    expect(told(longer)).toMatchObject({
      endsAt: '2025-03-12T23:59:59Z',
      anchor: { day: 12, time: '23:59:59', zone: 'UTC' },
      hasGrace: true,
    })
    expect(told(renew(longer)).endsAt).toBe('2025-04-12T23:59:59Z')
  })

  it('never shortens a license, and never covers more than the day of the switch back', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: -900, max: 3000 }), (paidAt, zone, hours) => {
        const ledger = purchaseEntries({ paidAt, months: 1, zone, quantity: 2 }).entries
        const back = paidAt.add({ hours: 730 + hours })
        const before = told(ledger).endsAt
        const after = told([...ledger, ...payPerUseEntries(ledger, back).entries]).endsAt
        expect(after >= before).toBe(true)
        const day = text(back).slice(0, 10)
        expect(after === before || after === `${day}T23:59:59Z`).toBe(true)
      }),
    )
  })
})
