import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import { retentionEndsAt } from '../../../server/domain/license.ts'
import {
  dueReminder,
  isDigestTime,
  reminderPlan,
  type RemindableLicense,
} from '../../../server/domain/reminder.ts'
import { instants, zones } from '../../support/arbitraries.ts'
import { license as aLicense } from '../../support/license-facts.ts'

function license(facts: Partial<RemindableLicense> = {}): RemindableLicense {
  return { ...aLicense(), zone: 'UTC', nextChargeAt: null, ...facts }
}

const annual = {
  cycle: 'year',
  activatedAt: at('2024-01-31T16:55:10Z'),
  endsAt: at('2025-01-31T16:55:10Z'),
} as const
const planned = (facts: Partial<RemindableLicense>) =>
  reminderPlan(license(facts)).map(({ occasion, dueAt }) => `${occasion} ${dueAt}`)

describe('R18: the plan of reminders', () => {
  it('of a monthly license has no offset longer than half the cycle', () => {
    expect(planned({})).toEqual([
      'end_14 2025-01-17T09:00:00Z',
      'end_7 2025-01-24T09:00:00Z',
      'end_3 2025-01-28T09:00:00Z',
      'end_1 2025-01-30T09:00:00Z',
      'expiry 2025-01-31T09:00:00Z',
      'grace_end 2025-02-07T09:00:00Z',
    ])
  })

  it('of an annual license begins 30 days before', () => {
    expect(planned(annual)[0]).toBe('end_30 2025-01-01T09:00:00Z')
    expect(planned(annual)).toHaveLength(7)
  })

  it('counts local dates, by the last second that is covered', () => {
    const zone = 'Asia/Shanghai'
    expect(planned({ zone })[3]).toBe('end_1 2025-01-31T01:00:00Z')
    const midnight = at('2025-01-31T16:00:00Z')
    expect(planned({ zone, endsAt: midnight })[4]).toBe('expiry 2025-01-31T01:00:00Z')
  })

  it('in auto mode counts back from the charge: annual 30 and 7, monthly 7', () => {
    const auto = { renewalMode: 'auto', nextChargeAt: at('2025-01-24T03:00:00Z') } as const
    expect(planned(auto)[0]).toBe('charge_7 2025-01-17T09:00:00Z')
    expect(planned({ ...annual, ...auto }).slice(0, 2)).toEqual([
      'charge_30 2024-12-25T09:00:00Z',
      'charge_7 2025-01-17T09:00:00Z',
    ])
    expect(planned(auto)).not.toContain('end_3')
  })

  it('in auto mode tells of the end a day later: a charge may still succeed on its last day', () => {
    const auto = { renewalMode: 'auto', nextChargeAt: null } as const
    expect(planned(auto)).toEqual(['expiry 2025-02-01T09:00:00Z', 'grace_end 2025-02-07T09:00:00Z'])
    const atNine = { endsAt: at('2025-01-31T09:00:00Z') }
    expect(planned({ ...auto, ...atNine })[0]).toBe('expiry 2025-01-31T09:00:00Z')
  })

  it('has no end of a grace where there is none', () => {
    expect(planned({ graceDays: 0 }).at(-1)).toBe('expiry 2025-01-31T09:00:00Z')
  })

  it('of what runs without cycles goes by its whole length, to the day', () => {
    const lasting = (days: number, facts: Partial<RemindableLicense> = {}) =>
      planned({ cycle: null, ...facts, activatedAt: annual.endsAt.subtract({ hours: 24 * days }) })
    expect(lasting(28)[0]).toBe('end_14 2025-01-17T09:00:00Z')
    expect(lasting(27)[0]).toBe('end_7 2025-01-24T09:00:00Z')
    expect(lasting(14, { renewalMode: 'canceled' })).toEqual(['notice 2025-01-24T09:00:00Z'])
    expect(lasting(13, { renewalMode: 'canceled' })).toEqual([])
  })

  it.each(['canceled', 'pay_per_use'] as const)('of %s licenses is one notice', (renewalMode) => {
    expect(planned({ renewalMode })).toEqual(['notice 2025-01-24T09:00:00Z'])
  })

  it('of one-time types is one notice, none of other licenses without a mode', () => {
    const never = { renewalMode: null, cycle: null } as const
    expect(planned({ ...never, oneTime: true })).toEqual(['notice 2025-01-24T09:00:00Z'])
    expect(planned(never)).toEqual([])
  })

  it('says nothing of a day before the license began', () => {
    expect(planned({ activatedAt: at('2025-01-25T00:00:00Z') })[0]).toMatch(/^end_3/)
  })
})

describe('dueReminder()', () => {
  const none = new Set<string>()
  const on = (now: string, told = none, facts: Partial<RemindableLicense> = {}) =>
    dueReminder(license(facts), told, at(now))

  it('C15: after days without cron says the latest once, and covers what it makes needless', () => {
    expect(on('2025-01-29T08:00:00Z', new Set(['end_14']))).toEqual({
      occasion: 'end_3',
      covers: ['end_7'],
    })
    expect(on('2025-01-29T08:00:00Z', new Set(['end_14', 'end_3']))).toBeNull()
  })

  it('is silent when it came too late to act', () => {
    const auto = { renewalMode: 'auto', nextChargeAt: at('2025-01-24T03:00:00Z') } as const
    expect(on('2025-01-24T02:59:59Z', none, auto)).toMatchObject({ occasion: 'charge_7' })
    expect(on('2025-01-24T03:00:00Z', none, auto)).toBeNull()
    expect(on('2025-02-22T16:55:09Z')).toMatchObject({ occasion: 'grace_end' })
    expect(on('2025-02-22T16:55:10Z')).toBeNull()
  })

  it.each(['suspendedAt', 'underReviewAt', 'revokedAt'] as const)('is silent: %s', (field) => {
    expect(on('2025-01-24T10:00:00Z', none, { [field]: at('2025-01-10T00:00:00Z') })).toBeNull()
  })

  it('is silent about one-time units that are used up', () => {
    const used = { renewalMode: null, cycle: null, oneTime: true, consumed: 5 } as const
    expect(on('2025-01-24T10:00:00Z', none, used)).toBeNull()
  })
})

const licenses = fc
  .record({
    endsAt: instants,
    zone: zones,
    cycle: fc.constantFrom('month', 'year', null),
    renewalMode: fc.constantFrom('manual', 'auto', 'canceled', 'pay_per_use', null),
    oneTime: fc.boolean(),
    graceDays: fc.integer({ min: 0, max: 20 }),
    retentionDays: fc.integer({ min: 0, max: 20 }),
    lengthDays: fc.integer({ min: 1, max: 400 }),
    leadDays: fc.integer({ min: 0, max: 7 }),
  })
  .map(({ lengthDays, leadDays, ...facts }) =>
    license({
      ...facts,
      activatedAt: facts.endsAt.subtract({ hours: lengthDays * 24 }),
      nextChargeAt: facts.endsAt.subtract({ hours: leadDays * 24 + 5 }),
    }),
  )
/** Hours between two runs of cron: overlapping, doubled, and with days left out. */
const gaps = fc.array(
  fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 400 })),
  {
    minLength: 20,
    maxLength: 120,
  },
)

describe('law of reminders: whatever cron does,', () => {
  it('each occasion is said at most once, in its time, and never missed while cron ran in it', () => {
    fc.assert(
      fc.property(licenses, gaps, (facts, hours) => {
        const plan = reminderPlan(facts)
        const told = new Set<string>()
        const said: string[] = []
        const runs: Temporal.Instant[] = []
        let now = facts.activatedAt
        for (const gap of hours) {
          now = now.add({ hours: gap })
          runs.push(now)
          const due = dueReminder(facts, told, now)
          if (due === null) continue
          const own = plan.find(({ occasion }) => occasion === due.occasion)
          expect(own && isWithin(now, own.dueAt, own.usefulUntil)).toBe(true)
          expect(Temporal.Instant.compare(now, retentionEndsAt(facts))).toBeLessThan(0)
          said.push(due.occasion)
          for (const occasion of [due.occasion, ...due.covers]) told.add(occasion)
        }
        expect(new Set(said).size).toBe(said.length)
        const silent = facts.oneTime && facts.consumed >= facts.total
        for (const { occasion, dueAt, usefulUntil } of plan) {
          const ran = runs.some((run) => isWithin(run, dueAt, usefulUntil))
          if (ran && !silent) expect(said).toContain(occasion)
        }
      }),
    )
  })
})

function isWithin(now: Temporal.Instant, from: Temporal.Instant, until: Temporal.Instant): boolean {
  return Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, until) < 0
}

describe('isDigestTime()', () => {
  it('is true from nine in the morning on, where the customer is', () => {
    expect(isDigestTime(at('2025-01-31T00:59:59Z'), 'Asia/Shanghai')).toBe(false)
    expect(isDigestTime(at('2025-01-31T01:00:00Z'), 'Asia/Shanghai')).toBe(true)
    expect(isDigestTime(at('2025-01-31T15:59:59Z'), 'Asia/Shanghai')).toBe(true)
    expect(isDigestTime(at('2025-01-31T01:00:00Z'), 'UTC')).toBe(false)
  })
})
