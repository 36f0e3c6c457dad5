/** Laws of renewals: `npm run laws` tries each 100,000 times. */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { RenewalDay } from '../../../server/domain/alignment.ts'
import { instantAt, localDate, parseInstant as at } from '../../../server/domain/calendar.ts'
import { purchaseEntries } from '../../../server/domain/coverage-entries.ts'
import { coverageOf } from '../../../server/domain/coverage.ts'
import { extensionEntries } from '../../../server/domain/extension-entries.ts'
import type { PricedQuote } from '../../../server/domain/quote.ts'
import type { RenewableLicense } from '../../../server/domain/renewal-eligibility.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { aProduct, promoCode, recurringPlan } from '../../support/catalogue.ts'
import { LAW_TIMEOUT_MS, RUNS } from '../../support/laws.ts'
import { renew, reverse, told, type Ledger } from '../../support/ledger.ts'
import { idOf, onlyLine, quoteCoTerm, quoteRenewals, renewable } from '../../support/renewals.ts'

const days = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant<RenewalDay>('last'))
const ledgers = fc
  .record({ paidAt: instants, zone: zones, quantity: fc.integer({ min: 1, max: 40 }) })
  .map((bought): Ledger => purchaseEntries({ ...bought, months: 1 }).entries)
const unitAmounts = fc.integer({ min: 50, max: 20_000 })
const plan = recurringPlan()

function productOf(unit_amount: number, more: Parameters<typeof aProduct>[0] = {}) {
  const tiers = [{ from: 20, unit_amount: Math.floor(unit_amount * 0.9) + 1 }]
  const prices = [{ currency: 'USD', cycle: 'month' as const, unit_amount, tiers }]
  return aProduct({ plans: [recurringPlan({ prices })], ...more })
}

/** From 20 days before the end to the end of the retention. */
const moments = fc.integer({ min: -20 * 86_400, max: 22 * 86_400 - 1 })
const momentOf = (license: RenewableLicense, seconds: number) =>
  license.endsAt.add({ seconds }).toString({ smallestUnit: 'second' })

const fulfilled = (ledger: Ledger, quote: PricedQuote, paidAt: Temporal.Instant): Ledger => [
  ...ledger,
  ...extensionEntries(ledger, onlyLine(quote), { plan, graceDays: 7, paidAt }),
]
const compare = Temporal.Instant.compare

describe('laws of renewals', { timeout: LAW_TIMEOUT_MS }, () => {
  it('never earlier than shown, whenever it is paid', () => {
    const lag = fc.integer({ min: 0, max: 40 * 60 })
    fc.assert(
      fc.property(
        ledgers,
        moments,
        fc.option(days),
        lag,
        fc.boolean(),
        (ledger, offset, day, seconds, skips) => {
          const sold = recurringPlan(skips ? { renewal_basis: 'skip_stopped' } : {})
          const license = renewable(ledger)
          const when = momentOf(license, offset)
          const quote = quoteRenewals([license], {
            product: aProduct({ plans: [sold] }),
            day,
            at: when,
          })
          const paidAt = at(when).add({ seconds })
          const paid = { plan: sold, graceDays: 7, paidAt }
          const { endsAt } = coverageOf([
            ...ledger,
            ...extensionEntries(ledger, onlyLine(quote), paid),
          ])
          expect(compare(endsAt, at(onlyLine(quote).endsAt))).toBeGreaterThanOrEqual(0)
          expect(compare(endsAt, license.endsAt)).toBeGreaterThan(0)
        },
      ),
      RUNS,
    )
  })

  it('what was shown is what the ledger then says: preview = fulfilment', () => {
    fc.assert(
      fc.property(
        ledgers,
        moments,
        fc.option(days),
        fc.integer({ min: 1, max: 12 }),
        (ledger, offset, day, months) => {
          const license = renewable(ledger)
          const when = momentOf(license, offset)
          const quote = quoteRenewals([license], { day, at: when, duration: { months } })
          expect(told(fulfilled(ledger, quote, at(when))).endsAt).toBe(onlyLine(quote).endsAt)
          expect(fulfilled(ledger, quote, at(when))).toEqual(renew(ledger, months, day))
        },
      ),
      RUNS,
    )
  })

  it('alignment never shortens, adds less than a month, and is idempotent', () => {
    fc.assert(
      fc.property(ledgers, days, (ledger, day) => {
        const license = renewable(ledger)
        const plain = onlyLine(quoteRenewals([license]))
        const aligned = onlyLine(quoteRenewals([license], { day }))
        expect(compare(at(aligned.endsAt), at(plain.endsAt))).toBeGreaterThanOrEqual(0)
        expect(aligned.extraDays).toBeLessThanOrEqual(30)
        const again = renewable(renew(ledger, 1, day))
        const twice = onlyLine(quoteRenewals([again], { day }))
        expect([twice.extraDays, twice.endsAt]).toEqual([
          0,
          onlyLine(quoteRenewals([again])).endsAt,
        ])
        const { zone } = license.anchor
        const end = localDate(at(aligned.endsAt), zone)
        // A gap over midnight moves the end of the day to the morning after it (R2).
        const isOn = (date: Temporal.PlainDate) =>
          date.day === (day === 'last' ? date.daysInMonth : day) &&
          instantAt(date, '23:59:59', zone).equals(at(aligned.endsAt))
        expect([end, end.subtract({ days: 1 })].some(isOn)).toBe(true)
      }),
      RUNS,
    )
  })

  it('a batch without amount codes costs exactly the sum of its singles', () => {
    const terms = fc.record({
      unit: unitAmounts,
      percent_bp: fc.option(fc.integer({ min: 1, max: 9000 })),
      tax: fc.option(
        fc.record({
          rate_bp: fc.integer({ min: 0, max: 3000 }),
          mode: fc.constantFrom('inclusive' as const, 'exclusive' as const),
        }),
      ),
      day: fc.option(days),
    })
    fc.assert(
      fc.property(
        fc.array(ledgers, { minLength: 1, maxLength: 3 }),
        terms,
        (list, { unit, percent_bp, tax, day }) => {
          const product = productOf(unit, {
            ...(percent_bp === null ? {} : { promo_codes: [promoCode({ percent_bp })] }),
            ...(tax === null ? {} : { tax: { name: 'VAT', ...tax } }),
          })
          const licenses = list.map((ledger, index) =>
            renewable(renewedUntil(ledger), { id: idOf(index) }),
          )
          const asked = {
            product,
            day,
            at: BEFORE_ALL,
            ...(percent_bp === null ? {} : { promoCode: 'WELCOME' }),
          }
          const singles = licenses.map((license) => quoteRenewals([license], asked))
          // What is too small to charge is waived alone, and not within a larger order (R11).
          fc.pre(singles.every(({ waived }) => waived === 0))
          const batch = quoteRenewals(licenses, asked)
          expect(batch.total).toBe(singles.reduce((sum, { total }) => sum + total, 0))
          expect(batch.lines).toEqual(singles.flatMap(({ lines }) => lines))
          expect(batch.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(batch.subtotal)
        },
      ),
      RUNS,
    )
  })

  it('n plain renewals of one month are one of n months, in time and in money', () => {
    fc.assert(
      fc.property(ledgers, fc.integer({ min: 1, max: 6 }), unitAmounts, (ledger, n, unit) => {
        const product = productOf(unit)
        const once = quoteRenewals([renewable(ledger)], { product, duration: { months: n } })
        let step = ledger
        let total = 0
        for (let month = 0; month < n; month++) {
          const quote = quoteRenewals([renewable(step)], { product })
          total += quote.total
          step = fulfilled(step, quote, renewable(step).endsAt.subtract({ hours: 24 }))
        }
        expect([total, told(step).endsAt]).toEqual([once.total, onlyLine(once).endsAt])
      }),
      RUNS,
    )
  })

  it('a part never costs more than its month: the way to the day, and the rest of added units', () => {
    fc.assert(
      fc.property(
        ledgers,
        days,
        unitAmounts,
        fc.integer({ min: 1, max: 30 * 86_400 }),
        (ledger, day, unit, early) => {
          const product = productOf(unit)
          const license = renewable(ledger)
          const plain = quoteRenewals([license], { product }).total
          const aligned = quoteRenewals([license], { product, day }).total
          expect(aligned - plain).toBeLessThanOrEqual(plain)
          expect(aligned).toBeGreaterThanOrEqual(plain)
          const when = license.endsAt.subtract({ seconds: Math.min(early, untilStart(license)) })
          const wanted = [{ license_id: license.id, quantity: 1 }]
          const added = quoteCoTerm([license], { kind: 'add_units', wanted, at: when }, product)
          const [line] = added.lines
          // From the day of the purchase on a license of one month has at most one month left.
          expect(added.total).toBeLessThanOrEqual(line?.unitAmount ?? 0)
          expect((line?.amount ?? 0) + (line?.discount ?? 0)).toBeGreaterThan(0)
        },
      ),
      RUNS,
    )
  })

  it('reversing what a renewal appended restores the ledger', () => {
    fc.assert(
      fc.property(ledgers, fc.option(days), moments, (ledger, day, offset) => {
        const license = renewable(ledger)
        const when = momentOf(license, offset)
        const after = fulfilled(ledger, quoteRenewals([license], { day, at: when }), at(when))
        const added = after.slice(ledger.length).map((_, index) => ledger.length + index + 1)
        expect(told(reverse(after, added, '2000-01-01T00:00:00Z'))).toEqual(told(ledger))
      }),
      RUNS,
    )
  })
})

/** Early enough for licenses of any year, which must not lie five years ahead of it. */
const BEFORE_ALL = '2024-02-01T00:00:00Z'

/** The same day and time of the month, ending in the first half of 2024. */
function renewedUntil(ledger: Ledger): Ledger {
  const { startsAt, anchor, total } = coverageOf(ledger)
  const date = localDate(startsAt, anchor.zone).with({ year: 2024, month: 2 })
  const paidAt = date.toPlainDateTime(anchor.time).toZonedDateTime(anchor.zone).toInstant()
  return purchaseEntries({ paidAt, months: 1, zone: anchor.zone, quantity: total }).entries
}

function untilStart({ activatedAt, endsAt }: RenewableLicense): number {
  return activatedAt.until(endsAt, { largestUnit: 'second' }).seconds
}
