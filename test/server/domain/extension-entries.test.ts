import { describe, expect, it } from 'vitest'
import { parseInstant as at, formatInstant } from '../../../server/domain/calendar.ts'
import { coverageOf, unitsAt } from '../../../server/domain/coverage.ts'
import { extensionEntries } from '../../../server/domain/extension-entries.ts'
import type { ExtensionLine } from '../../../server/domain/quote.ts'
import { aProduct, recurringPlan } from '../../support/catalogue.ts'
import { buy, give, renew, reverse, told, type Ledger } from '../../support/ledger.ts'
import { idOf, onlyLine, quoteRenewals, renewable } from '../../support/renewals.ts'

const skipping = recurringPlan({ renewal_basis: 'skip_stopped' })
const paid = (
  ledger: Ledger,
  line: ExtensionLine,
  when: string,
  plan = recurringPlan(),
): Ledger => [
  ...ledger,
  ...extensionEntries(ledger, line, { plan, graceDays: 7, paidAt: at(when) }),
]

describe('extensionEntries()', () => {
  const bought = buy('2024-02-25T15:30:27Z', 1, 10)

  it.each([
    { why: 'plainly', day: null },
    { why: 'on the last of the month', day: 'last' },
    { why: 'on the first', day: 1 },
  ] as const)('renews $why as the calendar does, to the second that was shown', ({ day }) => {
    const line = onlyLine(quoteRenewals([renewable(bought)], { day }))
    const after = paid(bought, line, '2024-03-24T10:00:00Z')
    expect(after).toEqual(renew(bought, 1, day))
    expect(told(after).endsAt).toBe(line.endsAt)
  })

  it('takes fewer units with the next period, or at once when that has begun', () => {
    const renewals = [{ license_id: idOf(1), quantity: 4 }]
    const line = onlyLine(quoteRenewals([renewable(bought)], { renewals }))
    const early = paid(bought, line, '2024-03-24T10:00:00Z')
    expect(unitsAt(early, at('2024-03-25T15:30:26Z'))).toEqual({
      total: 10,
      next: { total: 4, at: at('2024-03-25T15:30:27Z') },
    })
    expect(unitsAt(early, at('2024-03-25T15:30:27Z'))).toEqual({ total: 4, next: null })
    const late = paid(bought, line, '2024-03-26T10:00:00Z')
    expect(unitsAt(late, at('2024-03-26T10:00:00Z'))).toEqual({ total: 4, next: null })
    expect(late.at(-1)).toEqual({ kind: 'units_removed', quantity: 6 })
    const added = early.slice(bought.length).map((_, index) => bought.length + index + 1)
    const back = reverse(early, added, '2024-03-24T11:00:00Z')
    expect(unitsAt(back, at('2024-03-24T12:00:00Z'))).toEqual({ total: 10, next: null })
  })

  it('adds months and days to the end as it is, where it was moved since the preview', () => {
    const line = onlyLine(quoteRenewals([renewable(bought)], { day: 'last' }))
    const moved = give(bought, 10)
    expect(told(moved).endsAt).toBe('2024-04-04T15:30:27Z')
    // One month, and the five days that were paid for.
    const after = paid(moved, line, '2024-03-24T10:00:00Z')
    expect(told(after).endsAt).toBe('2024-05-09T23:59:59Z')
    expect(after.at(-1)).toEqual({
      kind: 'alignment',
      startsAt: '2024-05-04T15:30:27Z',
      endsAt: '2024-05-09T23:59:59Z',
      anchor: { day: 9, time: '23:59:59', zone: 'UTC' },
      months: 0,
      extraDays: 5,
    })
  })

  it('ends no earlier than shown, where an hour that a zone repeats lies between preview and payment', () => {
    const stopped = buy('2079-09-30T12:00:00Z', 1, 1, 'America/St_Johns')
    const asked = { product: aProduct({ plans: [skipping] }), at: '2079-11-12T04:01:46Z' }
    const line = onlyLine(quoteRenewals([renewable(stopped)], asked))
    expect(line.endsAt).toBe('2079-12-05T05:01:46Z')
    const after = paid(stopped, line, '2079-11-12T04:30:00Z', skipping)
    expect(told(after).endsAt).toBe(line.endsAt)
  })

  it('begins a grace before the payment, where stopped days are skipped', () => {
    const asked = { product: aProduct({ plans: [skipping] }), at: '2024-04-10T00:00:00Z' }
    const line = onlyLine(quoteRenewals([renewable(bought)], asked))
    const after = paid(bought, line, '2024-04-10T00:20:00Z', skipping)
    expect(formatInstant(coverageOf(after).endsAt)).toBe('2024-05-03T00:20:00Z')
    expect(line.endsAt).toBe('2024-05-03T00:00:00Z')
    const added = [bought.length + 1]
    expect(told(reverse(after, added, '2024-01-01T00:00:00Z'))).toEqual(told(bought))
  })

  it('ends on the day that was shown, also when stopped days are skipped and the payment is late', () => {
    const asked = { product: aProduct({ plans: [skipping] }), at: '2024-04-07T23:59:00Z' } as const
    const line = onlyLine(quoteRenewals([renewable(bought)], { ...asked, day: 'last' }))
    expect([line.endsAt, line.extraDays]).toEqual(['2024-04-30T23:59:59Z', 0])
    const after = paid(bought, line, '2024-04-08T00:10:00Z', skipping)
    expect(told(after)).toMatchObject({
      endsAt: line.endsAt,
      anchor: { day: 31, time: '23:59:59' },
    })
    expect(after.at(-1)).toMatchObject({ startsAt: line.endsAt, endsAt: line.endsAt })
  })

  it('adds units and leaves the dates', () => {
    const line: ExtensionLine = {
      ...onlyLine(quoteRenewals([renewable(bought)])),
      kind: 'add_units',
      unitsBefore: 10,
      quantity: 13,
    }
    const after = paid(bought, line, '2024-03-01T00:00:00Z')
    expect(told(after)).toEqual({ ...told(bought), total: 13 })
    expect(after.at(-1)).toEqual({ kind: 'units_added', quantity: 3 })
  })

  it('leaves dates and units as they are for an upgrade (S81)', () => {
    const shown = onlyLine(quoteRenewals([renewable(bought)]))
    const upgrade: ExtensionLine = {
      ...shown,
      kind: 'upgrade',
      planBefore: 'dr',
      planNameBefore: 'DR License',
    }
    expect(paid(bought, upgrade, '2024-03-01T00:00:00Z')).toEqual(bought)
  })
})
