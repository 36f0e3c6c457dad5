import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { impossible, type Impossible } from '../../../server/domain/renewal-refusals.ts'
import { RENEWAL_WORDS } from '../../../server/domain/renewal-words.ts'
import { idOf, renewable } from '../../support/renewals.ts'

const words = RENEWAL_WORDS.en
const pointer = '/renewals/0/license_id'
const both = renewable(undefined, {
  openOrderId: 'ord_01h455vb4pex5vsknk084sn02q',
  underReviewAt: at('2024-03-01T00:00:00Z'),
})
const refused = (problem: Omit<Impossible, 'pointer'>, asked: number) =>
  impossible([{ pointer, ...problem }], asked, words)

describe('a license that cannot be extended', () => {
  it('is refused for the reason that was found, whatever order is open besides', () => {
    const detail = words.reasons.under_review
    const problem = { license: both, reason: 'under_review' as const }
    expect(refused(problem, 1)).toMatchObject({
      code: 'license.not_renewable',
      detail: { detail, facts: { reason: 'under_review' }, errors: [{ pointer, detail }] },
    })
    const many = refused(problem, 2)
    expect(many.code).toBe('renewals.not_possible')
    expect(many.detail.errors).toEqual([{ pointer, detail, license_id: idOf(1) }])
  })

  it('that never renews has no reason to name', () => {
    const { code, detail } = refused({ license: both, reason: null }, 1)
    expect([code, detail.facts]).toEqual(['license.not_renewable', {}])
    expect(detail.detail).toBe(words.never)
  })

  it('is refused in the words that say more, where there are such', () => {
    const { detail } = refused({ license: both, reason: null, detail: 'Until May only.' }, 1)
    expect(detail.detail).toBe('Until May only.')
  })
})
