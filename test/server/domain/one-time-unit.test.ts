import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import {
  consumeUnit,
  inUse,
  releaseUnit,
  reserveUnit,
  type OneTimeLicense,
  type UnitUse,
} from '../../../server/domain/one-time-unit.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { license } from '../../support/license-facts.ts'

const NOW = at('2025-01-10T00:00:00Z')
const END = at('2025-01-31T16:55:10Z')
const failback = (facts: Partial<OneTimeLicense> = {}) => license({ oneTime: true, ...facts })

describe('a unit of a one-time license', () => {
  it('is reserved, then consumed; In-use counts both', () => {
    const reserved = reserveUnit(failback(), null, NOW)
    expect(reserved).toEqual({ use: 'reserved', reserved: 1, consumed: 0, isRepeat: false })
    const consumed = consumeUnit(failback(reserved), 'reserved', NOW)
    expect(consumed).toEqual({ use: 'consumed', reserved: 0, consumed: 1, isRepeat: false })
    expect([reserved, consumed].map(inUse)).toEqual([1, 1])
  })

  it('is available again once released', () => {
    const held = failback({ total: 1, reserved: 1 })
    expect(() => reserveUnit(held, null, NOW)).toThrow(Refused)
    const released = releaseUnit(held, 'reserved')
    expect(released).toEqual({ use: 'released', reserved: 0, consumed: 0, isRepeat: false })
    expect(reserveUnit(failback({ total: 1, ...released }), null, NOW).use).toBe('reserved')
  })

  it('S30: once used, is never given back nor reserved again', () => {
    expect(() => releaseUnit(failback({ consumed: 1 }), 'consumed')).toThrow(Refused)
    expect(() => reserveUnit(failback({ total: 1, consumed: 1 }), null, NOW)).toThrow(Refused)
  })

  it('changes nothing when the reference says the same again', () => {
    const held = failback({ reserved: 2, consumed: 1 })
    const same = { reserved: 2, consumed: 1, isRepeat: true }
    expect(reserveUnit(held, 'reserved', NOW)).toEqual({ use: 'reserved', ...same })
    expect(reserveUnit(held, 'consumed', NOW)).toEqual({ use: 'consumed', ...same })
    expect(consumeUnit(held, 'consumed', NOW)).toEqual({ use: 'consumed', ...same })
    expect(releaseUnit(held, 'released')).toEqual({ use: 'released', ...same })
  })

  it('needs a reservation before it is used up or given back', () => {
    for (const use of [null, 'released'] as const) {
      expect(() => consumeUnit(failback({ reserved: 1 }), use, NOW)).toThrow(Refused)
    }
    expect(() => releaseUnit(failback({ reserved: 1 }), null)).toThrow(Refused)
    expect(() => reserveUnit(failback(), 'released', NOW)).toThrow(Refused)
  })

  it('C12: is not reserved from the expiry on, and used up until 24 hours after it', () => {
    const held = failback({ reserved: 1 })
    expect(reserveUnit(failback(), null, END.subtract({ milliseconds: 1 })).use).toBe('reserved')
    expect(() => reserveUnit(failback(), null, END)).toThrow(Refused)
    const lastMoment = END.add({ hours: 24 }).subtract({ milliseconds: 1 })
    expect(consumeUnit(held, 'reserved', lastMoment).use).toBe('consumed')
    expect(() => consumeUnit(held, 'reserved', END.add({ hours: 24 }))).toThrow(Refused)
  })

  it.each(['suspendedAt', 'underReviewAt', 'revokedAt'])('waits while %s is set', (decision) => {
    const held = failback({ reserved: 1, [decision]: NOW })
    expect(() => reserveUnit(held, null, NOW)).toThrow(Refused)
    expect(() => consumeUnit(held, 'reserved', NOW)).toThrow(Refused)
  })

  it('exists only on one-time licenses', () => {
    expect(() => reserveUnit(license(), null, NOW)).toThrow(Refused)
  })

  it('I4: units in use never exceed the total, and the counts match the references', () => {
    const command = fc.record({
      verb: fc.constantFrom('reserve', 'consume', 'release'),
      reference: fc.nat(4),
    })
    fc.assert(
      fc.property(
        fc.array(command, { maxLength: 30, size: 'max' }),
        fc.integer({ min: 1, max: 3 }),
        (commands, total) => {
          const uses = new Map<number, UnitUse>()
          let current = failback({ total })
          for (const { verb, reference } of commands) {
            const use = uses.get(reference) ?? null
            try {
              const decision =
                verb === 'reserve'
                  ? reserveUnit(current, use, NOW)
                  : verb === 'consume'
                    ? consumeUnit(current, use, NOW)
                    : releaseUnit(current, use)
              uses.set(reference, decision.use)
              current = failback({
                total,
                reserved: decision.reserved,
                consumed: decision.consumed,
              })
            } catch (error) {
              if (!(error instanceof Refused)) throw error
            }
            const having = (wanted: UnitUse) =>
              [...uses.values()].filter((u) => u === wanted).length
            expect(inUse(current)).toBeLessThanOrEqual(total)
            expect(current).toMatchObject({
              reserved: having('reserved'),
              consumed: having('consumed'),
            })
          }
        },
      ),
    )
  })
})
