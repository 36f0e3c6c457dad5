/** Codes that are copied by hand: what is written is read, and what is mistyped is told by its line (S34). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeText, readCode } from '../../../server/domain/code-text.ts'
import { CROCKFORD } from '../../../server/domain/gf32.ts'
import { RUNS } from '../../support/laws.ts'

/** `size`: of many lines, too; else fast-check keeps to a dozen bytes. */
const bytes = fc.uint8Array({ minLength: 1, maxLength: 120, size: 'max' })

describe('codeText()', () => {
  it('is read back, however it was copied', () => {
    fc.assert(
      fc.property(bytes, (written) => {
        const text = codeText(written)
        const copies = [
          text,
          text.toLowerCase(),
          text.replaceAll('-', ' ').replaceAll('\n', '\r\n\r\n'),
          text.replaceAll(/[-\n]/g, ''),
          text.replaceAll('0', 'o').replaceAll('1', 'l'),
        ]
        for (const copy of copies) expect(readCode(copy)).toEqual({ bytes: written })
      }),
      RUNS,
    )
  })

  it('shows lines of five groups of five', () => {
    const text = codeText(new Uint8Array(21).fill(255))
    expect(text.split('\n').map((line) => line.split('-').map(({ length }) => length))).toEqual([
      [5, 5, 5, 5, 5],
      [5, 5, 1],
    ])
  })

  it('is a format that others can write: these are its first vectors', () => {
    expect(codeText(Uint8Array.of(0))).toBe('008')
    expect(codeText(Uint8Array.of(1, 2, 3))).toBe('04106-4')
  })
})

describe('a mistake', () => {
  it('in one character is told by its line', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 31 }), (written, place, shift) => {
        const text = codeText(written).replaceAll(/[-\n]/g, '')
        const at = place % text.length
        const other = CROCKFORD.charAt((CROCKFORD.indexOf(text.charAt(at)) + shift) % 32)
        const mistyped = text.slice(0, at) + other + text.slice(at + 1)
        expect(readCode(mistyped)).toEqual({ mistakenLine: Math.floor(at / 25) + 1 })
      }),
      RUNS,
    )
  })

  it('of two neighbours swapped, or two lines, is found', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), (written, place) => {
        const text = codeText(written).replaceAll(/[-\n]/g, '')
        const at = place % (text.length - 1)
        const [one = '', other = ''] = [text.charAt(at), text.charAt(at + 1)]
        const swapped = text.slice(0, at) + other + one + text.slice(at + 2)
        if (one !== other) expect(readCode(swapped)).toHaveProperty('mistakenLine')
        const lines = codeText(written).split('\n')
        const [first, second, ...rest] = lines
        if (second?.length !== first?.length || first?.slice(0, -1) === second?.slice(0, -1)) return
        expect(readCode([second, first, ...rest].join('\n'))).toMatchObject({ mistakenLine: 1 })
      }),
      RUNS,
    )
  })

  it('of a character too many, or of bits that say nothing, is told although its check is right', () => {
    expect(readCode('008')).toEqual({ bytes: Uint8Array.of(0) })
    expect(readCode('01A')).toEqual({ mistakenLine: 1 })
    expect(readCode('000G')).toEqual({ mistakenLine: 1 })
    const full = codeText(new Uint8Array(15))
    expect(readCode(full)).toEqual({ bytes: new Uint8Array(15) })
    for (const lone of CROCKFORD) expect(readCode(`${full}${lone}`)).toEqual({ mistakenLine: 2 })
  })

  it('of another kind is no code at all', () => {
    expect(readCode('')).toEqual({ mistakenLine: null })
    expect(readCode('0')).toEqual({ mistakenLine: null })
    expect(readCode('U'.repeat(25))).toEqual({ mistakenLine: 1 })
    expect(readCode('0'.repeat(3000))).toEqual({ mistakenLine: null })
    expect(readCode('😀\0 008')).toHaveProperty('mistakenLine')
  })
})
