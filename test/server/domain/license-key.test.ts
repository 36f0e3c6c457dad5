import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LICENSE_KEY_BYTES,
  lastFour,
  makeLicenseKey,
  maskLicenseKey,
  normaliseLicenseKey,
} from '../../../server/domain/license-key.ts'

const prefixes = fc.stringMatching(/^[A-Z]{2,8}$/)
const bytes = fc.uint8Array({ minLength: LICENSE_KEY_BYTES, maxLength: LICENSE_KEY_BYTES })
const keys = fc.tuple(prefixes, bytes).map(([prefix, random]) => makeLicenseKey(prefix, random))
const TYPEABLE = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** A mistake is caught when it is refused, or when it is read as the very same key (O for 0). */
function expectCaught(key: string, mistake: string) {
  expect([null, key], `${key} mistyped as ${mistake}`).toContain(normaliseLicenseKey(mistake))
}

function charactersOf(key: string): number[] {
  return [...key].flatMap((character, index) => (character === '-' ? [] : [index]))
}

describe('makeLicenseKey()', () => {
  it('writes the product prefix and seven groups of Crockford base32', () => {
    fc.assert(
      fc.property(prefixes, bytes, (prefix, random) => {
        const key = makeLicenseKey(prefix, random)
        expect(key).toMatch(new RegExp(`^${prefix}(-[0-9A-HJKMNP-TV-Z]{4}){7}$`))
        expect(normaliseLicenseKey(key)).toBe(key)
      }),
    )
  })

  it('keeps all 130 random bits: each of them changes the key', () => {
    const zero = makeLicenseKey('RCV', new Uint8Array(LICENSE_KEY_BYTES))
    const made = Array.from({ length: 130 }, (_, bit) => {
      const random = new Uint8Array(LICENSE_KEY_BYTES)
      random[bit >> 3] = 128 >> (bit & 7)
      return makeLicenseKey('RCV', random)
    })
    expect(new Set([zero, ...made]).size).toBe(131)
  })

  it('is the published format: known bytes make a known key', () => {
    const random = Uint8Array.from({ length: LICENSE_KEY_BYTES }, (_, index) => index * 15)
    expect(makeLicenseKey('RCV', random)).toBe('RCV-007H-WB9W-9DD6-JY47-JTJV-9GYJ-W74G')
  })

  it.each(['', 'R', 'rcv', 'R2', 'ABCDEFGHI'])('a prefix %j is a bug', (prefix) => {
    expect(() => makeLicenseKey(prefix, new Uint8Array(LICENSE_KEY_BYTES))).toThrow(RangeError)
  })

  it('too few bytes are a bug', () => {
    expect(() => makeLicenseKey('RCV', new Uint8Array(LICENSE_KEY_BYTES - 1))).toThrow(RangeError)
  })
})

describe('normaliseLicenseKey()', () => {
  it('reads any case, spaces, no hyphens, long dashes, full width, and O, I, L for 0, 1, 1', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const [prefix = '', ...groups] = key.split('-')
        const body = groups.join('-')
        const writings = [
          key.toLowerCase(),
          ` ${key.replaceAll('-', '  ')}\n`,
          key.replaceAll('-', ''),
          key.replaceAll('-', '–'),
          `${prefix}-${body.replaceAll('0', 'O').replaceAll('1', 'I')}`,
          `${prefix}-${body.replaceAll('0', 'o').replaceAll('1', 'l')}`,
          key.replaceAll(/[A-Z0-9]/g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0)),
        ]
        for (const writing of writings) expect(normaliseLicenseKey(writing), writing).toBe(key)
      }),
    )
  })

  it('rejects every key with one character changed, prefix and check characters included', () => {
    fc.assert(
      fc.property(keys, (key) => {
        for (const index of charactersOf(key)) {
          for (const other of TYPEABLE) {
            expectCaught(key, key.slice(0, index) + other + key.slice(index + 1))
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  it('rejects every key with two neighbours swapped, across the hyphens too', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const places = charactersOf(key)
        for (const [position, index] of places.slice(1).entries()) {
          const swapped = [...key]
          const before = places[position] ?? 0
          swapped[index] = key.charAt(before)
          swapped[before] = key.charAt(index)
          expectCaught(key, swapped.join(''))
        }
      }),
    )
  })

  it('rejects every key with two characters of the body changed', () => {
    const change = fc.record({ at: fc.nat(27), to: fc.constantFrom(...TYPEABLE) })
    fc.assert(
      fc.property(keys, change, change, (key, first, second) => {
        const places = charactersOf(key).slice(-28)
        const mistyped = [...key]
        for (const { at, to } of [first, second]) mistyped[places[at] ?? 0] = to
        expectCaught(key, mistyped.join(''))
      }),
      { numRuns: 1_000 },
    )
  })

  it('never reads a key with one character missing or one too many as that key', () => {
    fc.assert(
      fc.property(keys, fc.constantFrom(...TYPEABLE), (key, extra) => {
        for (const index of charactersOf(key).slice(-28)) {
          const shortened = normaliseLicenseKey(key.slice(0, index) + key.slice(index + 1))
          const lengthened = normaliseLicenseKey(key.slice(0, index) + extra + key.slice(index))
          expect(shortened).not.toBe(key)
          expect(lengthened).not.toBe(key)
        }
      }),
      { numRuns: 20 },
    )
  })

  it.each(['', '-', 'RCV', 'RCV-UUUU', '0'.repeat(31), '😀'.repeat(31), 'A'.repeat(1_000_000)])(
    'answers null to anything else',
    (text) => expect(normaliseLicenseKey(text)).toBeNull(),
  )

  it('answers null or a key that reads as itself, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const key = normaliseLicenseKey(text)
        if (key !== null) expect(normaliseLicenseKey(key)).toBe(key)
      }),
    )
  })
})

describe('what may be shown', () => {
  it('is the prefix and the last group', () => {
    const key = makeLicenseKey('RCV', new Uint8Array(LICENSE_KEY_BYTES).fill(200))
    expect(lastFour(key)).toBe(key.slice(-4))
    expect(maskLicenseKey(key)).toBe(`RCV-••••-••••-••••-••••-••••-••••-${key.slice(-4)}`)
  })
})
