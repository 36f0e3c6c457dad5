import { describe, expect, it } from 'vitest'
import {
  AUTO_CHARGE_EVENTS,
  AUTO_CHARGE_STATES,
  AUTO_CHARGE_TRANSITIONS,
  begun,
  charged,
  ended,
  failed,
  isDue,
  newCharge,
  shownState,
  withNewMethod,
  type AutoCharge,
  type DeclineKind,
} from '../../../server/domain/auto-renewal.ts'
import { formatInstant as text, parseInstant as at } from '../../../server/domain/calendar.ts'
import { Refused } from '../../../server/domain/refusals.ts'

const term = {
  endsAt: at('2025-05-01T15:59:59Z'),
  leadDays: 7,
  graceEndsAt: at('2025-05-08T15:59:59Z'),
  zone: 'UTC',
}
const first = newCharge(term, at('2025-04-01T00:00:00Z'))
const refusal = (kind: DeclineKind) => ({ kind, code: 'card_declined', message: 'Declined.' })
const tried = (charge: AutoCharge, when: string, kind: DeclineKind = 'soft') =>
  failed(begun(charge, term.zone, at(when)), refusal(kind), term, at(when))
const next = ({ nextAt }: AutoCharge) => nextAt && text(nextAt)

describe('the automatic charge of an expiry (section 5)', () => {
  it('is due at the charge time, and not a second earlier', () => {
    expect(next(first)).toBe('2025-04-24T03:00:00Z')
    expect(isDue(first, at('2025-04-24T02:59:59Z'))).toBe(false)
    expect(isDue(first, at('2025-04-24T03:00:00Z'))).toBe(true)
  })

  it('is tried again on the next date after a soft decline', () => {
    const charge = tried(first, '2025-04-24T03:00:00Z')
    expect(charge).toMatchObject({ state: 'past_due', attempts: 1, softFailures: 1 })
    expect(next(charge)).toBe('2025-04-26T03:00:00Z')
    expect(shownState(charge)).toBe('past_due')
  })

  it('stops after a hard decline, and goes on at once with a new method, the same day too', () => {
    const charge = tried(first, '2025-04-24T03:00:00Z', 'hard')
    expect(shownState(charge)).toBe('stopped')
    expect(isDue(charge, at('2025-05-07T00:00:00Z'))).toBe(false)
    const again = withNewMethod(charge, at('2025-04-24T09:30:00Z'))
    expect(next(again)).toBe('2025-04-24T09:30:00Z')
    expect(isDue(again, at('2025-04-24T09:30:00Z'))).toBe(true)
  })

  it('asks again on the next date where the bank wants to see its customer', () => {
    const charge = tried(first, '2025-04-24T03:00:00Z', 'authentication')
    expect(charge).toMatchObject({ softFailures: 0, failure: { kind: 'authentication' } })
    expect(next(charge)).toBe('2025-04-26T03:00:00Z')
  })

  it('gives up when eight tries failed, and still waits for a new method', () => {
    const dates = ['04-24', '04-26', '04-28', '04-30', '05-01', '05-03', '05-05', '05-07']
    const charge = dates.reduce((so, day) => tried(so, `2025-${day}T03:00:00Z`), first)
    expect(charge).toMatchObject({ attempts: 8, softFailures: 8, nextAt: null })
    expect(next(withNewMethod(charge, at('2025-05-07T12:00:00Z')))).toBe('2025-05-07T12:00:00Z')
  })

  it('begins no second charge, and does not end, while one is under way', () => {
    const charge = begun(first, term.zone, at('2025-04-24T03:00:00Z'))
    expect(() => begun(charge, term.zone, at('2025-04-25T03:00:00Z'))).toThrow(Refused)
    expect(() => ended(charge)).toThrow(Refused)
    expect(withNewMethod(charge, at('2025-04-25T03:00:00Z'))).toEqual(charge)
  })

  it('says where it stands when it refuses', () => {
    const charge = begun(first, term.zone, at('2025-04-24T03:00:00Z'))
    expect(() => ended(charge)).toThrow(
      expect.objectContaining({
        code: 'license.transition_refused',
        detail: { facts: { status: 'processing', event: 'end' } },
      }),
    )
  })

  it('is shown as due, under way, or off, until it fails', () => {
    const underWay = begun(first, term.zone, at('2025-04-24T03:00:00Z'))
    expect([first, underWay, charged(underWay), ended(first)].map(shownState)).toEqual([
      'due',
      'processing',
      'due',
      'off',
    ])
  })

  it('ends when it was never tried, and when its tries failed', () => {
    for (const charge of [first, tried(first, '2025-04-24T03:00:00Z')]) {
      expect(ended(charge)).toMatchObject({ state: 'ended', nextAt: null })
    }
    expect(charged(first)).toMatchObject({ state: 'charged' })
  })

  it('is over once it was charged, by itself or by hand', () => {
    const byItself = charged(begun(first, term.zone, at('2025-04-24T03:00:00Z')))
    const byHand = charged(tried(first, '2025-04-24T03:00:00Z'))
    expect([byItself, byHand]).toMatchObject([
      { state: 'charged', nextAt: null },
      { state: 'charged', nextAt: null, failure: null },
    ])
  })

  it('reaches every state from the first, and leaves neither charged nor ended', () => {
    const reached = new Set(['due'])
    for (const state of AUTO_CHARGE_STATES) {
      for (const event of AUTO_CHARGE_EVENTS) {
        const target = AUTO_CHARGE_TRANSITIONS[state][event]
        if (target) reached.add(target)
      }
    }
    expect([...reached].toSorted()).toEqual([...AUTO_CHARGE_STATES].toSorted())
    expect(AUTO_CHARGE_TRANSITIONS.charged).toEqual({})
    expect(AUTO_CHARGE_TRANSITIONS.ended).toEqual({})
  })
})
