import { describe, expect, it } from 'vitest'
import type { ActivationFacts } from '../../../server/domain/activation.ts'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import {
  checkTimes,
  fileTimes,
  validationCode,
  type CheckedLicense,
  type InstallationFacts,
  type Question,
} from '../../../server/domain/validation.ts'
import { VALIDATION_CODES, isValid } from '../../../server/domain/validation-codes.ts'
import { recurringPlan } from '../../support/catalogue.ts'
import { license } from '../../support/license-facts.ts'

/** From 2024-12-31T16:55:10Z to END, seven days of grace, fifteen of retention, five units. */
const END = at('2025-01-31T16:55:10Z')
const NOW = at('2025-01-10T00:00:00Z')
const days = (count: number, from = END) => from.add({ hours: 24 * count })
const hours = (count: number) => NOW.add({ hours: count })
const plan = recurringPlan({ entitlements: ['sso', 'audit'], heartbeat_minutes: 60 })

const checked = (facts: Partial<CheckedLicense> = {}): CheckedLicense => ({
  ...license(),
  productId: 'recover',
  ...facts,
})
const activation = (facts: Partial<ActivationFacts> = {}): ActivationFacts => ({
  state: 'active',
  lastSeenAt: NOW,
  commitment: null,
  offlineUntil: null,
  ...facts,
})
const bound: InstallationFacts = { own: activation(), isNameBoundElsewhere: false }
const unbound: InstallationFacts = { own: null, isNameBoundElsewhere: false }
const asking = (facts: Partial<Question> = {}): Question => ({
  product: 'recover',
  fingerprint: 'f',
  name: null,
  entitlements: [],
  ...facts,
})
const code = (
  facts: Partial<CheckedLicense>,
  installation = bound,
  question: Partial<Question> = {},
  now = NOW,
) => validationCode(checked(facts), plan, installation, asking(question), now)

describe('validationCode() of the license (R21)', () => {
  it.each([
    { facts: {}, now: NOW, expected: 'VALID' },
    { facts: { renewalMode: 'manual' }, now: days(-7), expected: 'EXPIRING' },
    { facts: { renewalMode: 'auto' }, now: days(-7), expected: 'VALID' },
    { facts: {}, now: END, expected: 'GRACE' },
    { facts: {}, now: days(7), expected: 'EXPIRED' },
    { facts: {}, now: days(22), expected: 'EXPIRED' },
    { facts: { activatedAt: days(1, NOW) }, now: NOW, expected: 'NOT_ACTIVATED' },
    { facts: { suspendedAt: NOW }, now: NOW, expected: 'SUSPENDED' },
    { facts: { underReviewAt: NOW }, now: NOW, expected: 'UNDER_REVIEW' },
    { facts: { revokedAt: NOW }, now: NOW, expected: 'REVOKED' },
    { facts: { oneTime: true, consumed: 5 }, now: NOW, expected: 'CONSUMED' },
    { facts: { productId: 'shift', revokedAt: NOW }, now: NOW, expected: 'WRONG_PRODUCT' },
  ] as const)('is $expected for $facts at $now', ({ facts, now, expected }) => {
    const own = activation({ lastSeenAt: now })
    expect(code(facts, { ...bound, own }, {}, now)).toBe(expected)
  })

  it('is NOT_FOUND for a key that nobody has', () => {
    expect(validationCode(null, null, unbound, asking(), NOW)).toBe('NOT_FOUND')
  })
})

describe('validationCode() of the installation (S66, S85)', () => {
  const elsewhere = { own: null, isNameBoundElsewhere: true }
  it.each([
    { why: 'its own, silent for too long', of: bound, now: hours(1), expected: 'HEARTBEAT_DEAD' },
    {
      why: 'its own, culled',
      of: { ...bound, own: activation({ state: 'culled' }) },
      expected: 'HEARTBEAT_DEAD',
    },
    {
      why: 'one that gave its unit back',
      of: { ...bound, own: activation({ state: 'deactivated' }) },
      expected: 'NOT_ACTIVATED',
    },
    { why: 'none yet, with a unit free', of: unbound, expected: 'NOT_ACTIVATED' },
    { why: 'none, where all units are taken', of: unbound, reserved: 5, expected: 'LIMIT_REACHED' },
    {
      why: 'none, where the only unit is taken',
      of: unbound,
      total: 1,
      reserved: 1,
      expected: 'FINGERPRINT_MISMATCH',
    },
    { why: 'one of this name elsewhere', of: elsewhere, expected: 'FINGERPRINT_MISMATCH' },
  ])('is $expected for $why', ({ of, now = NOW, total = 5, reserved = 0, expected }) => {
    expect(code({ total, reserved }, of, {}, now)).toBe(expected)
  })

  it('asks nothing of an installation where the license alone is asked about', () => {
    expect(code({}, unbound, { fingerprint: null })).toBe('VALID')
  })

  it('asks nothing of the installation of a one-time license: it is bound to references', () => {
    expect(code({ oneTime: true }, unbound)).toBe('VALID')
  })

  it('never calls a unit stale whose plan is gone or has no heartbeat', () => {
    const of = { ...bound, own: activation({ lastSeenAt: days(-20, NOW) }) }
    expect(validationCode(checked(), null, of, asking(), NOW)).toBe('VALID')
  })
})

describe('entitlements (S66)', () => {
  it('are those of the plan, all that were asked for', () => {
    expect(code({}, bound, { entitlements: ['sso', 'audit'] })).toBe('VALID')
    expect(code({}, bound, { entitlements: ['sso', 'export'] })).toBe('ENTITLEMENT_MISSING')
    expect(code({}, bound, { entitlements: ['export'] }, END)).not.toBe('GRACE')
  })

  it('are none where the plan is gone', () => {
    const question = asking({ entitlements: ['sso'] })
    expect(validationCode(checked(), null, bound, question, NOW)).toBe('ENTITLEMENT_MISSING')
  })
})

describe('isValid()', () => {
  it('is true of the last three codes and no other', () => {
    expect(VALIDATION_CODES.filter(isValid)).toEqual(['GRACE', 'EXPIRING', 'VALID'])
  })
})

describe('checkTimes() (S67)', () => {
  const daily = { ...plan, check_every_hours: 12, offline_days: 3 }

  it('lets a product ask again by its plan, and run on for the days of the plan', () => {
    expect(checkTimes(checked(), daily, null, NOW)).toEqual({
      checkAfter: hours(12),
      graceUntil: hours(12 + 3 * 24),
    })
  })

  it('is a day, and nothing beyond it, where the plan is gone', () => {
    expect(checkTimes(checked(), null, null, NOW)).toEqual({
      checkAfter: hours(24),
      graceUntil: hours(24),
    })
  })

  it('R19: asks again when the license changes, and never outlasts its end and grace', () => {
    const late = days(-0.25)
    expect(checkTimes(checked(), daily, null, late).checkAfter).toEqual(END)
    expect(checkTimes(checked(), daily, null, END).checkAfter).toEqual(END.add({ hours: 12 }))
    expect(checkTimes(checked(), daily, null, days(6.75))).toEqual({
      checkAfter: days(7),
      graceUntil: days(7),
    })
  })

  it('ends for a floating unit when it may go to others', () => {
    expect(checkTimes(checked(), daily, activation(), NOW)).toEqual({
      checkAfter: hours(1),
      graceUntil: hours(2),
    })
    const kept = activation({ commitment: 'c' })
    expect(checkTimes(checked(), daily, kept, NOW).graceUntil).toEqual(hours(84))
    expect(checkTimes(checked(), null, activation(), NOW).graceUntil).toEqual(hours(24))
  })
})

describe('fileTimes()', () => {
  it('last as long as the license and its grace, or as the plan lets files last', () => {
    expect(fileTimes(checked(), {}, NOW)).toEqual({ checkAfter: END, graceUntil: days(7) })
    expect(fileTimes(checked(), null, NOW)).toEqual({ checkAfter: END, graceUntil: days(7) })
    expect(fileTimes(checked(), { file_days: 3 }, NOW)).toEqual({
      checkAfter: hours(72),
      graceUntil: hours(72),
    })
    expect(fileTimes(checked(), { file_days: 100 }, NOW).graceUntil).toEqual(days(7))
  })

  it('warn in the grace only when they end', () => {
    expect(fileTimes(checked(), {}, END)).toEqual({ checkAfter: days(7), graceUntil: days(7) })
  })
})
