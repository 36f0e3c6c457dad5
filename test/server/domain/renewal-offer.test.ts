import { describe, expect, it } from 'vitest'
import { formatInstant as text, parseInstant as at } from '../../../server/domain/calendar.ts'
import { renewalOffer } from '../../../server/domain/renewal-offer.ts'
import type { RenewableLicense } from '../../../server/domain/renewal-eligibility.ts'
import { aProduct, oneTimePlan, recurringPlan } from '../../support/catalogue.ts'
import { renewable } from '../../support/renewals.ts'

const plus = recurringPlan({
  id: 'plus',
  prices: [{ currency: 'USD', cycle: 'month', unit_amount: 10_000 }],
})
const product = aProduct({ plans: [recurringPlan(), plus, oneTimePlan()] })
/** Ten units at $75.00 a month; ends 2024-03-25T15:30:27Z. */
const offer = (when: string, given: Partial<RenewableLicense> = {}, of = product) =>
  renewalOffer(renewable(undefined, given), of, at(when))

describe('renewalOffer() (S29, S36)', () => {
  it('is one plain cycle at today’s price, more units and dearer plans while the license runs', () => {
    const { chargeAt, plan, upgrades, ...rest } = offer('2024-03-01T00:00:00Z')
    expect(rest).toEqual({
      obstacle: null,
      amount: 75_000,
      currency: 'USD',
      canAddUnits: true,
      lostDays: 0,
    })
    expect([plan?.id, upgrades.map(({ id }) => id)]).toEqual(['dr', ['plus']])
    expect(text(chargeAt)).toBe('2024-03-18T03:00:00Z')
  })

  it('counts tax, and the units of the next period (R14)', () => {
    const tax = { name: 'VAT', rate_bp: 2000, mode: 'exclusive' } as const
    const taxed = { ...product, tax }
    expect(offer('2024-03-01T00:00:00Z', { nextTotal: 4 }, taxed).amount).toBe(36_000)
  })

  it('R3: tells after the end how many days are lost, and adds nothing any more', () => {
    expect(offer('2024-03-30T00:00:00Z')).toMatchObject({
      obstacle: null,
      canAddUnits: false,
      upgrades: [],
      lostDays: 4,
    })
  })

  it('R3: loses only the days of grace where those on which it had stopped are skipped', () => {
    const plans = [recurringPlan({ renewal_basis: 'skip_stopped' })]
    const late = offer('2024-04-10T00:00:00Z', {}, aProduct({ plans }))
    expect(late.lostDays).toBe(7)
    expect(offer('2024-04-10T00:00:00Z').lostDays).toBe(15)
  })

  it('names what is in the way, and loses nothing then', () => {
    const ended = offer('2024-05-30T00:00:00Z')
    expect(ended).toMatchObject({ obstacle: 'ended', lostDays: 0, canAddUnits: false })
  })

  it('is charged at once where its moment is over', () => {
    expect(text(offer('2024-03-20T12:00:00Z').chargeAt)).toBe('2024-03-20T12:00:00Z')
    expect(text(offer('2024-03-18T03:00:00Z').chargeAt)).toBe('2024-03-18T03:00:00Z')
  })

  it('keeps the moment of a plan that charges later, and of one without grace', () => {
    const plans = [recurringPlan({ auto_renewal_lead_days: 0 })]
    const last = offer('2024-03-01T00:00:00Z', {}, aProduct({ plans }))
    expect(text(last.chargeAt)).toBe('2024-03-25T03:00:00Z')
    const atThree = { endsAt: at('2024-03-25T03:00:00Z'), graceDays: 0 }
    const early = offer('2024-03-01T00:00:00Z', atThree, aProduct({ plans }))
    expect(text(early.chargeAt)).toBe('2024-03-24T03:00:00Z')
  })

  it('costs nothing where there is no price or no plan any more', () => {
    expect(offer('2024-03-01T00:00:00Z', { currency: 'EUR' })).toMatchObject({
      obstacle: 'currency',
      amount: 0,
      currency: 'EUR',
    })
    expect(offer('2024-03-01T00:00:00Z', { planId: 'gone' })).toMatchObject({
      obstacle: 'retired',
      amount: 0,
      plan: null,
      lostDays: 0,
    })
  })
})
