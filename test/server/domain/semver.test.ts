import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, isSemver, isSameLine } from '../../../server/domain/semver.ts'

/** Section 11 of semver.org, oldest first. */
const ORDER = [
  '0.9.0',
  '1.0.0-9',
  '1.0.0-10',
  '1.0.0-1a',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0-rc1',
  '1.0.0',
  '1.2.0',
  '1.10.0',
  '2.0.0',
  '99999999999999999999.0.0',
]

describe('compareVersions()', () => {
  it('orders every pair as semver.org does', () => {
    for (const [at, one] of ORDER.entries()) {
      for (const [against, other] of ORDER.entries()) {
        expect(Math.sign(compareVersions(one, other)), `${one} ${other}`).toBe(
          Math.sign(at - against),
        )
      }
    }
  })

  it('does not look at build metadata', () => {
    expect(compareVersions('1.0.0+one', '1.0.0+two')).toBe(0)
  })

  it('compares numbers as numbers', () => {
    const number = fc.nat({ max: 1000 })
    fc.assert(
      fc.property(fc.tuple(number, number, number), fc.tuple(number, number, number), (a, b) => {
        const at = a.findIndex((part, index) => part !== b[index])
        const expected = at < 0 ? 0 : Math.sign((a[at] ?? 0) - (b[at] ?? 0))
        expect(Math.sign(compareVersions(a.join('.'), b.join('.')))).toBe(expected)
      }),
    )
  })
})

describe('isSemver()', () => {
  it.each(['1', '1.2', 'v1.2.3', '01.2.3', '1.2.3-', '1.2.3-01', '1.2.3 ', '', '1.2.3.4'])(
    'knows that “%s” is none',
    (text) => expect(isSemver(text)).toBe(false),
  )
  it.each(['1.0.0-0.10.a1-.0b', '10.20.30-1a.0+0x.b-.01', '1.0.0--'])(
    'knows every form: %s',
    (text) => expect(isSemver(text)).toBe(true),
  )

  it('knows versions of 64 characters at most', () => {
    const long = `1.0.0-${'a'.repeat(58)}`
    expect([isSemver(long), isSemver(`${long}a`)]).toEqual([true, false])
  })

  it('guards the others: to compare what is no version is a bug', () => {
    expect(() => compareVersions('1.0.0', '1.0')).toThrow(RangeError)
  })

  it.each(ORDER)('knows %s', (text) => expect(isSemver(text)).toBe(true))
})

it('isSameLine() looks at major and minor', () => {
  expect(isSameLine('2.3.0', '2.3.9-rc.1')).toBe(true)
  expect(isSameLine('2.3.0', '2.4.0')).toBe(false)
  expect(isSameLine('2.3.0', '3.3.0')).toBe(false)
})
