/**
 * License keys, as customers copy, read out and type them. The format is published:
 *
 *     RCV-007H-WB9W-9DD6-JY47-JTJV-9GYJ-W74G
 *     └┬┘ └───────────── body ─────────────┘
 *     product prefix, 2–8 letters A–Z
 *
 * - **Alphabet** of the body: Crockford base32, `0123456789ABCDEFGHJKMNPQRSTVWXYZ`, values 0–31.
 *   Read without regard to case, spaces and hyphens; `O` is read as `0`, `I` and `L` as `1`.
 * - **Body**: 28 characters in seven groups. The first 26 are 130 random bits, most significant
 *   first; the last two are check characters.
 * - **Check**: all characters, prefix included, are a codeword over GF(32) (polynomial
 *   x⁵ + x² + 1, generator α = 2). With sᵢ the value of the i-th character from the right, i from 0:
 *   Σ sᵢ = 0 and Σ αⁱ·sᵢ = 0, where + is XOR. In the prefix a letter has its Crockford value, and
 *   the letters outside that alphabet have O = 0, I = 1, L = 2, U = 3.
 *
 * So every change of one character and every swap of two neighbours is rejected without asking the
 * database, and so is every change of two characters within the body.
 */
import {
  asCrockford,
  BITS_PER_CHARACTER,
  CROCKFORD,
  divide,
  multiply,
  power,
  withoutSeparators,
} from './gf32.ts'

const PREFIX_ALPHABET = 'OILU------ABCDEFGHJKMNPQRSTVWXYZ'
const PREFIX = /^[A-Z]{2,8}$/
/** Longer pastes are no key with spaces in it, and are not worth reading. */
const LONGEST_TEXT = 200
const DATA_LENGTH = 26
const BODY_LENGTH = 28
const FIVE_BITS = new RegExp(`[01]{${BITS_PER_CHARACTER}}`, 'g')
const GROUP_LENGTH = 4

/** Bytes that `makeLicenseKey` consumes: 130 bits, rounded up. */
export const LICENSE_KEY_BYTES = 17

/**
 * Makes a key in canonical form: capitals, groups joined by hyphens.
 *
 * @param prefix       two to eight capitals A–Z, per product
 * @param randomBytes  at least `LICENSE_KEY_BYTES` of cryptographic strength; the first 130 bits count
 * @throws RangeError for a malformed prefix or too few bytes (a bug)
 */
export function makeLicenseKey(prefix: string, randomBytes: Uint8Array): string {
  if (!PREFIX.test(prefix)) throw new RangeError(`license key prefix: ${prefix}`)
  if (randomBytes.length < LICENSE_KEY_BYTES) throw new RangeError(`${randomBytes.length} bytes`)
  const data = fiveBitValues(randomBytes).slice(0, DATA_LENGTH)
  const body = [...data, ...checkValues([...prefixValues(prefix), ...data])]
  return canonical(prefix, body.map((value) => CROCKFORD.charAt(value)).join(''))
}

/**
 * Reads a key as people write it. @returns the canonical form, or null when it cannot be a key:
 * its check characters do not fit, so that no typing mistake reaches the database
 */
export function normaliseLicenseKey(text: string): string | null {
  if (text.length > LONGEST_TEXT) return null
  const characters = withoutSeparators(text)
  const prefix = characters.slice(0, -BODY_LENGTH)
  const body = asCrockford(characters.slice(-BODY_LENGTH))
  const values = [...body].map((character) => CROCKFORD.indexOf(character))
  if (!PREFIX.test(prefix) || values.includes(-1)) return null
  return isCodeword([...prefixValues(prefix), ...values]) ? canonical(prefix, body) : null
}

/** The end that lists show. */
export function lastFour(canonicalKey: string): string {
  return canonicalKey.slice(-GROUP_LENGTH)
}

/** `RCV-••••-••••-••••-••••-••••-••••-W74G`: for screens and mails that must not show the key. */
export function maskLicenseKey(canonicalKey: string): string {
  const [prefix = '', ...groups] = canonicalKey.split('-')
  const hidden = groups.slice(0, -1).map(() => '•'.repeat(GROUP_LENGTH))
  return [prefix, ...hidden, lastFour(canonicalKey)].join('-')
}

function canonical(prefix: string, body: string): string {
  return [prefix, ...(body.match(/.{4}/g) ?? [])].join('-')
}

function prefixValues(prefix: string): number[] {
  return [...prefix].map((letter) => PREFIX_ALPHABET.indexOf(letter))
}

function fiveBitValues(bytes: Uint8Array): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const values = bits.match(FIVE_BITS) ?? []
  return values.map((value) => Number.parseInt(value, 2))
}

/** The two last values that complete a codeword: x + y = sum and α·x + y = weighted sum. */
function checkValues(values: readonly number[]): [number, number] {
  const { sum, weighted } = syndromes([...values, 0, 0])
  const x = divide(sum ^ weighted, power(1) ^ 1)
  return [x, sum ^ x]
}

function isCodeword(values: readonly number[]): boolean {
  const { sum, weighted } = syndromes(values)
  return sum === 0 && weighted === 0
}

function syndromes(values: readonly number[]): { sum: number; weighted: number } {
  let sum = 0
  let weighted = 0
  for (const [index, value] of values.toReversed().entries()) {
    sum ^= value
    weighted ^= multiply(value, power(index))
  }
  return { sum, weighted }
}
