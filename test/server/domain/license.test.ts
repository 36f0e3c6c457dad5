import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anchorOf,
  parseInstant as at,
  serviceLifeDays,
  subtractMonths,
} from '../../../server/domain/calendar.ts'
import {
  LICENSE_EVENTS,
  LICENSE_STATUSES,
  LICENSE_TRANSITIONS,
  expiringDays,
  isExpiring,
  lapsedDays,
  statusAt,
  transition,
  type LicenseEvent,
  type LicenseStatus,
} from '../../../server/domain/license.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { RUNS } from '../../support/laws.ts'
import { license } from '../../support/license-facts.ts'

const END = at('2025-01-31T16:55:10Z')
const GRACE_END = at('2025-02-07T16:55:10Z')
const RETENTION_END = at('2025-02-22T16:55:10Z')
const DECIDED = at('2025-01-10T00:00:00Z')

describe('statusAt()', () => {
  it.each([
    { from: 'active', boundary: END, to: 'grace' },
    { from: 'grace', boundary: GRACE_END, to: 'retained' },
    { from: 'retained', boundary: RETENTION_END, to: 'ended' },
  ] as const)('golden 8, C12: $from until 1 ms before $boundary, then $to', (row) => {
    expect(statusAt(license(), row.boundary.subtract({ milliseconds: 1 }))).toBe(row.from)
    expect(statusAt(license(), row.boundary)).toBe(row.to)
    expect(statusAt(license(), row.boundary.add({ milliseconds: 1 }))).toBe(row.to)
  })

  it('R17: a one-time license ends at its expiry, whatever the plan says about grace', () => {
    expect(statusAt(license({ oneTime: true }), END.subtract({ milliseconds: 1 }))).toBe('active')
    expect(statusAt(license({ oneTime: true }), END)).toBe('ended')
  })

  it('R10: without grace and retention it ends at its expiry', () => {
    expect(statusAt(license({ graceDays: 0, retentionDays: 0 }), END)).toBe('ended')
  })

  it('is active for as long as it is paid by the day, and suspended where that is not paid', () => {
    const metered = license({ renewalMode: 'pay_per_use' })
    const years = END.add({ hours: 24 * 800 })
    expect([END, GRACE_END, RETENTION_END, years].map((when) => statusAt(metered, when))).toEqual([
      'active',
      'active',
      'active',
      'active',
    ])
    expect(statusAt({ ...metered, suspendedAt: years }, years)).toBe('suspended')
  })

  it('S30: a one-time license is consumed once every unit is', () => {
    expect(statusAt(license({ oneTime: true, consumed: 4 }), DECIDED)).toBe('active')
    expect(statusAt(license({ oneTime: true, consumed: 5 }), DECIDED)).toBe('consumed')
    expect(statusAt(license({ oneTime: true, consumed: 5 }), RETENTION_END)).toBe('consumed')
    expect(statusAt(license({ oneTime: true, total: 0 }), DECIDED)).toBe('active')
    expect(statusAt(license({ consumed: 5 }), DECIDED)).toBe('active')
  })

  it('S19: is active at once although the clock of the provider runs ahead of ours', () => {
    const paidAt = at('2025-01-01T12:00:00Z')
    expect(statusAt(license({ activatedAt: paidAt }), at('2025-01-01T11:55:00Z'))).toBe('active')
    expect(statusAt(license({ activatedAt: paidAt }), at('2025-01-01T11:54:59Z'))).toBe('pending')
  })

  it('lets decisions win over dates: revoked > under review > suspended > consumed > ended', () => {
    const all = { suspendedAt: DECIDED, underReviewAt: DECIDED, revokedAt: DECIDED }
    const used = { oneTime: true, consumed: 5 }
    expect(statusAt(license({ ...used, ...all }), RETENTION_END)).toBe('revoked')
    expect(statusAt(license({ ...used, ...all, revokedAt: null }), RETENTION_END)).toBe(
      'under_review',
    )
    expect(statusAt(license({ ...used, suspendedAt: DECIDED }), RETENTION_END)).toBe('suspended')
    expect(statusAt(license(used), RETENTION_END)).toBe('consumed')
  })

  it('section 5: held time counts neither towards grace nor towards retention', () => {
    const day = (days: number) => END.add({ hours: 24 * days })
    const hold = (from: number, until: number) => ({ from: day(from), until: day(until) })
    const lastOf = (status: string, holds: readonly ReturnType<typeof hold>[]) =>
      Array.from({ length: 100 }, (_, days) => days).findLast(
        (days) => statusAt(license({ holds }), day(days)) === status,
      )
    const ends = [
      { holds: [], grace: 6, retained: 21 },
      { holds: [hold(-20, -10)], grace: 6, retained: 21 },
      { holds: [hold(-5, 10)], grace: 16, retained: 31 },
      { holds: [hold(2, 5)], grace: 9, retained: 24 },
      { holds: [hold(10, 20)], grace: 6, retained: 31 },
      { holds: [hold(9, 12), hold(3, 4)], grace: 7, retained: 25 },
      { holds: [hold(1, 5), hold(3, 6), hold(4, 5)], grace: 11, retained: 26 },
      { holds: [hold(8, 9), hold(3, 5)], grace: 9, retained: 24 },
      { holds: [hold(7, 8)], grace: 6, retained: 22 },
      { holds: [hold(22, 40)], grace: 6, retained: 21 },
    ]
    for (const { holds, grace, retained } of ends) {
      expect([lastOf('grace', holds), lastOf('retained', holds)]).toEqual([grace, retained])
    }
    const oneTime = license({ oneTime: true, holds: [hold(-5, 10)] })
    expect(statusAt(oneTime, day(10))).toBe('ended')
  })

  it('never goes back in time by itself', () => {
    const order = ['pending', 'active', 'grace', 'retained', 'ended']
    const second = fc.integer({ min: -50 * 86_400, max: 50 * 86_400 })
    fc.assert(
      fc.property(
        second,
        second,
        fc.nat(30),
        fc.nat(30),
        (one, other, graceDays, retentionDays) => {
          const rank = (seconds: number) =>
            order.indexOf(statusAt(license({ graceDays, retentionDays }), END.add({ seconds })))
          expect(rank(Math.max(one, other))).toBeGreaterThanOrEqual(rank(Math.min(one, other)))
        },
      ),
    )
  })
})

describe('isExpiring()', () => {
  it.each([
    { why: 'a month of 31 days', cycle: 'month', start: '2024-12-31T16:55:10Z', days: 7 },
    { why: 'a year', cycle: 'year', start: '2024-01-31T16:55:10Z', days: 30 },
    { why: 'three months at once', cycle: null, start: '2024-10-31T16:55:10Z', days: 23 },
  ] as const)('$why is labeled $days days before its end', ({ cycle, start, days }) => {
    const facts = license({ cycle, activatedAt: at(start) })
    const labelFrom = END.subtract({ hours: days * 24 })
    expect(isExpiring(facts, labelFrom.subtract({ seconds: 1 }))).toBe(false)
    expect(isExpiring(facts, labelFrom)).toBe(true)
    expect(isExpiring(facts, END.subtract({ seconds: 1 }))).toBe(true)
    expect(isExpiring(facts, END)).toBe(false)
  })

  it('is labeled for a quarter of the period that it renews by, 30 days at most, in every zone', () => {
    fc.assert(
      fc.property(instants, zones, fc.constantFrom('month', 'year'), (endsAt, zone, cycle) => {
        const anchor = anchorOf(endsAt, zone)
        const startsAt = subtractMonths(endsAt, cycle === 'year' ? 12 : 1, anchor)
        const days = serviceLifeDays(startsAt, endsAt, zone)
        const facts = license({ cycle, endsAt, anchor })
        expect(expiringDays(facts)).toBe(Math.min(30, Math.floor(days / 4)))
      }),
      RUNS,
    )
  })

  it('not while auto-renewal is healthy, but when its charge fails', () => {
    const lastHour = END.subtract({ hours: 1 })
    expect(isExpiring(license({ renewalMode: 'auto' }), lastHour)).toBe(false)
    expect(isExpiring(license({ renewalMode: 'auto', isChargeFailing: true }), lastHour)).toBe(true)
    expect(isExpiring(license({ renewalMode: 'canceled' }), lastHour)).toBe(true)
  })

  it('not when it is held or used up', () => {
    const lastHour = END.subtract({ hours: 1 })
    expect(isExpiring(license({ suspendedAt: DECIDED }), lastHour)).toBe(false)
    expect(isExpiring(license({ oneTime: true, consumed: 5 }), lastHour)).toBe(false)
  })
})

it('R3: lapsedDays() are the whole days since the end, and none before it', () => {
  const after = (hours: number) => lapsedDays({ endsAt: END }, END.add({ hours }))
  expect([-48, 0, 47, 48].map(after)).toEqual([0, 0, 1, 2])
})

const DECLARED: readonly (readonly [LicenseStatus, LicenseEvent, LicenseStatus])[] = [
  ['pending', 'start', 'active'],
  ['active', 'expire', 'grace'],
  ['active', 'end', 'ended'],
  ['active', 'renew', 'active'],
  ['active', 'consume', 'consumed'],
  ['grace', 'stop', 'retained'],
  ['grace', 'end', 'ended'],
  ['grace', 'renew', 'active'],
  ['retained', 'end', 'ended'],
  ['retained', 'renew', 'active'],
  ['ended', 'consume', 'consumed'],
  ['suspended', 'renew', 'suspended'],
  ['suspended', 'flag', 'under_review'],
  ['under_review', 'renew', 'under_review'],
  ['under_review', 'suspend', 'under_review'],
  ['under_review', 'reinstate', 'under_review'],
]
const FREE = LICENSE_STATUSES.filter(
  (status) => !['suspended', 'under_review', 'revoked'].includes(status),
)

describe('transition() of a license', () => {
  it.each(DECLARED)('%s, %s → %s', (from, event, to) => {
    expect(transition(from, event, 'ended')).toBe(to)
  })

  it.each(FREE)('%s can be suspended, flagged and revoked', (status) => {
    expect(transition(status, 'suspend', status)).toBe('suspended')
    expect(transition(status, 'flag', status)).toBe('under_review')
    expect(transition(status, 'revoke', status)).toBe('revoked')
  })

  it.each(['active', 'grace', 'retained', 'ended', 'consumed', 'suspended'] as const)(
    'a decision taken back leads to the state that dates give: %s',
    (computed) => {
      expect(transition('suspended', 'reinstate', computed)).toBe(computed)
      expect(transition('under_review', 'clear', computed)).toBe(computed)
    },
  )

  it('I5: everything can be revoked, and nothing leaves revoked', () => {
    expect(transition('suspended', 'revoke', 'active')).toBe('revoked')
    expect(transition('under_review', 'revoke', 'active')).toBe('revoked')
    expect(LICENSE_TRANSITIONS.revoked).toEqual({})
  })

  it('I5: refuses every other move', () => {
    const declared = new Set([
      ...DECLARED.map(([from, event]) => `${from} ${event}`),
      ...FREE.flatMap((from) => ['suspend', 'flag', 'revoke'].map((event) => `${from} ${event}`)),
      'suspended reinstate',
      'suspended revoke',
      'under_review clear',
      'under_review revoke',
    ])
    for (const status of LICENSE_STATUSES) {
      for (const event of LICENSE_EVENTS.filter((event) => !declared.has(`${status} ${event}`))) {
        expect(() => transition(status, event, 'active'), `${status} ${event}`).toThrow(Refused)
      }
    }
  })

  it('R3: what has ended is not renewed', () => {
    const facts = { status: 'ended', event: 'renew' }
    expect(() => transition('ended', 'renew', 'ended')).toThrow(
      expect.objectContaining({ code: 'license.transition_refused', detail: { facts } }),
    )
  })
})
