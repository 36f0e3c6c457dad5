/** R18: the job of reminders knows when it is needed next, so that a jump of the clock passes nothing by. */
import { eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { licenses, reminders } from '../../../server/db/schema.ts'
import type { Deps } from '../../../server/deps.ts'
import { reminderPlan } from '../../../server/domain/reminder.ts'
import { nextReminderAt, remind } from '../../../server/jobs/remind.ts'
import { createTestClock } from '../../support/clock.ts'
import { plantCustomer, plantLicense } from '../../support/planted-licenses.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati']
const MODES = ['manual', 'auto', 'canceled', 'pay_per_use', null] as const
/** Local hours of the end before and after nine, and over midnight. */
const HOURS = [1, 7, 9, 14, 22]

it('a clock that stops only where the job says has told everything at its hour', async () => {
  const clock = createTestClock('2026-01-01T00:00:00Z')
  const deps: Deps = { ...center.system.deps, now: clock.now }
  const ids = await plantAll(deps)
  for (let stop = await nextReminderAt(deps); stop !== null; stop = await nextReminderAt(deps)) {
    expect(Temporal.Instant.compare(stop, clock.now())).toBe(1)
    clock.advance(clock.now().until(stop))
    await remind(deps)
  }
  const told = await deps.db.orm.select().from(reminders)
  let planned = 0
  for (const id of ids) {
    const [license] = await deps.db.orm.select().from(licenses).where(eq(licenses.id, id))
    if (license === undefined) throw new Error(id)
    const plan = reminderPlan(license).map(({ occasion, dueAt }) => `${occasion} ${dueAt}`)
    const mine = told.filter(({ licenseId }) => licenseId === id)
    expect(mine.map(({ occasion, at }) => `${occasion} ${at}`).toSorted()).toEqual(plan.toSorted())
    planned += plan.length
  }
  expect(planned).toBe(51)
  expect(await nextReminderAt(deps)).toBeNull()
})

/** Each mode in each zone, by the month and by the year, some weeks ahead. */
async function plantAll(deps: Deps) {
  const ids: Awaited<ReturnType<typeof plantLicense>>[] = []
  for (const [number, zone] of ZONES.entries()) {
    const customer = await plantCustomer(deps, `next-${number}`, zone)
    for (const [index, renewalMode] of MODES.entries()) {
      const cycle = renewalMode === null ? null : (number + index) % 3 === 0 ? 'year' : 'month'
      const days = 40 + 13 * index + number
      const endsAt = deps.now().add({ hours: 24 * days + (HOURS[index] ?? 0) })
      const nextChargeAt = renewalMode === 'auto' ? endsAt.subtract({ hours: 7 * 24 + 5 }) : null
      const lasted = cycle === 'year' ? 365 : cycle === 'month' ? 30 : 90
      ids.push(
        await plantLicense(deps, customer, {
          endsAt,
          renewalMode,
          cycle,
          oneTime: renewalMode === null,
          nextChargeAt,
          activatedAt: endsAt.subtract({ hours: 24 * lasted }),
          zone,
        }),
      )
    }
  }
  return ids
}
