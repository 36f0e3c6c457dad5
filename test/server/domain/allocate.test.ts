import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from '../../../server/domain/allocate.ts'

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0)

describe('allocate()', () => {
  it.each([
    { why: 'by weight', total: 100, weights: [1, 3], parts: [25, 75] },
    { why: 'largest remainder first', total: 100, weights: [1, 1, 4], parts: [17, 17, 66] },
    { why: 'the earlier line at a tie', total: 100, weights: [1, 1, 1], parts: [34, 33, 33] },
    { why: 'nothing to a line of nothing', total: 7, weights: [0, 5, 0], parts: [0, 7, 0] },
    { why: 'nothing at all', total: 0, weights: [0, 0], parts: [0, 0] },
  ])('$why: $total over $weights', ({ total, weights, parts }) => {
    expect(allocate(total, weights)).toEqual(parts)
  })

  it('hands out whole steps: KWD ends in 0', () => {
    expect(allocate(100, [1, 1, 1], 10)).toEqual([40, 30, 30])
  })

  it('sums to the whole, takes no more from a line than it has, and is off by less than a step', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 100_000_000 }), { minLength: 1 })
    const share = fc.integer({ min: 0, max: 1000 })
    fc.assert(
      fc.property(weights, share, fc.constantFrom(1, 10), (lines, perMille, step) => {
        const amounts = lines.map((line) => line * step)
        const all = sum(amounts)
        const total = Math.floor((all / step / 1000) * perMille) * step
        const parts = allocate(total, amounts, step)
        expect(sum(parts)).toBe(total)
        for (const [index, part] of parts.entries()) {
          const amount = amounts[index] ?? 0
          expect(part).toBeLessThanOrEqual(amount)
          expect(part % step).toBe(0)
          const off = BigInt(part) * BigInt(all) - BigInt(total) * BigInt(amount)
          expect(all === 0 || (off < 0n ? -off : off) < BigInt(all) * BigInt(step)).toBe(true)
        }
      }),
    )
  })

  it.each([
    { why: 'nobody to take it', total: 1, weights: [0], step: 1 },
    { why: 'half a step', total: 5, weights: [1], step: 10 },
    { why: 'less than nothing', total: -1, weights: [1], step: 1 },
  ])('throws for $why: a bug', ({ total, weights, step }) => {
    expect(() => allocate(total, weights, step)).toThrow(RangeError)
  })
})
