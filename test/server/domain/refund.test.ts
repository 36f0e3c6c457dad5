import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isUndoable,
  refundableAmount,
  unitsLeft,
  worthOf,
  type EarlierRefund,
  type RefundableLine,
  type RefundableOrder,
} from '../../../server/domain/refund.ts'

const line = (facts: Partial<RefundableLine> = {}): RefundableLine => ({
  id: 'oln_1',
  kind: 'purchase',
  quantity: 3,
  gross: 10_000,
  beginsAt: '2026-03-01T00:00:00Z',
  consumedValue: 0,
  ...facts,
})
const order = (facts: Partial<RefundableOrder> = {}): RefundableOrder => ({
  total: 10_000,
  currency: 'USD',
  lines: [line()],
  refunds: [],
  lost: 0,
  ...facts,
})
const back = (facts: Partial<EarlierRefund>): EarlierRefund => ({
  kind: 'units',
  amount: 3333,
  state: 'succeeded',
  lines: [{ lineId: 'oln_1', quantity: 1 }],
  ...facts,
})

describe('refundableAmount()', () => {
  it.each([
    { why: 'everything, at first', facts: {}, left: 10_000 },
    {
      why: 'less what is back or on its way',
      facts: { refunds: [back({ state: 'pending' })] },
      left: 6667,
    },
    {
      why: 'a failed refund does not count',
      facts: { refunds: [back({ state: 'failed' })] },
      left: 10_000,
    },
    { why: 'nor does anybody get what a lost dispute took', facts: { lost: 10_000 }, left: 0 },
  ])('$why', ({ facts, left }) => expect(refundableAmount(order(facts))).toBe(left))
})

describe('worthOf()', () => {
  it('R14: rounds parts cumulatively, so that they add up to the line', () => {
    const first = worthOf(order(), [{ lineId: 'oln_1', quantity: 1 }])
    const one = order({ refunds: [back({ amount: first })] })
    const second = worthOf(one, [{ lineId: 'oln_1', quantity: 1 }])
    const two = order({ refunds: [back({ amount: first }), back({ amount: second })] })
    const third = worthOf(two, [{ lineId: 'oln_1', quantity: 1 }])
    expect([first, second, third]).toEqual([3333, 3334, 3333])
  })

  it('R14: for all amounts, units and splits', () => {
    const cases = fc.record({
      gross: fc.integer({ min: 0, max: 1_000_000_00 }),
      quantity: fc.integer({ min: 1, max: 1000 }),
      steps: fc.array(fc.integer({ min: 1, max: 50 }), {
        minLength: 1,
        maxLength: 20,
        size: 'max',
      }),
    })
    fc.assert(
      fc.property(cases, ({ gross, quantity, steps }) => {
        let current = order({ total: gross, lines: [line({ gross, quantity })] })
        const wanted = [...steps, quantity]
        for (const step of wanted) {
          const units = Math.min(step, unitsLeft(current, current.lines[0] ?? line()))
          if (units === 0) break
          const lines = [{ lineId: 'oln_1', quantity: units }]
          const refund = back({ amount: worthOf(current, lines), lines })
          current = { ...current, refunds: [...current.refunds, refund] }
        }
        expect(current.refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(gross)
      }),
    )
  })

  it('R9: deducts what came free and was used up, and is never negative', () => {
    const whole = [{ lineId: 'oln_1', quantity: 3 }]
    expect(worthOf(order({ lines: [line({ consumedValue: 9000 })] }), whole)).toBe(1000)
    expect(worthOf(order({ lines: [line({ consumedValue: 11_000 })] }), whole)).toBe(0)
  })

  it('R9: deducts it once, however many parts the refund has', () => {
    const used = (refunds: EarlierRefund[]) =>
      order({ lines: [line({ consumedValue: 4000 })], refunds })
    const part = (refunds: EarlierRefund[]) =>
      worthOf(used(refunds), [{ lineId: 'oln_1', quantity: 1 }])
    const first = back({ amount: part([]) })
    const second = back({ amount: part([first]) })
    expect([first.amount, second.amount, part([first, second])]).toEqual([0, 2667, 3333])
  })

  it('is never more than what is left of the payment', () => {
    const refunds = [back({ kind: 'amount', amount: 9000, lines: [] })]
    expect(worthOf(order({ refunds }), [{ lineId: 'oln_1', quantity: 3 }])).toBe(1000)
  })

  it('a failed refund took no units', () => {
    expect(unitsLeft(order({ refunds: [back({ state: 'failed' })] }), line())).toBe(3)
  })

  it('only units of that line that went back are gone, and money alone takes none', () => {
    const other = [{ lineId: 'oln_2', quantity: 1 }]
    const money = back({ kind: 'amount', lines: [{ lineId: 'oln_1', quantity: 1 }] })
    const refunds = [back({}), back({ lines: other }), money]
    expect(unitsLeft(order({ refunds }), line())).toBe(2)
  })

  it('of units that are not there is a bug', () => {
    expect(() => worthOf(order(), [{ lineId: 'oln_1', quantity: 0 }])).toThrow(RangeError)
    expect(() => worthOf(order(), [{ lineId: 'oln_1', quantity: 4 }])).toThrow(RangeError)
    expect(() => worthOf(order(), [{ lineId: 'oln_2', quantity: 1 }])).toThrow(RangeError)
  })
})

describe('isUndoable()', () => {
  const renewal = line({ kind: 'renewal', beginsAt: '2026-03-01T00:00:00Z' })
  it.each([
    {
      why: 'a renewal that begins later',
      lines: [renewal],
      now: '2026-02-28T23:59:59Z',
      can: true,
    },
    { why: 'one that begins now', lines: [renewal], now: '2026-03-01T00:00:00Z', can: false },
    {
      why: 'one of two has begun',
      lines: [renewal, { ...renewal, beginsAt: '2026-01-01T00:00:00Z' }],
      now: '2026-02-01T00:00:00Z',
      can: false,
    },
    { why: 'a purchase', lines: [line()], now: '2026-02-01T00:00:00Z', can: false },
    {
      why: 'one that is not fulfilled',
      lines: [{ ...renewal, beginsAt: null }],
      now: '2026-02-01T00:00:00Z',
      can: false,
    },
    { why: 'an order without lines', lines: [], now: '2026-02-01T00:00:00Z', can: false },
  ])('$why: $can', ({ lines, now, can }) => expect(isUndoable(order({ lines }), now)).toBe(can))
})
