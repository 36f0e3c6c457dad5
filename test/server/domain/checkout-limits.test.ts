import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { refuseTooManyCheckouts } from '../../../server/domain/checkout-limits.ts'

const NOW = at('2026-03-01T12:00:00Z')
const limits = { checkouts_per_customer_hour: 3, checkouts_per_source_hour: 5 }
const recent = (count: number, secondsAgo: number | null) => ({
  count,
  firstAt: secondsAgo === null ? null : NOW.subtract({ seconds: secondsAgo }),
})
const none = recent(0, null)
const refusal = (retryAfterSeconds: number) =>
  expect.objectContaining({
    code: 'request.rate_limited',
    detail: { retryAfterSeconds, detail: expect.stringContaining('Nothing was ordered') },
  })

describe('refuseTooManyCheckouts() (T12)', () => {
  it('lets as many orders through as the limits say', () => {
    const of = { ofCustomer: recent(2, 60), ofSource: recent(4, 60) }
    expect(() => refuseTooManyCheckouts(limits, of, NOW)).not.toThrow()
  })

  it.each([
    { whose: 'ofCustomer', count: 3 },
    { whose: 'ofSource', count: 5 },
  ])('refuses the next one $whose until the first is an hour ago', ({ whose, count }) => {
    const of = { ofCustomer: none, ofSource: none, [whose]: recent(count, 600) }
    expect(() => refuseTooManyCheckouts(limits, of, NOW)).toThrow(refusal(3000))
  })

  it('names whole seconds, at least one', () => {
    const of = (secondsAgo: number | null) => ({
      ofCustomer: recent(3, secondsAgo),
      ofSource: none,
    })
    const later = NOW.add({ milliseconds: 1 })
    expect(() => refuseTooManyCheckouts(limits, of(60), later)).toThrow(refusal(3540))
    expect(() => refuseTooManyCheckouts(limits, of(4000), NOW)).toThrow(refusal(1))
    expect(() => refuseTooManyCheckouts(limits, of(null), NOW)).toThrow(refusal(3600))
  })
})
