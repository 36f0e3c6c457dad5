import { describe, expect, it } from 'vitest'
import { Refused } from '../../../server/domain/refusals.ts'
import type { RenewableLicense } from '../../../server/domain/renewal-eligibility.ts'
import { RENEWAL_WORDS } from '../../../server/domain/renewal-words.ts'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { aProduct, oneTimePlan, promoCode, recurringPlan } from '../../support/catalogue.ts'
import { buy } from '../../support/ledger.ts'
import { idOf, quoteRenewals, renewable, type Asked } from '../../support/renewals.ts'

const ORDER = 'ord_01h455vb4pex5vsknk084sn02q'
const then = at('2024-03-01T00:00:00Z')

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
    expect(detail.errors).toEqual([
      { pointer: '/renewals/0/license_id', detail: expect.stringContaining('USD') },
      { pointer: '/renewals/1/license_id', detail: expect.stringContaining('EUR') },
    ])
    const other = refusal(batch.slice(0, 1), { product, currency: 'EUR' })
    expect(other).toMatchObject({
      code: 'request.invalid',
      detail: { errors: [{ pointer: '/currency', detail: 'These licenses renew in USD.' }] },
    })
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
      why: 'a quantity that the plan does not sell',
      asked: {
        product: aProduct({ plans: [recurringPlan({ quantity: { min: 2, max: 10, step: 2 } })] }),
        renewals: [{ license_id: idOf(1), quantity: 3 }],
      },
      pointer: '/renewals/0/quantity',
    },
    {
      why: 'half a cycle',
      license: yearly(),
      asked: { duration: { months: 6 } },
      pointer: '/duration/months',
    },
    {
      why: 'a month that is over already, of a license that runs by the year',
      license: renewable(buy('2023-02-01T00:00:00Z', 12, 10), { cycle: 'year', graceDays: 30 }),
      asked: { renewals: [{ license_id: idOf(1), cycle: 'month' }], at: '2024-02-28T00:00:00Z' },
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

  it('names the licenses that a duration does not fit, and no others', () => {
    const batch = [
      renewable(),
      ...[2, 3].map((number) => ({ ...yearly(), id: idOf(number) })),
      { ...renewable(), id: idOf(4), endsAt: at('2028-06-25T15:30:27Z') },
    ]
    expect(refusal(batch, { duration: { months: 6 } }).detail.errors).toEqual([
      {
        pointer: '/duration/months',
        detail: RENEWAL_WORDS.en.wholeCycles(12, `${idOf(2)}, ${idOf(3)}`),
      },
    ])
    expect(refusal(batch, { duration: { months: 12 } }).detail.errors).toEqual([
      { pointer: '/duration/months', detail: RENEWAL_WORDS.en.tooLong(idOf(4)) },
    ])
  })

  it('names the cycles that its plan has', () => {
    const plan = oneTimePlan({ id: 'dr', one_time: false })
    const yearsOnly = recurringPlan({
      prices: [{ currency: 'USD', cycle: 'year', unit_amount: 7500 }],
    })
    for (const [plans, cycles] of [
      [[yearsOnly], 'year'],
      [[plan], ''],
    ] as const) {
      const license = renewable(undefined, { cycle: cycles === '' ? null : 'year' })
      const renewals = [{ license_id: idOf(1), cycle: 'month' as const }]
      const { detail } = refusal([license], { product: aProduct({ plans: [...plans] }), renewals })
      expect(detail.errors).toEqual([
        {
          pointer: '/renewals/0/cycle',
          detail: RENEWAL_WORDS.en.noCycle(plans[0].name, cycles),
        },
      ])
    }
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

describe('a renewal with other units', () => {
  const quantityOf = (license: RenewableLicense, quantity: number, product = aProduct()) =>
    quoteRenewals([license], { product, renewals: [{ license_id: idOf(1), quantity }] }).lines[0]
      ?.quantity

  it('R14: can have as few as are in use', () => {
    expect(quantityOf(renewable(undefined, { inUse: 4 }), 4)).toBe(4)
  })

  it('keeps the units that it has, also where the plan no longer sells so many', () => {
    const plans = [recurringPlan({ quantity: { min: 1, max: 5, step: 1 } })]
    expect(quantityOf(renewable(undefined, { inUse: 11 }), 10, aProduct({ plans }))).toBe(10)
  })

  it('is asked for in its own currency, or in none', () => {
    expect(quoteRenewals([renewable()], { currency: 'USD' }).currency).toBe('USD')
  })

  it('takes a promo code of its own plan', () => {
    const product = aProduct({ promo_codes: [promoCode({ percent_bp: 100, plans: ['dr'] })] })
    expect(quoteRenewals([renewable()], { product, promoCode: 'WELCOME' }).discount).toBe(750)
  })
})
