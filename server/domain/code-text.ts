/**
 * Bytes as people copy them by hand, from a screen to a machine without a network. The format is
 * published:
 *
 *     DV3K0-4Z8M1-Q7N5C-2R9FT-H6WJB     a line: 24 characters of data and a check character
 *     8YA2S-0P
 *
 * - **Alphabet**: Crockford base32; case, spaces, line breaks and hyphens do not matter, `O` is read as
 *   `0`, `I` and `L` as `1`. Five bits a character, most significant first, the last one filled with 0.
 * - **Lines** of 24 characters, the last one shorter; each ends in its own check character, so that a
 *   mistake is told by its line.
 * - **Check** over GF(32) (x⁵ + x² + 1, α = 2): start with the number of the line (1 for the first, mod
 *   31, plus 1); for each character c: c + α · what was before; the check character is α times the last.
 *
 * Every change of one character, every swap of two neighbours and every swap of two lines is found.
 */
import { asCrockford, BITS_PER_CHARACTER, CROCKFORD, multiply, withoutSeparators } from './gf32.ts'

const DATA_IN_LINE = 24
const LINE_LENGTH = DATA_IN_LINE + 1
const GROUP_LENGTH = 5
const BYTE_BITS = 8
/** Longer pastes are no code, and are not worth reading. */
const LONGEST_TEXT = 2000

export type ReadCode =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  /** Where to look again: the first line that does not fit, from 1; null when it is no such code. */
  | { readonly mistakenLine: number | null }

/** @param bytes  at least one */
export function codeText(bytes: Uint8Array): string {
  const values = valuesOf(bytes)
  const lines: string[] = []
  for (let start = 0; start < values.length; start += DATA_IN_LINE) {
    const data = values.slice(start, start + DATA_IN_LINE)
    const checked = [...data, checkOf(data, lines.length)]
    lines.push(grouped(checked.map((value) => CROCKFORD.charAt(value)).join('')))
  }
  return lines.join('\n')
}

export function readCode(text: string): ReadCode {
  if (text.length > LONGEST_TEXT) return { mistakenLine: null }
  const characters = asCrockford(withoutSeparators(text))
  const values = [...characters].map((character) => CROCKFORD.indexOf(character))
  if (values.length < 2) return { mistakenLine: null }
  const data: number[] = []
  for (let start = 0, line = 0; start < values.length; start += LINE_LENGTH, line += 1) {
    const read = values.slice(start, start + LINE_LENGTH)
    if (!isLine(read, line)) return { mistakenLine: line + 1 }
    data.push(...read.slice(0, -1))
  }
  const bytes = bytesOf(data)
  return bytes === null ? { mistakenLine: Math.ceil(values.length / LINE_LENGTH) } : { bytes }
}

/** Groups of five, joined by hyphens. */
function grouped(line: string): string {
  const groups: string[] = []
  for (let start = 0; start < line.length; start += GROUP_LENGTH) {
    groups.push(line.slice(start, start + GROUP_LENGTH))
  }
  return groups.join('-')
}

function isLine(read: readonly number[], line: number): boolean {
  if (read.length < 2 || read.includes(-1)) return false
  return checkOf(read.slice(0, -1), line) === read.at(-1)
}

/** Numbers of lines are told apart up to 31 of them; a code has ten at most. */
const LINE_NUMBERS = 31

function checkOf(data: readonly number[], line: number): number {
  let sum = (line % LINE_NUMBERS) + 1
  for (const value of data) sum = multiply(sum, 2) ^ value
  return multiply(sum, 2)
}

function valuesOf(bytes: Uint8Array): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(BYTE_BITS, '0')).join('')
  const count = Math.ceil(bits.length / BITS_PER_CHARACTER)
  const filled = bits.padEnd(count * BITS_PER_CHARACTER, '0')
  return Array.from({ length: count }, (_, index) =>
    Number.parseInt(filled.slice(index * BITS_PER_CHARACTER, (index + 1) * BITS_PER_CHARACTER), 2),
  )
}

/** @returns null when characters or bits are left over */
function bytesOf(values: readonly number[]): Uint8Array<ArrayBuffer> | null {
  const bits = values.map((value) => value.toString(2).padStart(BITS_PER_CHARACTER, '0')).join('')
  const rest = bits.length % BYTE_BITS
  if (rest >= BITS_PER_CHARACTER || bits.slice(bits.length - rest).includes('1')) return null
  const whole = bits.slice(0, bits.length - rest).match(/[01]{8}/g) ?? []
  return Uint8Array.from(whole, (byte) => Number.parseInt(byte, 2))
}
