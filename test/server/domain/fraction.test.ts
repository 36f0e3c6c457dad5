import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fraction,
  isGreater,
  ONE,
  plus,
  roundHalfUp,
  roundToMinor,
  times,
  ZERO,
} from '../../../server/domain/fraction.ts'

const whole = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
const positive = fc.bigInt({ min: 1n, max: 10n ** 6n })
const fractions = fc.tuple(whole, positive).map(([above, below]) => fraction(above, below))

describe('fractions', () => {
  it('stay exact: a third, three times, is one', () => {
    const third = fraction(1, 3)
    expect(plus(plus(third, third), third)).toEqual(fraction(1))
    expect(times(third, fraction(3))).toEqual(fraction(1))
  })

  it('change nothing by adding nothing, and by taking them once', () => {
    const third = fraction(1, 3)
    expect(plus(third, ZERO)).toEqual(third)
    expect(times(third, ONE)).toEqual(third)
  })

  it('are kept in lowest terms with a positive denominator', () => {
    expect(fraction(22, -28)).toEqual({ numerator: -11n, denominator: 14n })
    expect(fraction(0, 5)).toEqual({ numerator: 0n, denominator: 1n })
  })

  it('add and multiply in any order', () => {
    fc.assert(
      fc.property(fractions, fractions, fractions, (a, b, c) => {
        expect(plus(a, b)).toEqual(plus(b, a))
        expect(times(a, plus(b, c))).toEqual(plus(times(a, b), times(a, c)))
        expect(isGreater(plus(a, fraction(1)), a)).toBe(true)
      }),
    )
  })

  it('have no denominator 0 and no parts of numbers', () => {
    expect(() => fraction(1, 0)).toThrow(RangeError)
    expect(() => fraction(0.5)).toThrow(RangeError)
  })
})

describe('roundHalfUp()', () => {
  it.each([
    { above: 124_875, below: 2, step: 1, rounded: 62_438 },
    { above: 124_874, below: 2, step: 1, rounded: 62_437 },
    { above: 1, below: 2, step: 1, rounded: 1 },
    { above: 1, below: 3, step: 1, rounded: 0 },
    { above: -1, below: 2, step: 1, rounded: 0 },
    { above: -2, below: 3, step: 1, rounded: -1 },
    { above: -3, below: 2, step: 1, rounded: -1 },
    { above: 15, below: 1, step: 10, rounded: 20 },
    { above: 149, below: 10, step: 10, rounded: 10 },
  ])('rounds $above/$below in steps of $step to $rounded', ({ above, below, step, rounded }) => {
    expect(roundHalfUp(fraction(above, below), step)).toBe(rounded)
  })

  it('is never further off than half a step, and upwards only at exactly half', () => {
    const step = fc.constantFrom(1, 10)
    fc.assert(
      fc.property(fractions, step, (value, step) => {
        const error = plus(fraction(roundHalfUp(value, step)), times(value, fraction(-1)))
        const half = fraction(step, 2)
        expect(isGreater(error, half)).toBe(false)
        expect(isGreater(error, times(half, fraction(-1)))).toBe(true)
      }),
    )
  })

  it('answers no number that a computer cannot count to', () => {
    expect(() => roundHalfUp(fraction(2n ** 60n))).toThrow(RangeError)
  })
})

describe('roundToMinor()', () => {
  it('P15: rounds to what the currency can charge', () => {
    expect(roundToMinor(fraction(12_345, 10), 'USD')).toBe(1235)
    expect(roundToMinor(fraction(12_345, 10), 'JPY')).toBe(1235)
    expect(roundToMinor(fraction(12_345, 10), 'KWD')).toBe(1230)
  })
})
