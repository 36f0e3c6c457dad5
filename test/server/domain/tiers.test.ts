import { describe, expect, it } from 'vitest'
import { unitPrice } from '../../../server/domain/tiers.ts'

const price = {
  currency: 'USD',
  unit_amount: 1500,
  tiers: [
    { from: 20, unit_amount: 1300 },
    { from: 100, unit_amount: 1100 },
  ],
}

describe('unitPrice()', () => {
  it.each([
    { units: 1, unitAmount: 1500, tierFrom: null },
    { units: 19, unitAmount: 1500, tierFrom: null },
    { units: 20, unitAmount: 1300, tierFrom: 20 },
    { units: 99, unitAmount: 1300, tierFrom: 20 },
    { units: 100, unitAmount: 1100, tierFrom: 100 },
    { units: 100_000, unitAmount: 1100, tierFrom: 100 },
  ])('$units units cost $unitAmount each', ({ units, ...expected }) => {
    expect(unitPrice(price, units)).toEqual(expected)
  })
})
