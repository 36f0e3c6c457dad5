import fc from 'fast-check'
import { typeid } from 'typeid-js'
import { describe, expect, it } from 'vitest'
import { ID_PREFIXES, isId } from '../../../server/domain/ids.ts'

const prefixes = fc.constantFrom(...ID_PREFIXES)

describe('isId()', () => {
  it('knows every id that is made, under its own prefix only', () => {
    fc.assert(
      fc.property(prefixes, prefixes, (prefix, other) => {
        const id = typeid(prefix).toString()
        expect(isId(prefix, id)).toBe(true)
        expect(isId(other, id)).toBe(prefix === other)
      }),
    )
  })

  it('refuses an id with anything before, behind or missing', () => {
    fc.assert(
      fc.property(prefixes, fc.string({ minLength: 1 }), fc.nat(29), (prefix, extra, index) => {
        const id = typeid(prefix).toString()
        expect(isId(prefix, id + extra)).toBe(false)
        expect(isId(prefix, extra + id)).toBe(false)
        expect(isId(prefix, id.slice(0, index) + id.slice(index + 1))).toBe(false)
        expect(isId(prefix, id.toUpperCase())).toBe(false)
      }),
    )
  })

  it('refuses any other text without throwing', () => {
    fc.assert(
      fc.property(prefixes, fc.string({ unit: 'binary' }), (prefix, text) => {
        expect(isId(prefix, text)).toBe(false)
        expect(isId(prefix, `${prefix}_${text}`)).toBe(false)
      }),
    )
  })

  it.each(['lic_', 'lic_80000000000000000000000000', `lic_${'u'.repeat(26)}`])(
    'refuses %s',
    (text) => {
      expect(isId('lic', text)).toBe(false)
    },
  )
})
