import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { alignedDayOf, daysAdded, kindOf, paidUnits } from '../../../server/domain/quote.ts'
import { onlyLine, quoteCoTerm, quoteRenewals, renewable } from '../../support/renewals.ts'

/** Ten units, until 2024-03-25T15:30:27Z. */
const license = renewable()
const renewed = quoteRenewals([license])
const aligned = quoteRenewals([license], { day: 'last' })
const added = quoteCoTerm([license], {
  kind: 'add_units',
  wanted: [{ license_id: license.id, quantity: 3 }],
  at: at('2024-03-15T09:00:00Z'),
})

describe('a quote', () => {
  it('pays for all units, and of added ones only for those that are new', () => {
    expect(paidUnits(onlyLine(renewed))).toBe(10)
    expect(paidUnits(onlyLine(added))).toBe(3)
  })

  it('tells by how many dates the expiry moves, on the calendar of its customer', () => {
    expect(daysAdded(onlyLine(renewed), 'UTC')).toBe(31)
    expect(daysAdded(onlyLine(aligned), 'UTC')).toBe(36)
    // 2024-03-25 and 2024-05-01 in Auckland.
    expect(daysAdded(onlyLine(aligned), 'Pacific/Auckland')).toBe(36)
    expect(daysAdded(onlyLine(added), 'UTC')).toBe(0)
  })

  it('is of the kind of its lines, and a purchase without any', () => {
    expect(kindOf(renewed)).toBe('renewal')
    expect(kindOf(added)).toBe('add_units')
    expect(kindOf({ lines: [] })).toBe('purchase')
  })

  it('is aligned to a day only where it is a renewal that asked for one', () => {
    expect(alignedDayOf(aligned)).toBe('last')
    expect(alignedDayOf(renewed)).toBeNull()
    expect(alignedDayOf(added)).toBeNull()
    expect(alignedDayOf({ lines: [] })).toBeNull()
  })
})
