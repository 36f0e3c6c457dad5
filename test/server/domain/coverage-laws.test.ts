import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RenewalDay } from '../../../server/domain/alignment.ts'
import { formatInstant as text } from '../../../server/domain/calendar.ts'
import { purchaseEntries } from '../../../server/domain/coverage-entries.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { give, renew, reverse, told, type Ledger } from '../../support/ledger.ts'

describe('laws of the ledger', () => {
  const day = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant<RenewalDay>('last'))
  const step = fc.oneof(
    fc.record({ months: fc.integer({ min: 1, max: 12 }), day: fc.option(day) }),
    fc.record({ days: fc.integer({ min: 1, max: 40 }) }),
  )
  const ledgers = fc
    .record({ paidAt: instants, zone: zones, steps: fc.array(step, { maxLength: 5 }) })
    .map(({ paidAt, zone, steps }) =>
      steps.reduce<Ledger>(
        (ledger, next) =>
          'days' in next ? give(ledger, next.days) : renew(ledger, next.months, next.day),
        purchaseEntries({ paidAt, months: 1, zone, quantity: 2 }).entries,
      ),
    )
  const BEFORE_ALL = '2000-01-01T00:00:00Z'

  it('every entry begins where the one before ended, and the last end is the expiry', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        const times = ledger.flatMap((entry) => ('endsAt' in entry ? [entry] : []))
        for (const [index, entry] of times.slice(1).entries()) {
          expect(entry.startsAt).toBe(times[index]?.endsAt)
          expect(entry.endsAt >= entry.startsAt).toBe(true)
        }
        expect(told(ledger).endsAt).toBe(times.at(-1)?.endsAt)
      }),
    )
  })

  it('reversing what was appended last restores the coverage before it', () => {
    fc.assert(
      fc.property(
        ledgers,
        fc.integer({ min: 1, max: 12 }),
        fc.option(day),
        (ledger, months, on) => {
          const longer = renew(ledger, months, on)
          const added = longer.slice(ledger.length).map((_, index) => ledger.length + index + 1)
          expect(told(reverse(longer, added, BEFORE_ALL))).toEqual(told(ledger))
        },
      ),
    )
  })

  it('reversing anything never gives time', () => {
    fc.assert(
      fc.property(ledgers, fc.nat(), instants, (ledger, pick, when) => {
        const shorter = reverse(ledger, [(pick % ledger.length) + 1], text(when))
        expect(told(shorter).endsAt <= told(ledger).endsAt).toBe(true)
      }),
    )
  })
})
