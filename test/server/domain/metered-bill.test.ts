import { Temporal } from 'temporal-polyfill'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInstant as text, parseInstant as at } from '../../../server/domain/calendar.ts'
import {
  billableDays,
  billDueAt,
  billLines,
  nextBillAttemptAt,
  suspendedAt,
  type Usage,
} from '../../../server/domain/metered-bill.ts'

const date = (on: string) => Temporal.PlainDate.from(on)
const usage = (from: string, count: number, facts: Partial<Usage> = {}): Usage => ({
  licenseId: 'lic_a',
  currency: 'USD',
  days: Array.from({ length: count }, (_, index) => ({
    on: date(from).add({ days: index }),
    units: 5,
    unitAmount: 90,
  })),
  isRunning: true,
  ...facts,
})

describe('the bill of metered days (section 4)', () => {
  it('asks for past UTC months only, while days are still counted', () => {
    const forty = usage('2025-02-01', 40)
    expect(billableDays(forty, at('2025-02-28T23:59:59Z'))).toEqual([])
    expect(billableDays(forty, at('2025-03-01T00:00:00Z'))).toHaveLength(28)
    expect(billDueAt(forty)?.toString()).toBe('2025-03-01T00:00:00Z')
  })

  it('asks for all of it on the day after the switch back', () => {
    const rest = usage('2025-03-01', 12, { isRunning: false })
    expect(billableDays(rest, at('2025-03-12T23:59:59Z'))).toEqual([])
    expect(billableDays(rest, at('2025-03-13T00:00:00Z'))).toHaveLength(12)
    expect(billDueAt(rest)?.toString()).toBe('2025-03-13T00:00:00Z')
  })

  it('explains equal days in a row as one stretch', () => {
    const days = [
      ...usage('2025-02-01', 3).days,
      { on: date('2025-02-04'), units: 8, unitAmount: 90 },
      { on: date('2025-02-06'), units: 8, unitAmount: 90 },
    ]
    const [line] = billLines([usage('', 0, { days })], at('2025-03-01T00:00:00Z'))
    expect(line).toMatchObject({ amount: 3 * 450 + 2 * 720, quantity: 8, days: 5 })
    expect(line?.stretches).toEqual([
      { from: '2025-02-01', to: '2025-02-03', days: 3, unitAmount: 90, quantity: 5 },
      { from: '2025-02-04', to: '2025-02-04', days: 1, unitAmount: 90, quantity: 8 },
      { from: '2025-02-06', to: '2025-02-06', days: 1, unitAmount: 90, quantity: 8 },
    ])
  })

  it('begins a new stretch where the cap leaves less of the rate', () => {
    const [first, ...others] = usage('2025-02-01', 2).days.toReversed()
    const days = [...others, ...(first === undefined ? [] : [{ ...first, unitAmount: 40 }])]
    const [line] = billLines([usage('', 0, { days })], at('2025-03-01T00:00:00Z'))
    expect(line?.stretches.map((stretch) => [stretch.days, stretch.unitAmount])).toEqual([
      [1, 90],
      [1, 40],
    ])
  })

  it('has its lines in the order of the licenses', () => {
    const of = (licenseId: string) => usage('2025-02-01', 1, { licenseId })
    const named = (ids: string[]) =>
      billLines(ids.map(of), at('2025-03-01T00:00:00Z')).map(({ licenseId }) => licenseId)
    expect(named(['lic_c', 'lic_a', 'lic_b'])).toEqual(['lic_a', 'lic_b', 'lic_c'])
    expect(named(['lic_a', 'lic_b', 'lic_c'])).toEqual(['lic_a', 'lic_b', 'lic_c'])
  })

  it('is due for no days never, and after the month also where the meter stopped later', () => {
    expect(billDueAt(usage('2025-02-01', 0))).toBeNull()
    const stopped = usage('2025-02-01', 40, { isRunning: false })
    expect(billDueAt(stopped)?.toString()).toBe('2025-03-01T00:00:00Z')
    const early = usage('2025-02-01', 3)
    expect(billDueAt(early)?.toString()).toBe('2025-03-01T00:00:00Z')
  })

  it('makes up at once for a try that nobody made in time', () => {
    const now = at('2025-03-05T12:00:00Z')
    const next = nextBillAttemptAt(at('2025-03-01T00:00:00Z'), date('2025-03-02'), 'UTC', now)
    expect(next?.toString()).toBe(text(now))
  })

  it('asks for nothing where the cap left nothing to pay', () => {
    const free = usage('2025-02-01', 2).days.map((day) => ({ ...day, unitAmount: 0 }))
    expect(billLines([usage('', 0, { days: free })], at('2025-03-01T00:00:00Z'))).toEqual([])
  })

  it('tries four times within the seven days after which it is suspended', () => {
    const dueAt = at('2025-03-01T00:00:00Z')
    const tries: string[] = []
    let lastOn = date('2025-03-01')
    for (;;) {
      const next = nextBillAttemptAt(dueAt, lastOn, 'UTC', dueAt)
      if (next === null) break
      tries.push(text(next))
      lastOn = next.toZonedDateTimeISO('UTC').toPlainDate()
    }
    expect(tries).toEqual(['2025-03-02T03:00:00Z', '2025-03-04T03:00:00Z', '2025-03-06T03:00:00Z'])
    expect(text(suspendedAt(dueAt))).toBe('2025-03-08T00:00:00Z')
  })

  it('bills every day exactly once, whenever the bills are made', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), looks, (count, gaps) => {
        let left = usage('2025-01-15', count, { isRunning: false })
        const billed: string[] = []
        let now = at('2025-01-15T12:00:00Z')
        for (const days of [...gaps, 500]) {
          now = now.add({ hours: days * 24 })
          const paid = billableDays(left, now)
          billed.push(...paid.map(({ on }) => on.toString()))
          left = { ...left, days: left.days.filter((day) => !paid.includes(day)) }
        }
        expect(left.days).toEqual([])
        expect(billed).toEqual(usage('2025-01-15', count).days.map(({ on }) => on.toString()))
      }),
    )
  })
})
