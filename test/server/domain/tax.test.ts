import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentText, taxNote, taxOf } from '../../../server/domain/tax.ts'

const exclusive = { name: 'VAT', rate_bp: 1900, mode: 'exclusive' } as const
const inclusive = { ...exclusive, mode: 'inclusive' } as const

describe('taxOf()', () => {
  it.each([
    { why: 'added to the amount', rule: exclusive, amount: 10_000, currency: 'USD', tax: 1900 },
    { why: 'contained in the amount', rule: inclusive, amount: 11_900, currency: 'USD', tax: 1900 },
    { why: 'half up', rule: exclusive, amount: 50, currency: 'USD', tax: 10 },
    {
      why: 'to the step of the currency',
      rule: exclusive,
      amount: 1000,
      currency: 'KWD',
      tax: 190,
    },
    { why: 'of nothing', rule: exclusive, amount: 0, currency: 'USD', tax: 0 },
  ])('$why: $tax of $amount $currency', ({ rule, amount, currency, tax }) => {
    expect(taxOf(amount, rule, currency)).toBe(tax)
  })

  it('P16: finds in a gross amount the tax that was added to its net, for every quantity', () => {
    const rate = fc.integer({ min: 0, max: 10_000 })
    const quantity = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(rate, quantity, fc.integer({ min: 1, max: 9999 }), (rate_bp, units, price) => {
        const net = units * price
        const added = taxOf(net, { ...exclusive, rate_bp }, 'USD')
        expect(taxOf(net + added, { ...inclusive, rate_bp }, 'USD')).toBe(added)
      }),
    )
  })
})

describe('taxNote()', () => {
  it('says what the tax is called, how much it is and where it is', () => {
    expect(taxNote(inclusive)).toEqual({ name: 'VAT', percent: '19', mode: 'inclusive' })
  })

  it.each([
    [825, '8.25'],
    [1900, '19'],
    [750, '7.5'],
    [5, '0.05'],
    [0, '0'],
    [10_000, '100'],
  ])('writes %i basis points as %s percent', (basisPoints, text) => {
    expect(percentText(basisPoints)).toBe(text)
  })
})
