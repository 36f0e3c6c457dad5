import { describe, expect, it } from 'vitest'
import { Refused } from '../../../server/domain/refusals.ts'
import {
  NOT_RENEWABLE_REASONS,
  renewalObstacle,
  type NotRenewableReason,
  type RenewableLicense,
} from '../../../server/domain/renewal-eligibility.ts'
import { RENEWAL_WORDS } from '../../../server/domain/renewal-words.ts'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { aProduct, oneTimePlan, promoCode, recurringPlan } from '../../support/catalogue.ts'
import { buy } from '../../support/ledger.ts'
import { idOf, quoteRenewals, renewable, type Asked } from '../../support/renewals.ts'

const ORDER = 'ord_01h455vb4pex5vsknk084sn02q'
const then = at('2024-03-01T00:00:00Z')

/** Ends 2024-03-25T15:30:27Z; asked on the first of March unless said. */
const CASES: readonly {
  reason: NotRenewableReason | null
  why: string
  given?: Partial<RenewableLicense>
  when?: string
  retiredAt?: string
}[] = [
  { reason: null, why: 'weeks before its end' },
  { reason: null, why: 'in grace', when: '2024-03-30T00:00:00Z' },
  { reason: null, why: 'a second before it ends', when: '2024-04-16T15:30:26Z' },
  { reason: 'ended', why: 'at that second', when: '2024-04-16T15:30:27Z' },
  { reason: 'revoked', why: 'once revoked', given: { revokedAt: then } },
  { reason: 'refunded', why: 'once refunded', given: { revokedAt: then, isRefunded: true } },
  { reason: null, why: 'refunded, and kept by another order', given: { isRefunded: true } },
  { reason: 'under_review', why: 'while under review', given: { underReviewAt: then } },
  { reason: 'suspended', why: 'while suspended', given: { suspendedAt: then } },
  { reason: 'order_open', why: 'while an order is open', given: { openOrderId: ORDER } },
  { reason: null, why: 'before it is metered (S45)', given: { renewalMode: 'pay_per_use' } },
  {
    reason: 'metered',
    why: 'while it is metered (S50)',
    given: { renewalMode: 'pay_per_use' },
    when: '2024-03-25T15:30:27Z',
  },
  { reason: null, why: 'in the tab of the canceled', given: { renewalMode: 'canceled' } },
  { reason: null, why: 'before its plan is retired', retiredAt: '2024-03-01T00:00:01Z' },
  { reason: 'retired', why: 'once its plan is retired', retiredAt: '2024-03-01T00:00:00Z' },
  { reason: 'retired', why: 'of a plan that is gone', given: { planId: 'gone' } },
  { reason: 'currency', why: 'of a currency without a price', given: { currency: 'EUR' } },
  { reason: null, why: 'paid 59 months ahead', given: { endsAt: at('2029-02-01T00:00:00Z') } },
  {
    reason: 'too_far_ahead',
    why: 'five years ahead',
    given: { endsAt: at('2029-02-25T00:00:00Z') },
  },
]

describe('renewalObstacle() (R3, R4)', () => {
  it.each(CASES)('is $reason $why', ({ reason, given = {}, when, retiredAt }) => {
    const plans = [recurringPlan(retiredAt === undefined ? {} : { retired_at: retiredAt })]
    const license = renewable(undefined, given)
    const now = when === undefined ? then : at(when)
    expect(renewalObstacle(license, aProduct({ plans }), now)).toBe(reason)
  })

  it('has a sentence for every reason in both languages', () => {
    for (const words of [RENEWAL_WORDS.en, RENEWAL_WORDS['zh-CN']]) {
      const sentences = NOT_RENEWABLE_REASONS.map((reason) => words.reasons[reason])
      expect(new Set(sentences).size).toBe(NOT_RENEWABLE_REASONS.length)
    }
  })

  it('is not offered to end within three days', () => {
    const plans = [recurringPlan({ grace_days: 25, retention_days: 2 })]
    const license = renewable(buy('2024-01-25T15:30:27Z', 1, 10), {
      graceDays: 25,
      retentionDays: 5,
    })
    const product = aProduct({ plans })
    expect(renewalObstacle(license, product, at('2024-03-22T15:30:27Z'))).toBeNull()
    expect(renewalObstacle(license, product, at('2024-03-22T15:30:28Z'))).toBe('too_short')
  })
})

function refusal(licenses: readonly RenewableLicense[], asked: Asked = {}): Refused {
  try {
    quoteRenewals(licenses, { at: '2024-03-01T00:00:00Z', ...asked })
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
  throw new Error('it was not refused')
}

describe('a renewal that cannot be', () => {
  it('is refused by its own code when it is asked for alone, naming the open order', () => {
    const { code, detail } = refusal([renewable(undefined, { openOrderId: ORDER })])
    expect([code, detail.facts]).toEqual(['license.order_open', { order_id: ORDER }])
    const held = refusal([renewable(undefined, { suspendedAt: then })])
    expect([held.code, held.detail.facts]).toEqual([
      'license.not_renewable',
      { reason: 'suspended' },
    ])
  })

  it('is a license that is not there, alone', () => {
    const renewals = [{ license_id: idOf(9) }]
    expect(refusal([renewable()], { renewals }).code).toBe('license.not_found')
  })

  it('is named with its reason in a batch, all at once, and so is the order in the way', () => {
    const batch = [
      renewable(),
      renewable(undefined, { id: idOf(2), suspendedAt: then }),
      renewable(undefined, { id: idOf(3), renewalMode: null }),
      renewable(undefined, { id: idOf(4), openOrderId: ORDER }),
    ]
    const renewals = [...batch.map(({ id }) => ({ license_id: id })), { license_id: idOf(9) }]
    const { code, detail } = refusal(batch, { renewals })
    expect(code).toBe('renewals.not_possible')
    expect(detail.errors).toEqual([
      {
        pointer: '/renewals/1/license_id',
        detail: RENEWAL_WORDS.en.reasons.suspended,
        license_id: idOf(2),
      },
      { pointer: '/renewals/2/license_id', detail: RENEWAL_WORDS.en.never, license_id: idOf(3) },
      {
        pointer: '/renewals/3/license_id',
        detail: `Order ${ORDER} is open on this license. Pay or cancel it first.`,
        license_id: idOf(4),
        order_id: ORDER,
      },
      { pointer: '/renewals/4/license_id', detail: RENEWAL_WORDS.en.notFound },
    ])
  })

  it('mixes currencies: each license is named with its own', () => {
    const prices = ['USD', 'EUR'].map((currency) => ({
      currency,
      cycle: 'month' as const,
      unit_amount: 7500,
    }))
    const product = aProduct({ currencies: ['USD', 'EUR'], plans: [recurringPlan({ prices })] })
    const batch = [renewable(), renewable(undefined, { id: idOf(2), currency: 'EUR' })]
    const { code, detail } = refusal(batch, { product })
    expect(code).toBe('renewals.mixed_currencies')
    expect(detail.errors?.map((error) => error.detail)).toEqual([
      expect.stringContaining('USD'),
      expect.stringContaining('EUR'),
    ])
    expect(refusal(batch.slice(0, 1), { product, currency: 'EUR' }).detail.errors).toEqual([
      { pointer: '/currency', detail: 'These licenses renew in USD.' },
    ])
  })

  const yearly = () => renewable(buy('2024-02-25T15:30:27Z', 12, 10), { cycle: 'year' })
  const wrong: readonly {
    why: string
    license?: RenewableLicense
    asked: Asked
    pointer: string
  }[] = [
    {
      why: 'more units than it has',
      asked: { renewals: [{ license_id: idOf(1), quantity: 11 }] },
      pointer: '/renewals/0/quantity',
    },
    {
      why: 'fewer units than are in use',
      license: renewable(undefined, { inUse: 4 }),
      asked: { renewals: [{ license_id: idOf(1), quantity: 3 }] },
      pointer: '/renewals/0/quantity',
    },
    {
      why: 'a cycle that the plan lacks',
      asked: {
        product: aProduct({
          plans: [
            recurringPlan({ prices: [{ currency: 'USD', cycle: 'month', unit_amount: 7500 }] }),
          ],
        }),
        renewals: [{ license_id: idOf(1), cycle: 'year' }],
      },
      pointer: '/renewals/0/cycle',
    },
    {
      why: 'half a cycle',
      license: yearly(),
      asked: { duration: { months: 6 } },
      pointer: '/duration/months',
    },
    {
      why: 'more than five years ahead',
      asked: { duration: { months: 60 } },
      pointer: '/duration/months',
    },
    {
      why: 'the same, in cycles',
      asked: { duration: { cycles: 60 } },
      pointer: '/duration/cycles',
    },
    {
      why: 'the same license twice',
      asked: { renewals: [{ license_id: idOf(1) }, { license_id: idOf(1) }] },
      pointer: '/renewals/1/license_id',
    },
    {
      why: 'a promo code of other plans',
      asked: {
        product: aProduct({ promo_codes: [promoCode({ percent_bp: 100, plans: ['failback'] })] }),
        promoCode: 'WELCOME',
      },
      pointer: '/promo_code',
    },
  ]

  it.each(wrong)('names the field for $why', ({ license = renewable(), asked, pointer }) => {
    const { code, detail } = refusal([license], asked)
    expect([code, detail.errors?.map((error) => error.pointer)]).toEqual([
      'request.invalid',
      [pointer],
    ])
  })

  it('renews a plan without cycles by its validity, and only on its own date', () => {
    const plan = oneTimePlan({ id: 'dr', one_time: false, validity_months: 3 })
    const product = aProduct({ plans: [plan] })
    const license = renewable(undefined, { cycle: null })
    expect(quoteRenewals([license], { product, duration: { cycles: 1 } }).total).toBe(90_000)
    for (const asked of [{ day: 'last' as const }, { duration: { cycles: 2 } }]) {
      const { detail } = refusal([license], { product, duration: { cycles: 1 }, ...asked })
      expect(detail.errors).toEqual([
        { pointer: '/renewals/0/license_id', detail: RENEWAL_WORDS.en.oneValidity(3) },
      ])
    }
  })
})
