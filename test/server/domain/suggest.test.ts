import { describe, expect, it } from 'vitest'
import { nearestWord } from '../../../server/domain/suggest.ts'

const known = ['month', 'year', 'auto_renewal', 'auto_renewal_lead_days', 'USD']

describe('nearestWord()', () => {
  it.each([
    { typed: 'mnoth', meant: 'month' },
    { typed: 'Monthly', meant: 'month' },
    { typed: 'auto_renew', meant: 'auto_renewal' },
    { typed: 'usd', meant: 'USD' },
    { typed: 'UDS', meant: 'USD' },
    { typed: 'week', meant: null },
    { typed: '', meant: null },
  ])('takes "$typed" for $meant', ({ typed, meant }) => {
    expect(nearestWord(typed, known)).toBe(meant)
  })

  it('does not propose the very word that was typed, and knows no word among none', () => {
    expect(nearestWord('month', known)).toBeNull()
    expect(nearestWord('month', [])).toBeNull()
  })

  it('answers at once for a word of a million letters', () => {
    expect(nearestWord('x'.repeat(1_000_000), known)).toBeNull()
  })
})
