/**
 * Exact rational numbers on BigInt. Between a price and the amount of a line there is no rounding
 * and no binary fraction (R11): 1/12 of a year and 22/28 of a month stay what they are.
 */
import { currencyRules } from './money.ts'

/** In lowest terms; the denominator is positive. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n }
export const ONE: Fraction = { numerator: 1n, denominator: 1n }

/** @throws RangeError when the denominator is 0 or a number is not whole: a bug. */
export function fraction(numerator: number | bigint, denominator: number | bigint = 1n): Fraction {
  return lowestTerms(BigInt(numerator), BigInt(denominator))
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return lowestTerms(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  )
}

export function times(a: Fraction, b: Fraction): Fraction {
  return lowestTerms(a.numerator * b.numerator, a.denominator * b.denominator)
}

export function isGreater(a: Fraction, b: Fraction): boolean {
  return a.numerator * b.denominator > b.numerator * a.denominator
}

/**
 * The one rounding of a line (R11): half up, to the next multiple of `step`.
 *
 * @throws RangeError when the result is not a safe integer: amounts are bounded before (see
 *         `currencyRules().maximum`), so this is a bug.
 */
export function roundHalfUp(value: Fraction, step = 1): number {
  const units = value.denominator * BigInt(step)
  const rounded = floorDivide(2n * value.numerator + units, 2n * units) * BigInt(step)
  const result = Number(rounded)
  if (!Number.isSafeInteger(result)) throw new RangeError(`amount out of bounds: ${rounded}`)
  return result
}

/** Rounds an exact amount of minor units to what can be charged in that currency. */
export function roundToMinor(value: Fraction, currency: string): number {
  return roundHalfUp(value, currencyRules(currency).step)
}

function lowestTerms(numerator: bigint, denominator: bigint): Fraction {
  if (denominator === 0n) throw new RangeError('denominator: 0')
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}

function floorDivide(numerator: bigint, positiveDenominator: bigint): bigint {
  const quotient = numerator / positiveDenominator
  return numerator < 0n && numerator % positiveDenominator !== 0n ? quotient - 1n : quotient
}
