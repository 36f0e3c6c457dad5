import { describe, expect, it } from 'vitest'
import { copiesOf, distinctMethods } from '../../../server/domain/saved-methods.ts'

const method = (id: string, fingerprint: string | null, isDefault = false) => ({
  id,
  fingerprint,
  isDefault,
})
const idsOf = (methods: readonly { id: string }[]) => methods.map(({ id }) => id)

describe('distinctMethods()', () => {
  it('lists a card that was saved twice once: its newest copy', () => {
    const saved = [method('third', 'a'), method('second', 'b'), method('first', 'a')]
    expect(idsOf(distinctMethods(saved))).toEqual(['third', 'second'])
  })

  it('lists the copy that is charged, where one is the default', () => {
    const saved = [method('third', 'a'), method('second', 'b'), method('first', 'a', true)]
    expect(idsOf(distinctMethods(saved))).toEqual(['second', 'first'])
  })

  it('takes nothing together that the provider cannot tell', () => {
    const saved = [method('second', null), method('first', null)]
    expect(idsOf(distinctMethods(saved))).toEqual(['second', 'first'])
    expect(copiesOf(saved, 'first')).toEqual(['first'])
  })
})

describe('copiesOf()', () => {
  const saved = [method('third', 'a'), method('second', 'b'), method('first', 'a')]

  it('are all that a removal has to remove', () => {
    expect(copiesOf(saved, 'third')).toEqual(['third', 'first'])
  })

  it('are none of a method that is not there', () => {
    expect(copiesOf(saved, 'gone')).toEqual([])
  })
})
