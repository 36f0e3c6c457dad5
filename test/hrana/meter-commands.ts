/** Jobs of what is paid by the day after the expiry: count, bill, suspend. */
import { eq } from 'drizzle-orm'
import {
  coverage,
  customers,
  licenses,
  meterBills,
  meterDays,
  meters,
} from '../../server/db/schema.ts'
import type { Deps } from '../../server/deps.ts'
import { autoRenew } from '../../server/jobs/auto-renew.ts'
import { meter } from '../../server/jobs/meter.ts'
import { consentTo } from '../support/renewing.ts'
import type { TestSystem } from '../support/system.ts'
import { answered, entriesFromHere, later, planted, purchased, type Command } from './given.ts'
import { chargedFor } from './job-commands.ts'

const SOLO = { plan: 'solo', quantity: 4, cycle: 'month', auto_renew: true } as const

/** Of licenses that were bought, with the past that they would have had. */
export const METER_JOBS: readonly Command[] = [
  {
    name: 'the count of metered days',
    covers: ['usecases/count-metered-days.ts'],
    prepare: async (center, name) => {
      const { licenseId } = await metered(center, name)
      return {
        give: () => later(center, { seconds: 1 }, meter),
        left: async () => {
          const { orm } = center.system.deps.db
          const days = await orm.select().from(meterDays).where(eq(meterDays.licenseId, licenseId))
          return days.map(({ units, unitAmount }) => ({ units, unitAmount }))
        },
      }
    },
  },
  {
    name: 'the bill of metered days',
    covers: ['usecases/charge-metered-days.ts'],
    prepare: async (center, name) => {
      const { licenseId } = await countedLastMonth(center, name)
      return {
        give: () => later(center, { seconds: 61 }, meterAndFinish),
        left: async () => {
          const { orm } = center.system.deps.db
          const days = await orm.select().from(meterDays).where(eq(meterDays.licenseId, licenseId))
          return {
            asked: days.map(({ orderId }) => orderId !== null),
            charged: await chargedFor(center, name),
          }
        },
      }
    },
  },
  {
    name: 'the suspension of what nobody paid',
    covers: ['usecases/suspend-unpaid.ts'],
    prepare: async (center, name) => {
      const { licenseId, customer } = await countedLastMonth(center, name)
      const { db, now } = center.system.deps
      const bill = { state: 'past_due', attempts: 4, nextAt: null, version: 1 } as const
      await planted(center, [
        db.orm.insert(meterBills).values({
          ...bill,
          customerId: customer.id,
          currency: 'USD',
          dueAt: now().subtract({ hours: 24 * 8 }),
          methodId: customer.savedMethod?.id ?? null,
        }),
      ])
      const entries = await entriesFromHere(center, `meter_bill:${customer.id}:USD`)
      return {
        give: () => later(center, { seconds: 1 }, meter),
        left: async () => {
          const [row] = await db.orm.select().from(licenses).where(eq(licenses.id, licenseId))
          const [stopped] = await db.orm
            .select()
            .from(meters)
            .where(eq(meters.licenseId, licenseId))
          return {
            isSuspended: row?.suspendedAt !== null,
            stoppedBy: stopped?.stoppedBy,
            entries: await entries(),
          }
        },
      }
    },
  },
]

/** What a charge left open is gone on with by the other job. */
async function meterAndFinish(deps: Deps): Promise<number> {
  return (await meter(deps)) + (await autoRenew(deps))
}

/** Expired a day and a half ago, and paid by the day since. */
async function metered(center: TestSystem, name: string) {
  const bought = await purchased(center, name, SOLO, 'studio')
  const { buyer, licenseId } = bought
  const body = {
    license_ids: [licenseId],
    mode: 'pay_per_use',
    consent: await consentTo(buyer, 'solo'),
  }
  await answered(buyer.send('renewals/mode', { body }), [])
  const { db, now } = center.system.deps
  const ago = (hours: number) => now().subtract({ hours })
  await planted(center, [
    db.orm
      .update(licenses)
      .set({ endsAt: ago(36) })
      .where(eq(licenses.id, licenseId)),
    db.orm
      .update(meters)
      .set({ openedAt: ago(48) })
      .where(eq(meters.licenseId, licenseId)),
    db.orm
      .update(coverage)
      .set({ at: ago(24 * 31) })
      .where(eq(coverage.licenseId, licenseId)),
  ])
  return bought
}

/** One day of the month before, that nobody was asked to pay for. */
async function countedLastMonth(center: TestSystem, name: string) {
  const { licenseId } = await metered(center, name)
  const { db, now } = center.system.deps
  const [row] = await db.orm
    .select({ customer: customers })
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .where(eq(licenses.id, licenseId))
  if (row === undefined) throw new Error('no customer')
  const today = now().toZonedDateTimeISO('UTC').toPlainDate()
  const day = { licenseId, customerId: row.customer.id, units: 4, unitAmount: 90, currency: 'USD' }
  const countedOn = today.with({ day: 1 }).subtract({ days: 1 }).toString()
  await planted(center, [
    db.orm.insert(meterDays).values({ ...day, countedOn, orderId: null }),
    db.orm
      .update(meters)
      .set({ countedOn: today.toString() })
      .where(eq(meters.licenseId, licenseId)),
  ])
  return { licenseId, customer: row.customer }
}
