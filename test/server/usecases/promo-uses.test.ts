/** R14: a code is reserved at the order, counted at the payment, given back otherwise; its limits hold in a crowd. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { promoUses } from '../../../server/db/schema.ts'
import { problemIn, refusalOf } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

const CATALOGUE = `
products:
  - id: studio
    name: Studio
    publishable_keys: [pk_test_studio]
    home_url: http://localhost/console/
    key_prefix: STUDIO
    currencies: [USD, EUR]
    tax: { name: VAT, rate_bp: 1900, mode: exclusive }
    promo_codes:
      - { code: CROWD, percent_bp: 1000, max_uses: 5 }
      - { code: ONCE, amount: { currency: USD, minor: 500 } }
      - { code: FREE, percent_bp: 10000, max_uses_per_customer: 3 }
      - { code: OVER, percent_bp: 1000, expires_at: '2020-01-01T00:00:00Z' }
    plans:
      - id: solo
        name: Solo
        type: studio
        auto_renewal: choice
        prices:
          - { currency: USD, cycle: month, unit_amount: 1900 }
          - { currency: EUR, cycle: month, unit_amount: 1700 }
`
const SOLO = { plan: 'solo', quantity: 2, cycle: 'month', auto_renew: false } as const

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ catalogue: CATALOGUE })
})
afterAll(() => center.remove())

async function statesOf(code: string): Promise<string[]> {
  const { orm } = center.system.deps.db
  const rows = await orm.select().from(promoUses).where(eq(promoUses.code, code))
  return rows.map(({ state }) => state).toSorted()
}

describe('a promo code', () => {
  it('takes its part off before tax, and the page asks for exactly the total', async () => {
    const ana = center.as('studio', 'ana')
    const quote = await ana.quote(SOLO, { promo_code: 'once' })
    expect(quote).toMatchObject({ promo_code: 'ONCE', discount: 500, subtotal: 3300, tax: 627 })
    expect(quote.total).toBe(3927)
    const order = await ana.order(quote)
    await center.pay(order)
    expect((await ana.follow(order.id, 10)).state).toBe('fulfilled')
    expect(center.system.stripe.truth.payments().map(({ amount }) => amount)).toEqual([3927])
    expect(await statesOf('ONCE')).toEqual(['counted'])
  })

  it('that a customer has used up is refused at the order, and nothing is ordered', async () => {
    const ana = center.as('studio', 'ana')
    const quote = await ana.quote(SOLO, { promo_code: 'ONCE' })
    const refusal = await refusalOf(ana.order(quote))
    expect(refusal.problem).toMatchObject({ status: 422, code: 'promo.not_applicable' })
    expect(refusal.problem.detail).toContain('already used this code')
  })

  it.each([
    { why: 'unknown', code: 'NOPE', currency: 'USD' },
    { why: 'over', code: 'OVER', currency: 'USD' },
    { why: 'of another currency', code: 'ONCE', currency: 'EUR' },
  ])('that is $why is refused at the quote, by its field', async ({ code, currency }) => {
    const ben = center.as('studio', 'ben')
    const body = { items: [SOLO], promo_code: code, currency }
    const problem = await problemIn(await ben.send('quotes', { body }))
    expect(problem).toMatchObject({ status: 422, errors: [{ pointer: '/promo_code' }] })
  })

  it('is given back by a canceled and by an expired order', async () => {
    const cleo = center.as('studio', 'cleo')
    const first = await cleo.buy(SOLO, { promo_code: 'ONCE' })
    expect(await statesOf('ONCE')).toEqual(['counted', 'reserved'])
    await cleo.cancel(first.id)
    expect(await statesOf('ONCE')).toEqual(['counted', 'released'])
    const second = await cleo.buy(SOLO, { promo_code: 'ONCE' })
    await center.system.advance('PT40M')
    expect((await cleo.follow(second.id)).state).toBe('expired')
    expect(await statesOf('ONCE')).toEqual(['counted', 'released', 'released'])
  })

  it('for five is given to five of twenty who order at once', async () => {
    const crowd = Array.from({ length: 20 }, (_, index) => center.as('studio', `crowd-${index}`))
    const quotes = await Promise.all(
      crowd.map((buyer) => buyer.quote(SOLO, { promo_code: 'CROWD' })),
    )
    const outcomes = await Promise.allSettled(
      crowd.map((buyer, index) => placed(buyer, quotes[index])),
    )
    const ordered = outcomes.filter(({ status }) => status === 'fulfilled')
    expect(ordered).toHaveLength(5)
    expect(await statesOf('CROWD')).toEqual(Array(5).fill('reserved'))
  })

  /** As a browser would: what was busy is sent again. */
  async function placed(
    buyer: ReturnType<TestSystem['as']>,
    quote: Awaited<ReturnType<typeof buyer.quote>> | undefined,
  ) {
    if (quote === undefined) throw new Error('no quote')
    for (let attempt = 0; ; attempt++) {
      const body = { quote_id: quote.id, notices_version: quote.notices.version }
      const response = await buyer.send('orders', { body })
      if (response.ok) return
      const problem = await problemIn(response)
      if (problem.code === 'promo.not_applicable') throw new Error(problem.code)
      expect([problem.code, attempt < 10]).toEqual(['database.unavailable', true])
    }
  }

  it('that takes everything off makes the order fulfilled at once, without a payment page', async () => {
    const dora = center.as('studio', 'dora')
    const order = await dora.buy(SOLO, { promo_code: 'FREE' })
    expect(order).toMatchObject({ state: 'fulfilled', total: 0, payment_url: null, paid_at: null })
    expect(order.licenses).toHaveLength(1)
    expect((await dora.licenses()).data).toMatchObject([{ total: 2, status: 'active' }])
    expect(await statesOf('FREE')).toEqual(['counted'])
    await expectInvariants(center.system)
  })

  it('with auto-renewal opens a page that only saves a method, the first time', async () => {
    const erik = center.as('studio', 'erik')
    const auto = { ...SOLO, auto_renew: true }
    const order = await erik.buy(auto, { promo_code: 'FREE' })
    expect(order).toMatchObject({ state: 'pending', total: 0, licenses: [] })
    expect((await center.pay(order)).status).toBe(303)
    await center.told()
    expect(await erik.follow(order.id)).toMatchObject({ state: 'fulfilled', paid_at: null })
    expect((await erik.licenses()).data).toMatchObject([{ renewal_mode: 'auto' }])
    const again = await erik.buy(auto, { promo_code: 'FREE' })
    expect(again).toMatchObject({ state: 'fulfilled', payment_url: null })
    const { data } = await erik.licenses()
    expect(data.map(({ renewal_mode }) => renewal_mode)).toEqual(['auto', 'auto'])
    expect(center.system.stripe.truth.payments()).not.toContainEqual(
      expect.objectContaining({ orderId: order.id }),
    )
    await expectInvariants(center.system)
  })
})
