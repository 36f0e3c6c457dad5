import { describe, expect, it } from 'vitest'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import {
  judgeRebind,
  refusedForSeconds,
  type RebindFacts,
  type RebindState,
} from '../../../server/domain/rebind.ts'

const NOW = at('2026-03-31T00:00:00Z')
const ago = (hours: number) => NOW.subtract({ milliseconds: Math.round(hours * 3_600_000) })
const rules = {
  self_service_per_30_days: 4,
  cooldown_hours: 24,
  review_score: 60,
  requests_per_30_days: 3,
}
/** An old installation, silent for days, of a customer who is who they say. */
const facts = (given: Partial<RebindFacts> = {}): RebindFacts => ({
  now: NOW,
  recent: [],
  activatedAt: ago(1000),
  lastSeenAt: ago(100),
  isOffline: false,
  isEmailTheirs: true,
  isUsedElsewhere: false,
  ...given,
})
const moved = (hours: number, state: RebindState = 'approved') => ({
  state,
  requestedAt: ago(hours),
})

describe('judgeRebind() (S82)', () => {
  it.each([
    { why: 'nothing speaks against it', given: {}, score: 0, reasons: [] },
    {
      why: 'the old host does not call',
      given: { isOffline: true },
      score: 100,
      reasons: ['offline'],
    },
    {
      why: 'the address is not theirs',
      given: { isEmailTheirs: false },
      score: 60,
      reasons: ['email_mismatch'],
    },
    {
      why: 'another customer has the newcomer',
      given: { isUsedElsewhere: true },
      score: 60,
      reasons: ['used_elsewhere'],
    },
    {
      why: 'it was activated within a day',
      given: { activatedAt: ago(23.9) },
      score: 20,
      reasons: ['young_activation'],
    },
    { why: 'it was activated a day ago', given: { activatedAt: ago(24) }, score: 0, reasons: [] },
    {
      why: 'it called within the hour',
      given: { lastSeenAt: ago(0.9) },
      score: 20,
      reasons: ['recently_seen'],
    },
    { why: 'it called an hour ago', given: { lastSeenAt: ago(1) }, score: 0, reasons: [] },
    {
      why: 'the last move is less than the cooldown ago',
      given: { recent: [moved(23.9)] },
      score: 100,
      reasons: ['cooldown'],
    },
    {
      why: 'half of the quota is used',
      given: { recent: [moved(24), moved(50)] },
      score: 0,
      reasons: [],
    },
    {
      why: 'more than half of the quota is used',
      given: { recent: [moved(24), moved(50), moved(60)] },
      score: 20,
      reasons: ['many_lately'],
    },
    {
      why: 'all of the quota is used',
      given: { recent: [24, 50, 60, 70].map((hours) => moved(hours)) },
      score: 100,
      reasons: ['quota', 'many_lately'],
    },
    {
      why: 'what was asked for was not done',
      given: { recent: [moved(1, 'denied'), moved(2, 'withdrawn'), moved(3, 'requested')] },
      score: 0,
      reasons: [],
    },
    {
      why: 'much comes together, heaviest first',
      given: {
        lastSeenAt: ago(0),
        activatedAt: ago(2),
        isEmailTheirs: false,
        isUsedElsewhere: true,
      },
      score: 100,
      reasons: ['email_mismatch', 'used_elsewhere', 'young_activation', 'recently_seen'],
    },
  ])('C09: is $score where $why', ({ given, score, reasons }) => {
    const isApproved = score < 60
    expect(judgeRebind(rules, facts(given))).toEqual({ isApproved, score, reasons })
  })

  it('lets a plan have a person look at every one, and at none', () => {
    expect(judgeRebind({ ...rules, review_score: 0 }, facts()).isApproved).toBe(false)
    const young = facts({ activatedAt: ago(1) })
    expect(judgeRebind({ ...rules, review_score: 21 }, young).isApproved).toBe(true)
    expect(judgeRebind({ ...rules, review_score: 20 }, young).isApproved).toBe(false)
  })
})

describe('refusedForSeconds() (C09)', () => {
  const asked = (...hours: number[]) =>
    refusedForSeconds(rules, { now: NOW, recent: hours.map((ago) => moved(ago, 'denied')) })
  const WINDOW_HOURS = 30 * 24

  it('hears as many requests in 30 days as the plan says', () => {
    expect(asked(1, 2)).toBeNull()
  })

  it('hears the next one when the oldest that counts is 30 days old', () => {
    expect(asked(5, 100, 2)).toBe((WINDOW_HOURS - 100) * 3600)
    expect(asked(5, 700, 2, 100)).toBe((WINDOW_HOURS - 100) * 3600)
  })

  it('names whole seconds, at least one', () => {
    expect(asked(1, 2, WINDOW_HOURS)).toBe(1)
    expect(asked(1, 2, WINDOW_HOURS - 1.5 / 3600)).toBe(2)
  })
})
