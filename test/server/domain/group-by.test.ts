import { describe, expect, it } from 'vitest'
import { groupBy } from '../../../server/domain/group-by.ts'

describe('groupBy()', () => {
  it('keeps the order of items within a group, and of groups by their first item', () => {
    const groups = groupBy([3, 1, 4, 1, 5, 9, 2, 6], (number) => number % 2)
    expect([...groups]).toEqual([
      [1, [3, 1, 1, 5, 9]],
      [0, [4, 2, 6]],
    ])
  })

  it('has no group of nothing', () => {
    expect(groupBy([], String).size).toBe(0)
  })
})
