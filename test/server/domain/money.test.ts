import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CURRENCY_CODES,
  currencyRules,
  formatMoney,
  toDecimal,
} from '../../../server/domain/money.ts'

describe('toDecimal()', () => {
  it.each([
    { amount: 7500, currency: 'USD', text: '75.00' },
    { amount: 5, currency: 'EUR', text: '0.05' },
    { amount: -50, currency: 'USD', text: '-0.50' },
    { amount: 500, currency: 'JPY', text: '500' },
    { amount: 6000, currency: 'KRW', text: '6000' },
    { amount: 1230, currency: 'KWD', text: '1.230' },
    { amount: 0, currency: 'BHD', text: '0.000' },
  ])('P15: $amount minor units of $currency are $text', ({ amount, currency, text }) => {
    expect(toDecimal(amount, currency)).toBe(text)
  })

  it('P15: loses nothing in any currency: the digits read back are the amount', () => {
    const amounts = fc.maxSafeInteger()
    fc.assert(
      fc.property(amounts, fc.constantFrom(...CURRENCY_CODES), (amount, currency) => {
        const text = toDecimal(amount, currency)
        expect(BigInt(text.replace('.', ''))).toBe(BigInt(amount))
        const [, decimals = ''] = text.split('.')
        expect(decimals).toHaveLength(currencyRules(currency).decimals)
      }),
    )
  })

  it('takes whole minor units only', () => {
    expect(() => toDecimal(0.5, 'USD')).toThrow(RangeError)
  })
})

describe('formatMoney()', () => {
  it.each([
    { amount: 7500, currency: 'USD', locale: 'en', text: '$75.00' },
    { amount: 7500, currency: 'USD', locale: 'zh-CN', text: 'US$75.00' },
    { amount: 500, currency: 'JPY', locale: 'en', text: '¥500' },
    { amount: 123_456_789, currency: 'EUR', locale: 'de', text: '1.234.567,89 €' },
    { amount: 1230, currency: 'KWD', locale: 'en', text: 'KWD 1.230' },
    {
      amount: 9_007_199_254_740_991,
      currency: 'USD',
      locale: 'en',
      text: '$90,071,992,547,409.91',
    },
  ])('writes $amount $currency in $locale', ({ amount, currency, locale, text }) => {
    expect(formatMoney(amount, currency, locale).replaceAll('\u00a0', ' ')).toBe(text)
  })

  it('P15: every currency that can be sold has digits, a step and a minimum that agree', () => {
    for (const currency of CURRENCY_CODES) {
      const { decimals, step, minimum, maximum } = currencyRules(currency)
      expect(step).toBe(decimals === 3 ? 10 : 1)
      expect([minimum % step, maximum % step]).toEqual([0, 0])
      expect(minimum).toBeLessThan(maximum)
    }
  })

  it('does not guess about a currency it does not know', () => {
    expect(() => formatMoney(1, 'XXX', 'en')).toThrow(RangeError)
  })
})
