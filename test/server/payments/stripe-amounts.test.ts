import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAmount } from '../../../demo/stripe/currencies.ts'
import { CURRENCY_CODES, currencyRules, toDecimal } from '../../../server/domain/money.ts'
import { fromStripeAmount, toStripeAmount } from '../../../server/payments/stripe-amounts.ts'
import { anOrder, startStripe } from '../../support/stripe.ts'

describe('P15: toStripeAmount()', () => {
  it.each([
    { why: '$5.00', ours: 500, currency: 'USD', stripe: 500 },
    { why: '¥500 has no decimals on either side', ours: 500, currency: 'JPY', stripe: 500 },
    { why: '₩7000 neither', ours: 7000, currency: 'KRW', stripe: 7000 },
    { why: 'KD 5.120 has three on both', ours: 5120, currency: 'KWD', stripe: 5120 },
    { why: '5 krónur have two at Stripe only', ours: 5, currency: 'ISK', stripe: 500 },
    { why: '5 shillings too', ours: 5, currency: 'UGX', stripe: 500 },
    { why: '5.00 ariary have none at Stripe', ours: 500, currency: 'MGA', stripe: 5 },
    { why: 'the case of the code does not matter', ours: 500, currency: 'jpy', stripe: 500 },
  ])('$why', ({ ours, currency, stripe }) => {
    expect(toStripeAmount(ours, currency)).toBe(stripe)
    expect(fromStripeAmount(stripe, currency)).toBe(ours)
  })

  it.each([
    { ours: 5124, currency: 'KWD' },
    { ours: 501, currency: 'MGA' },
  ])('refuses $ours $currency, which Stripe cannot charge exactly', ({ ours, currency }) => {
    expect(() => toStripeAmount(ours, currency)).toThrow(
      expect.objectContaining({ code: 'payment.refused' }),
    )
  })

  it.each([0.5, Number.NaN, 2 ** 53])('takes no %d', (amount) => {
    expect(() => toStripeAmount(amount, 'USD')).toThrow(RangeError)
  })

  it('and back is the same, in every currency that can be sold in', () => {
    const amount = fc.nat({ max: 9_999_999 })
    fc.assert(
      fc.property(fc.constantFrom(...CURRENCY_CODES), amount, (currency, steps) => {
        const ours = steps * currencyRules(currency).step
        expect(fromStripeAmount(toStripeAmount(ours, currency), currency)).toBe(ours)
      }),
    )
  })

  it('shows on the page what we mean, in every currency that can be sold in', () => {
    const amount = fc.nat({ max: 9_999_999 })
    fc.assert(
      fc.property(fc.constantFrom(...CURRENCY_CODES), amount, (currency, steps) => {
        const ours = steps * currencyRules(currency).step
        const shown = formatAmount(toStripeAmount(ours, currency), currency.toLowerCase())
        expect(shown.replaceAll(/[^\d.]/g, '')).toBe(toDecimal(ours, currency))
      }),
    )
  })

  it.each(CURRENCY_CODES.filter((code) => !['CNY', 'KRW', 'KWD', 'BHD'].includes(code)))(
    'our minimum in %s is one that the provider takes, and one less is refused',
    async (currency) => {
      const world = await startStripe()
      const { minimum } = currencyRules(currency)
      const open = async (unitAmount: number, attempt: number) => {
        const lines = [{ name: 'DR License', description: '', quantity: 1, unitAmount }]
        const order = await anOrder(world, { currency, lines, attempt, total: unitAmount })
        return world.payments.openCheckout(order)
      }
      expect(await open(minimum, 1)).toMatchObject({ currency, amountTotal: minimum })
      await expect(open(minimum - 1, 2)).rejects.toMatchObject({ code: 'payment.refused' })
    },
  )
})
