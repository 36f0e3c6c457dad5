import { TypeID } from 'typeid-js'
import { describe, expect, it } from 'vitest'
import { ID_PREFIXES, isId } from '../../../server/domain/ids.ts'
import { createNewId } from '../../../server/runtime/ids.ts'
import { createTestClock } from '../../support/clock.ts'
import { randomBytes } from '../../support/secrets.ts'

describe('createNewId()', () => {
  it.each(ID_PREFIXES.map((prefix) => ({ prefix })))(
    'makes well-formed $prefix ids',
    ({ prefix }) => {
      const newId = createNewId(createTestClock().now, randomBytes)
      expect(isId(prefix, newId(prefix))).toBe(true)
    },
  )

  it('writes the clock, the version and the variant of RFC 9562 into the id', () => {
    const clock = createTestClock('2022-02-22T19:22:22Z')
    const newId = createNewId(clock.now, (length) => new Uint8Array(length).fill(0xff))
    expect(TypeID.fromString(newId('lic')).toUUID()).toBe('017f22e2-79b0-7fff-bfff-ffffffffffff')
  })

  it('makes ids that sort by the time they were made', () => {
    const clock = createTestClock()
    const newId = createNewId(clock.now, randomBytes)
    const ids = Array.from({ length: 50 }, () => {
      clock.advance({ milliseconds: 1 })
      return newId('ord')
    })
    expect(ids.toSorted()).toEqual(ids)
  })

  it('sorts those of one millisecond by the order in which they were made', () => {
    const newId = createNewId(createTestClock().now, randomBytes)
    const ids = Array.from({ length: 1000 }, () => newId('lic'))
    expect(ids.toSorted()).toEqual(ids)
  })

  it('never makes the same id twice', () => {
    const newId = createNewId(createTestClock().now, randomBytes)
    expect(new Set(Array.from({ length: 10_000 }, () => newId('evt'))).size).toBe(10_000)
  })
})
