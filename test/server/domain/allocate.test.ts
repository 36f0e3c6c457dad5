import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from '../../../server/domain/allocate.ts'

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0)

describe('allocate()', () => {
  it.each([
    { why: 'by weight', total: 100, weights: [1, 3], parts: [25, 75] },
    { why: 'largest remainder last', total: 7, weights: [2, 3, 5], parts: [1, 2, 4] },
    { why: 'largest remainder in between', total: 7, weights: [2, 5, 3], parts: [1, 4, 2] },
    { why: 'the two largest remainders', total: 4, weights: [3, 3, 1, 2], parts: [1, 1, 1, 1] },
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

  it('rounds up where most is missing, and at a tie the earlier line', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 200 }), (lines, total) => {
        const all = sum(lines)
        const parts = allocate(total, lines)
        const missing = lines.map((line) => (total * line) % all)
        const isUp = parts.map((part, index) => part * all > total * (lines[index] ?? 0))
        for (const [up, isFavoured] of isUp.entries()) {
          for (const [down, isOther] of isUp.entries()) {
            if (!isFavoured || isOther) continue
            const more = (missing[up] ?? 0) - (missing[down] ?? 0)
            expect(more > 0 || (more === 0 && up < down)).toBe(true)
          }
        }
      }),
    )
  })

  it.each([
    { why: 'nothing to split over', total: 1, weights: [0], step: 1 },
    { why: 'total: 5', total: 5, weights: [1], step: 10 },
    { why: 'total: -1', total: -1, weights: [1], step: 1 },
  ])('throws "$why": a bug', ({ why, total, weights, step }) => {
    expect(() => allocate(total, weights, step)).toThrow(new RangeError(why))
  })
})
