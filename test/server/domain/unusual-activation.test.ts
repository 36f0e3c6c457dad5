import { describe, expect, it } from 'vitest'
import { isUnusual } from '../../../server/domain/unusual-activation.ts'

const rule = { new_installations: 3, networks: 2, within_hours: 24 }
const seen = (...places: [id: string, network: string | null][]) =>
  places.map(([id, network]) => ({ id, network }))

describe('isUnusual() (S86)', () => {
  it('is true from as many installations and networks on as the rule names', () => {
    expect(isUnusual(rule, seen(['a', '10.1'], ['b', '10.1'], ['c', '10.2']))).toBe(true)
    expect(isUnusual(rule, seen(['a', '10.1'], ['b', '10.2']))).toBe(false)
    expect(isUnusual(rule, seen(['a', '10.1'], ['b', '10.1'], ['c', '10.1']))).toBe(false)
  })

  it('counts an installation that comes again once, and no network that nobody knows', () => {
    expect(isUnusual(rule, seen(['a', '10.1'], ['a', '10.2'], ['b', '10.3']))).toBe(false)
    expect(isUnusual(rule, seen(['a', '10.1'], ['b', null], ['c', null]))).toBe(false)
  })

  it('is never true without a rule', () => {
    expect(isUnusual(undefined, seen(['a', '10.1'], ['b', '10.2'], ['c', '10.3']))).toBe(false)
  })
})
