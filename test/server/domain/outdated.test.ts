import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { differences } from '../../../server/domain/outdated.ts'
import type { PricedQuote } from '../../../server/domain/quote.ts'
import type { RenewableLicense } from '../../../server/domain/renewal-eligibility.ts'
import { RENEWAL_WORDS } from '../../../server/domain/renewal-words.ts'
import { aProduct, oneTimePlan, recurringPlan } from '../../support/catalogue.ts'
import { idOf, quoteCoTerm, quoteRenewals, renewable } from '../../support/renewals.ts'

const words = RENEWAL_WORDS.en
const { changed, reasons } = words
const plus = recurringPlan({
  id: 'plus',
  prices: [{ currency: 'USD', cycle: 'month', unit_amount: 10_000 }],
})
const product = aProduct({
  plans: [recurringPlan(), plus, oneTimePlan({ id: 'whole', one_time: false })],
})
/** Ends 2024-03-25T15:30:27Z, ten units. */
const shown = renewable()
const then = at('2024-03-15T09:00:00Z')
const renewal = quoteRenewals([shown], { product })
const wanted = { license_id: shown.id, quantity: 3, plan: 'plus' }
const added = quoteCoTerm([shown], { kind: 'add_units', wanted: [wanted], at: then }, product)
const upgrade = quoteCoTerm([shown], { kind: 'upgrade', wanted: [wanted], at: then }, product)

const told = (quote: PricedQuote, now: Partial<RenewableLicense>, when = '2024-03-16T00:00:00Z') =>
  differences(
    quote,
    new Map([[shown.id, { ...shown, ...now }]]),
    { product, at: at(when) },
    words,
  ).map(({ pointer, detail }) => {
    expect(pointer).toBe('/lines/0/license_id')
    return detail
  })

describe('differences() (R13)', () => {
  it('are none while the license is as it was shown', () => {
    for (const quote of [renewal, added, upgrade]) expect(told(quote, {})).toEqual([])
  })

  it('name the end, the units, the plan and the cycle that are others now', () => {
    const endsAt = at('2024-04-25T15:30:27Z')
    const end = changed.end(idOf(1), '2024-03-25T15:30:27Z', '2024-04-25T15:30:27Z')
    for (const quote of [renewal, added, upgrade]) {
      expect(told(quote, { endsAt })).toEqual([end])
      expect(told(quote, { total: 12 })).toEqual([changed.units(idOf(1), 10, 12)])
      expect(told(quote, { planId: 'plus' })).toContain(changed.plan(idOf(1), 'dr', 'plus'))
      expect(told(quote, { cycle: 'year' })).toEqual([changed.plan(idOf(1), 'month', 'year')])
    }
  })

  it('are none where it is the renewal that changes the cycle', () => {
    const renewals = [{ license_id: shown.id, cycle: 'year' as const }]
    const yearly = quoteRenewals([shown], { product, renewals, duration: { cycles: 1 } })
    expect(told(yearly, {})).toEqual([])
  })

  it('R14: count for a renewal the units of the next period, else those there are', () => {
    expect(told(renewal, { nextTotal: 4 })).toEqual([changed.units(idOf(1), 10, 4)])
    expect(told(added, { nextTotal: 4 })).toEqual([])
  })

  it('name what is in the way since', () => {
    const suspended = changed.obstacle(idOf(1), reasons.suspended)
    for (const quote of [renewal, added, upgrade]) {
      expect(told(quote, { suspendedAt: then })).toEqual([suspended])
      expect(told(quote, { renewalMode: null })).toEqual([changed.obstacle(idOf(1), words.never)])
    }
    const inGrace = '2024-03-26T00:00:00Z'
    expect(told(renewal, {}, inGrace)).toEqual([])
    expect(told(added, {}, inGrace)).toEqual([changed.obstacle(idOf(1), words.expired)])
    expect(told(upgrade, { planId: 'whole', cycle: null })).toContain(
      changed.obstacle(idOf(1), words.whole_period),
    )
  })

  it('name a license that is there no more, and leave purchases alone', () => {
    const found = differences(renewal, new Map(), { product, at: then }, words)
    expect(found).toEqual([{ pointer: '/lines/0/license_id', detail: words.notFound }])
  })
})
