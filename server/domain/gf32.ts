/** Crockford base32 as the field GF(32): what check characters of keys and codes are computed in. */

/** Values 0–31; read without `O`, `I`, `L`, which are taken for `0` and `1`, and without `U`. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export const BITS_PER_CHARACTER = 5
const FIELD_SIZE = 1 << BITS_PER_CHARACTER
/** x⁵ + x² + 1; its root α = 2 generates the field and has order 31. */
const POLYNOMIAL = 0b100101

/** Between groups, whatever a keyboard or a mail made of them. */
const SEPARATORS = /[\s\p{Pd}_]+/gu

/** Letters that people read wrongly. */
export function asCrockford(capitals: string): string {
  return capitals.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

/** Capitals without separators, full-width letters made plain. */
export function withoutSeparators(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(SEPARATORS, '')
}

/** Carry-less product of two field elements, reduced by the polynomial. */
export function multiply(one: number, other: number): number {
  let product = 0
  for (let bit = BITS_PER_CHARACTER - 1; bit >= 0; bit -= 1) {
    product <<= 1
    if (product & FIELD_SIZE) product ^= POLYNOMIAL
    if (other & (1 << bit)) product ^= one
  }
  return product
}

/** α to the power of n. */
export function power(exponent: number): number {
  let value = 1
  for (let step = 0; step < exponent % (FIELD_SIZE - 1); step += 1) value = multiply(value, 2)
  return value
}

/** The inverse of b is b³⁰, since b³¹ = 1 for all but 0. */
export function divide(dividend: number, divisor: number): number {
  let quotient = dividend
  for (let step = 0; step < FIELD_SIZE - 2; step += 1) quotient = multiply(quotient, divisor)
  return quotient
}
