import { describe, expect, it } from 'vitest'
import { formatInstant as text, parseInstant as at } from '../../../server/domain/calendar.ts'
import { extendedState } from '../../../server/domain/extended-license.ts'
import type { RenewalMode } from '../../../server/domain/license.ts'
import { recurringPlan } from '../../support/catalogue.ts'
import { buy, renew } from '../../support/ledger.ts'
import { idOf, onlyLine, quoteCoTerm, quoteRenewals, renewable } from '../../support/renewals.ts'

const END = '2024-03-25T15:30:27Z'
/** Ten units until then. */
const ledger = buy('2024-02-25T15:30:27Z', 1, 10)
const license = renewable(ledger)
const terms = {
  plan: recurringPlan(),
  paidAt: at('2024-03-24T10:00:00Z'),
  at: at('2024-03-24T10:00:01Z'),
}
const of = (renewalMode: RenewalMode | null) => ({
  ledger,
  cycle: 'month' as const,
  graceDays: 7,
  renewalMode,
})

const told = (...given: Parameters<typeof extendedState>) => {
  const { endsAt, next, nextChargeAt, ...rest } = extendedState(...given)
  return {
    ...rest,
    endsAt: text(endsAt),
    next: next && { ...next, at: text(next.at) },
    nextChargeAt: nextChargeAt && text(nextChargeAt),
  }
}

describe('extendedState()', () => {
  it('moves the end of a renewed license, and with it the next charge by itself', () => {
    const line = onlyLine(quoteRenewals([license]))
    expect(told(of('auto'), line, terms)).toEqual({
      entries: renew(ledger).slice(ledger.length),
      endsAt: '2024-04-25T15:30:27Z',
      anchor: { day: 25, time: '15:30:27', zone: 'UTC' },
      total: 10,
      next: null,
      cycle: 'month',
      nextChargeAt: '2024-04-18T03:00:00Z',
    })
    expect(extendedState(of('manual'), line, terms).nextChargeAt).toBeNull()
    expect(extendedState(of(null), line, terms).nextChargeAt).toBeNull()
  })

  it('takes the cycle of a renewal, and keeps its own through everything else', () => {
    const yearly = onlyLine(
      quoteRenewals([license], {
        renewals: [{ license_id: idOf(1), cycle: 'year' }],
        duration: { cycles: 1 },
      }),
    )
    expect(extendedState(of('auto'), yearly, terms).cycle).toBe('year')
    const added = onlyLine(
      quoteCoTerm([license], {
        kind: 'add_units',
        wanted: [{ license_id: license.id, quantity: 3 }],
        at: terms.paidAt,
      }),
    )
    expect(told({ ...of('auto'), cycle: 'year' }, added, terms)).toMatchObject({
      cycle: 'year',
      total: 13,
      endsAt: END,
    })
  })

  it('tells of fewer units that come later, and from when on', () => {
    const renewals = [{ license_id: idOf(1), quantity: 4 }]
    const line = onlyLine(quoteRenewals([license], { renewals }))
    expect(told(of('manual'), line, terms)).toMatchObject({
      total: 10,
      next: { total: 4, at: END },
    })
    const later = { ...terms, at: at(END) }
    expect(told(of('manual'), line, later)).toMatchObject({ total: 4, next: null })
  })
})
