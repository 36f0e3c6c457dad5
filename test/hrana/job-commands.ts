/** Jobs: each looks at everything there is, so each has a system of its own. */
import { eq } from 'drizzle-orm'
import { autoCharges, licenses, mails, orders, reminders } from '../../server/db/schema.ts'
import { autoRenew } from '../../server/jobs/auto-renew.ts'
import { deliverMails } from '../../server/jobs/deliver-mails.ts'
import { fewerUnits } from '../../server/jobs/fewer-units.ts'
import { remind } from '../../server/jobs/remind.ts'
import { DR_AUTO } from '../support/buyer.ts'
import { intend, mailOf } from '../support/mail-intents.ts'
import { plantCustomer, plantLicense } from '../support/planted-licenses.ts'
import type { TestSystem } from '../support/system.ts'
import { later, planted, purchased, type Command } from './given.ts'

/** What every job leaves is sound: all of it was bought. */
export const SOUND_JOBS: readonly Command[] = [
  {
    name: 'the automatic renewal',
    covers: ['jobs/auto-renew.ts', 'usecases/charge-renewals.ts'],
    prepare: async (center, name) => {
      const { licenseId } = await purchased(center, name, DR_AUTO)
      const { db, now } = center.system.deps
      const own = eq(licenses.id, licenseId)
      await planted(center, [db.orm.update(licenses).set({ nextChargeAt: now() }).where(own)])
      return {
        give: () => later(center, { seconds: 61 }, autoRenew),
        left: async () => {
          const [license] = await db.orm.select().from(licenses).where(own)
          const tries = await db.orm.select().from(autoCharges)
          return {
            months: license?.activatedAt.until(license.endsAt).total('hours'),
            tries: tries
              .filter((row) => row.licenseId === licenseId)
              .map(({ state, attempts }) => ({ state, attempts })),
            charged: await chargedFor(center, name),
          }
        },
      }
    },
  },
  {
    name: 'the delivery of mails',
    covers: ['jobs/deliver-mails.ts', 'usecases/settle-mail.ts'],
    prepare: async (center) => {
      const id = await intend(center.system)
      return {
        // The lease of a run that failed is over by then.
        give: () => later(center, { minutes: 11 }, deliverMails),
        left: async () => {
          const { sentAt, failedAt } = await mailOf(center.system, id)
          const copies = center.system.inbox.mails().filter(({ key }) => key === id).length
          return { isSent: sentAt !== null, failedAt, copies }
        },
      }
    },
  },
]

/** Of licenses that were granted, as an earlier time left them. */
export const PLANTED_JOBS: readonly Command[] = [
  {
    name: 'the end of an automatic renewal',
    covers: ['jobs/auto-renew.ts', 'usecases/end-auto-renewal.ts', 'usecases/change-licenses.ts'],
    prepare: async (center, name) => {
      const { deps } = center.system
      const endsAt = deps.now().subtract({ hours: 24 * 8 })
      const customer = await plantCustomer(deps, name)
      const id = await plantLicense(deps, customer, { endsAt, renewalMode: 'auto' })
      return {
        give: () => later(center, { seconds: 1 }, autoRenew),
        left: async () => {
          const [row] = await deps.db.orm.select().from(licenses).where(eq(licenses.id, id))
          return { mode: row?.renewalMode, version: row?.version }
        },
      }
    },
  },
  {
    name: 'the end of units that were not renewed',
    covers: ['jobs/fewer-units.ts'],
    prepare: async (center, name) => {
      const { deps } = center.system
      const nextTotalAt = deps.now()
      const customer = await plantCustomer(deps, name)
      const facts = { endsAt: nextTotalAt.add({ hours: 24 * 30 }), nextTotal: 2, nextTotalAt }
      const id = await plantLicense(deps, customer, facts)
      return {
        give: () => later(center, { seconds: 1 }, fewerUnits),
        left: async () => {
          const [row] = await deps.db.orm.select().from(licenses).where(eq(licenses.id, id))
          return { total: row?.total, nextTotal: row?.nextTotal, version: row?.version }
        },
      }
    },
  },
  {
    name: 'the digest of a day',
    covers: ['usecases/write-digest.ts'],
    prepare: async (center, name) => {
      // Years apart, so that no run finds the customers of another one.
      const { clock, deps } = center.system
      const today = clock.now().toZonedDateTimeISO('UTC').add({ years: 1 })
      clock.moveTo(today.with({ hour: 10, minute: 0 }).toInstant())
      const customer = await plantCustomer(deps, name)
      const endsAt = clock.now().add({ hours: 24 * 7 + 1 })
      const id = await plantLicense(deps, customer, { endsAt })
      return {
        give: () => later(center, { seconds: 1 }, remind),
        left: async () => {
          const told = await deps.db.orm.select().from(reminders)
          const letters = await deps.db.orm.select().from(mails)
          return {
            told: told.filter(({ licenseId }) => licenseId === id).length,
            letters: letters.filter(({ reference }) => reference.startsWith(customer)).length,
          }
        },
      }
    },
  },
]

/** What jobs asked that customer for, order by order, with the money that Stripe really took for it. */
export async function chargedFor({ system }: TestSystem, name: string) {
  const rows = await system.deps.db.orm.select().from(orders)
  const charges = system.stripe.truth.charges()
  return rows
    .filter(({ origin, email }) => origin !== 'customer' && email.startsWith(`${name}@`))
    .map(({ id, state, total }) => ({
      state,
      total,
      taken: charges
        .filter(({ orderId, status }) => orderId === id && status === 'succeeded')
        .map(({ amount }) => amount),
    }))
}
