import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { paidUntilAfter, returnedShare } from '../../../server/domain/co-term-share.ts'

const anchor = { day: 31, time: '16:55:10', zone: 'UTC' }
const units = (boughtAt: string, paidUntil: string, gross = 30_000) => ({
  gross,
  currency: 'USD',
  boughtAt: at(boughtAt),
  paidUntil: at(paidUntil),
})

describe('returnedShare()', () => {
  const two = units('2027-01-31T16:55:10Z', '2027-03-31T16:55:10Z')

  it.each([
    { why: 'one of two months', endsAt: '2027-02-28T16:55:10Z', share: 15_000 },
    { why: 'nothing while the end stays', endsAt: '2027-03-31T16:55:10Z', share: 0 },
    { why: 'nothing when the end is later', endsAt: '2027-04-30T16:55:10Z', share: 0 },
    { why: 'all when nothing of it is left', endsAt: '2027-01-31T16:55:10Z', share: 30_000 },
  ])('$why: until $endsAt → $share', ({ endsAt, share }) => {
    expect(returnedShare(two, at(endsAt), anchor)).toBe(share)
  })

  it('counts dates by natural months, as they were priced (R12)', () => {
    // 16 of 31 days of March, and April.
    const some = units('2027-03-15T10:00:00Z', '2027-04-30T16:55:10Z', 22_742)
    expect(returnedShare(some, at('2027-03-31T16:55:10Z'), anchor)).toBe(15_000)
  })
})

describe('paidUntilAfter()', () => {
  it('is the new end, or as many months earlier where a later renewal came on top', () => {
    const ends = { endBefore: at('2027-03-31T16:55:10Z'), endAfter: at('2027-02-28T16:55:10Z') }
    const until = (paid: string) => paidUntilAfter(at(paid), 1, anchor, ends).toString()
    expect(until('2027-03-31T16:55:10Z')).toBe('2027-02-28T16:55:10Z')
    expect(until('2027-05-31T16:55:10Z')).toBe('2027-04-30T16:55:10Z')
  })
  it('is the new end also where that is now, and not months earlier', () => {
    const endBefore = at('2027-03-31T16:55:10Z')
    const ends = { endBefore, endAfter: at('2027-03-10T12:00:00Z') }
    expect(paidUntilAfter(endBefore, 1, anchor, ends)).toBe(ends.endAfter)
  })

  it('stays where no months are gone, also off the anchor', () => {
    const paid = at('2027-05-15T08:00:00Z')
    const ends = { endBefore: at('2027-06-30T16:55:10Z'), endAfter: at('2027-06-20T16:55:10Z') }
    expect(paidUntilAfter(paid, 0, anchor, ends)).toBe(paid)
  })
})
