/** R18, C15: a year of virtual time in which cron does what cron does. */
import { eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { licenses, mails, reminders } from '../../../server/db/schema.ts'
import type { Deps } from '../../../server/deps.ts'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import type { Id } from '../../../server/domain/ids.ts'
import type { ReminderMail } from '../../../server/domain/reminder-mail.ts'
import { isDigestTime, reminderPlan } from '../../../server/domain/reminder.ts'
import { remind } from '../../../server/jobs/remind.ts'
import { createTestClock } from '../../support/clock.ts'
import { moveEnd, plantCustomer, plantLicense } from '../../support/planted-licenses.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

describe('C15: a year with overlapping, doubled and skipped cron', () => {
  it('tells each (license, expiry, occasion) exactly once, and nothing after a renewal', async () => {
    const chance = randomOf(20_260_101)
    const clock = createTestClock('2026-01-01T00:00:00Z')
    const deps: Deps = { ...center.system.deps, now: clock.now }
    const world = await plantWorld(deps, chance)
    const runs: Temporal.Instant[] = []
    while (Temporal.Instant.compare(clock.now(), at('2027-01-01T00:00:00Z')) < 0) {
      const kind = chance()
      // Mostly every half day or so; sometimes twice at once; sometimes not at all for days.
      clock.advance({
        hours: kind < 0.06 ? 24 + Math.floor(chance() * 96) : 1 + Math.floor(chance() * 30),
      })
      const times = kind > 0.8 ? 3 : 1
      runs.push(clock.now())
      await Promise.all(Array.from({ length: times }, () => remind(deps)))
      await world.renewSome(clock.now())
    }
    const stored = await deps.db.orm.select().from(reminders)
    const mine = stored.filter(({ licenseId }) => world.ends.has(licenseId))
    const letters = await deps.db.orm.select().from(mails).where(eq(mails.kind, 'reminder.digest'))
    let expected = 0
    for (const [licenseId, ends] of world.ends) {
      for (const { endsAt, from, until, facts } of ends) {
        for (const { occasion, dueAt, usefulUntil } of reminderPlan({ ...facts, endsAt })) {
          const told = mine.filter(
            (row) =>
              row.licenseId === licenseId &&
              row.expiresAt.equals(endsAt) &&
              row.occasion === occasion,
          )
          const ran = runs.some(
            (run) =>
              isWithin(run, dueAt, usefulUntil) &&
              isWithin(run, from, until) &&
              isDigestTime(run, facts.zone),
          )
          if (!ran) continue
          expected += 1
          expect(told, `${licenseId} ${endsAt} ${occasion}`).toHaveLength(1)
        }
      }
    }
    expect(expected).toBeGreaterThan(100)
    for (const { data } of letters) {
      const digest = data as unknown as ReminderMail
      for (const { licenseId, endsAt } of [
        digest.renewable,
        digest.charges,
        digest.ending,
      ].flat()) {
        const known = world.ends.get(licenseId)?.find((end) => `${end.endsAt}` === endsAt)
        if (!world.ends.has(licenseId)) continue
        // A renewal in the same instant came after it.
        const isOver = known && Temporal.Instant.compare(digest.writtenAt, known.until) > 0
        expect(isOver, `${licenseId} ${endsAt}`).toBe(false)
      }
    }
    const named = letters.flatMap(({ id, data }) => {
      const digest = data as unknown as ReminderMail
      return [digest.renewable, digest.charges, digest.ending]
        .flat()
        .map(({ licenseId, endsAt }) => `${licenseId} ${endsAt} ${id}`)
    })
    expect(new Set(named).size).toBe(named.length)
  })
})

interface LivedEnd {
  readonly endsAt: Temporal.Instant
  readonly from: Temporal.Instant
  until: Temporal.Instant
  readonly facts: Parameters<typeof reminderPlan>[0]
}

/** Twenty licenses of four customers in four zones; some are renewed now and then, some never. */
async function plantWorld(deps: Deps, chance: () => number) {
  const ends = new Map<string, LivedEnd[]>()
  const versions = new Map<string, number>()
  const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati']
  const modes = ['manual', 'manual', 'auto', 'canceled', 'pay_per_use'] as const
  for (let customer = 0; customer < 4; customer++) {
    const zone = zones[customer % zones.length] ?? 'UTC'
    const customerId = await plantCustomer(deps, `year-${customer}`, zone)
    for (const renewalMode of modes) {
      const cycle = chance() < 0.7 ? 'month' : 'year'
      const days = cycle === 'month' ? 30 : 365
      const endsAt = deps.now().add({ hours: 24 * (5 + Math.floor(chance() * 60)) })
      const activatedAt = endsAt.subtract({ hours: days * 24 })
      const nextChargeAt = endsAt.subtract({ hours: 7 * 24 + 5 })
      const row = { endsAt, activatedAt, nextChargeAt, renewalMode, cycle, zone } as const
      const id = await plantLicense(deps, customerId, row)
      const [facts] = await deps.db.orm.select().from(licenses).where(eq(licenses.id, id))
      if (facts === undefined) throw new Error('not planted')
      ends.set(id, [{ endsAt, from: deps.now(), until: at('2099-01-01T00:00:00Z'), facts }])
      versions.set(id, 1)
    }
  }
  return {
    ends,
    async renewSome(now: Temporal.Instant) {
      for (const [id, lived] of ends) {
        const last = lived.at(-1)
        if (last === undefined || chance() > 0.02) continue
        last.until = now
        const endsAt = last.endsAt.add({ hours: 30 * 24 })
        const nextChargeAt = endsAt.subtract({ hours: 7 * 24 + 5 })
        const version = (versions.get(id) ?? 1) + 1
        versions.set(id, version)
        await moveEnd(deps, id as Id<'lic'>, endsAt, version)
        const facts = { ...last.facts, nextChargeAt }
        lived.push({ endsAt, from: now, until: at('2099-01-01T00:00:00Z'), facts })
      }
    },
  }
}

function isWithin(now: Temporal.Instant, from: Temporal.Instant, until: Temporal.Instant): boolean {
  return Temporal.Instant.compare(from, now) <= 0 && Temporal.Instant.compare(now, until) < 0
}

/** The same chance in every run (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
