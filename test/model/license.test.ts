/** Section 5: our license and an independent one live the same lives, command by command. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LicenseEvent } from '../../server/domain/license.ts'
import type { RenewalDay } from '../../server/domain/alignment.ts'
import { RealLicense } from './real.ts'
import * as reference from './reference.ts'
import {
  bought,
  DAY_MS,
  isRenewable,
  wordOf,
  type Reference,
  type Terms,
  type Use,
} from './reference.ts'

type Command = fc.Command<Reference, RealLicense>

function command(title: string, run: (model: Reference, real: RealLicense) => void): Command {
  return {
    check: () => true,
    run: (model, real) => {
      run(model, real)
      expect(real.status).toBe(wordOf(model))
      expect(new Date(real.endMs).toISOString()).toBe(new Date(model.endMs).toISOString())
    },
    toString: () => title,
  }
}

const elapse = (ms: number) =>
  command(`${ms} ms`, (model, real) => {
    reference.elapse(model, ms)
    real.elapse(ms)
  })

/** To the very end, or a millisecond before or after it. */
const toTheEnd = (plusMs: number, plusDays: number) =>
  command(`the end ${plusMs} ms ${plusDays} d`, (model, real) => {
    const ms = Math.max(0, model.endMs + plusDays * DAY_MS + plusMs - model.nowMs)
    reference.elapse(model, ms)
    real.elapse(ms)
  })

/** What may be decided, and what it does, in the words of section 5. */
const DECISIONS: readonly [LicenseEvent, (it: Reference) => boolean, (it: Reference) => void][] = [
  [
    'suspend',
    (it) => !it.isRevoked && (it.isUnderReview || !it.isSuspended),
    (it) => (it.isSuspended = true),
  ],
  [
    'reinstate',
    (it) => !it.isRevoked && (it.isSuspended || it.isUnderReview),
    (it) => (it.isSuspended = false),
  ],
  ['flag', (it) => !it.isRevoked && !it.isUnderReview, (it) => (it.isUnderReview = true)],
  ['clear', (it) => !it.isRevoked && it.isUnderReview, (it) => (it.isUnderReview = false)],
  ['revoke', (it) => !it.isRevoked, (it) => (it.isRevoked = true)],
]

const decisions = fc.oneof(
  ...DECISIONS.map(([event, isAllowed, apply]) => ({
    // A revoked license has not much of a life left.
    weight: event === 'revoke' ? 1 : 6,
    arbitrary: fc.constant(
      command(event, (model, real) => {
        const allowed = isAllowed(model)
        expect(real.decide(event)).toBe(allowed)
        if (allowed) apply(model)
      }),
    ),
  })),
)

const renew = (months: number, day: RenewalDay | null) =>
  command(`renew ${months} on ${day}`, (model, real) => {
    const allowed = isRenewable(model)
    expect(real.renew(months, day)).toBe(allowed)
    if (allowed) reference.renew(model, months, day)
  })

const use = (name: string, wanted: Use) =>
  command(`${name} ${wanted}`, (model, real) => {
    expect(real.use(name, wanted)).toBe(reference.use(model, name, wanted))
  })

const time = [
  fc.integer({ min: 1, max: 40 * DAY_MS }).map(elapse),
  fc.constantFrom(1, 1000, DAY_MS, 7 * DAY_MS, 15 * DAY_MS, 22 * DAY_MS).map(elapse),
  fc
    .tuple(fc.constantFrom(-1, 0, 1), fc.constantFrom(0, 0, 1, 3, 7, 22))
    .map(([ms, days]) => toTheEnd(ms, days)),
]
const days: fc.Arbitrary<RenewalDay | null> = fc.oneof(
  fc.constant(null),
  fc.constant<RenewalDay>('last'),
  fc.integer({ min: 1, max: 28 }),
)
const renewals = fc
  .tuple(fc.integer({ min: 1, max: 14 }), days)
  .map(([months, day]) => renew(months, day))
const units = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.constantFrom<Use>('reserved', 'consumed', 'released'),
  )
  .map(([name, wanted]) => use(name, wanted))

const paidAt = fc
  .integer({ min: Date.UTC(2020, 0, 1) / 1000, max: Date.UTC(2040, 0, 1) / 1000 })
  .map((seconds) => seconds * 1000)

function live(terms: fc.Arbitrary<Terms>, commands: fc.Arbitrary<Command>[]) {
  const lives = fc.commands(commands, {
    size: 'large',
    maxCommands: 40,
  })
  return fc.assert(
    fc.property(paidAt, terms, lives, (paidAtMs, agreed, life) => {
      fc.modelRun(
        () => ({ model: bought(paidAtMs, agreed), real: new RealLicense(paidAtMs, agreed) }),
        life,
      )
    }),
    { numRuns: 400, seed: 7 },
  )
}

describe('section 5: the license and its independent model agree', () => {
  it('on a license that renews, its holds, its grace and its retention', () => {
    const terms = fc.record({
      months: fc.constantFrom(1, 3, 12),
      graceDays: fc.constantFrom(0, 1, 7),
      retentionDays: fc.constantFrom(0, 1, 15),
      isOneTime: fc.constant(false),
      total: fc.integer({ min: 1, max: 9 }),
    })
    live(terms, [...time, decisions, decisions, renewals])
  })

  it('on a one-time license and each of its units', () => {
    const terms = fc.record({
      months: fc.constantFrom(1, 3),
      graceDays: fc.constant(7),
      retentionDays: fc.constant(15),
      isOneTime: fc.constant(true),
      total: fc.integer({ min: 1, max: 3 }),
    })
    live(terms, [...time, decisions, units, units, units])
  })
})
