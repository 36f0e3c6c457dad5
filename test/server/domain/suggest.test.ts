import { describe, expect, it } from 'vitest'
import { nearestWord } from '../../../server/domain/suggest.ts'

const known = ['month', 'year', 'auto_renewal', 'auto_renewal_lead_days', 'USD']

const LETTERS = ['a', 'b', 'c']
const lengthened = (words: readonly string[]) =>
  words.flatMap((word) => LETTERS.map((letter) => word + letter))
/** All of one to three of these letters. */
const WORDS = [LETTERS, lengthened(LETTERS), lengthened(lengthened(LETTERS))].flat()

/** All words that are one slip of the fingers away. */
function slips(word: string): ReadonlySet<string> {
  const places = Array.from({ length: word.length + 1 }, (_, place) => place)
  return new Set(
    places.flatMap((place) => {
      const [before, at, next, after] = [
        word.slice(0, place),
        word.slice(place, place + 1),
        word.slice(place + 1, place + 2),
        word.slice(place + 2),
      ]
      return [
        ...LETTERS.map((letter) => before + letter + at + next + after),
        ...LETTERS.map((letter) => before + letter + next + after),
        before + next + after,
        before + next + at + after,
      ]
    }),
  )
}

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

  it('finds a short word by what is one slip away from it: a letter more, less, other, or two swapped', () => {
    for (const typed of WORDS) {
      const near = slips(typed)
      for (const known of WORDS) {
        const isMeant = typed !== known && near.has(known)
        expect(nearestWord(typed, [known]), `${typed} for ${known}`).toBe(isMeant ? known : null)
      }
    }
  })

  it('takes two slips in a word of six letters, and three in one of nine', () => {
    expect(nearestWord('mnothh', ['month'])).toBe('month')
    expect(nearestWord('mntohh', ['month'])).toBeNull()
    expect(nearestWord('nuit_amonut', ['unit_amount'])).toBe('unit_amount')
  })

  it('takes the first of two that are equally near', () => {
    expect(nearestWord('cat', ['bat', 'hat'])).toBe('bat')
  })

  it('answers at once for a word of a million letters', () => {
    expect(nearestWord('x'.repeat(1_000_000), known)).toBeNull()
  })
})
