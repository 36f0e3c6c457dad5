/** Commands about licenses that were bought: their mode, their holds, their refunds, their links. */
import { eq } from 'drizzle-orm'
import { licenses, mails, operatorTasks, orders, renewLinks } from '../../server/db/schema.ts'
import { holdLicense } from '../../server/usecases/hold-license.ts'
import { refundOrder } from '../../server/usecases/refund-order.ts'
import { newRenewLink } from '../../server/usecases/renew-link.ts'
import { revokeRenewLink } from '../../server/usecases/renew-session.ts'
import { retryMail } from '../../server/usecases/settle-mail.ts'
import { DR_AUTO } from '../support/buyer.ts'
import { intend, mailOf } from '../support/mail-intents.ts'
import { deliver } from '../support/provider-events.ts'
import { consentTo } from '../support/renewing.ts'
import { bareSdk } from '../support/stripe.ts'
import type { TestSystem } from '../support/system.ts'
import {
  answered,
  entriesFromHere,
  once,
  planted,
  purchased,
  type Command,
  type Purchase,
} from './given.ts'

const ACT = { actor: 'operator:mia', reason: 'Checked' } as const

/** One license with a saved card for all attempts. */
const held = once((center) => purchased(center, 'holder', DR_AUTO))

export const LICENSE_COMMANDS: readonly Command[] = [
  {
    name: 'POST renewals/mode',
    covers: ['usecases/change-renewal-mode.ts'],
    prepare: async (center) => {
      const { buyer, licenseId } = await held(center)
      const consent = await consentTo(buyer, 'dr')
      const move = (mode: string) =>
        answered(
          buyer.send('renewals/mode', { body: { license_ids: [licenseId], mode, consent } }),
          [],
        )
      await move('manual')
      const entries = await entriesFromHere(center, `license:${licenseId}`)
      return {
        give: () => move('auto'),
        left: async () => {
          const { renewal_mode, next_charge_at } = await buyer.license(licenseId)
          return { renewal_mode, next_charge_at, entries: await entries() }
        },
      }
    },
  },
  {
    name: 'license suspend',
    covers: ['usecases/hold-license.ts'],
    prepare: async (center) => {
      const { licenseId } = await held(center)
      const { deps } = center.system
      await holdLicense(deps, licenseId, { ...ACT, hold: 'reinstate' })
      const entries = await entriesFromHere(center, `license:${licenseId}`)
      return {
        give: async () => {
          const license = await holdLicense(deps, licenseId, { ...ACT, hold: 'suspend' })
          return license.suspendedAt !== null
        },
        left: entries,
      }
    },
  },
  {
    name: 'orders refund',
    covers: ['usecases/refund-order.ts', 'usecases/follow-aftermath.ts'],
    prepare: async (center, name) => {
      const bought = await purchased(center, name)
      return {
        give: async () => {
          const wish = { kind: 'period', lines: null, amount: null, scope: null } as const
          const { order } = await refundOrder(center.system.deps, bought.orderId, {
            ...wish,
            ...ACT,
          })
          return order.state
        },
        left: () => afterRefund(center, bought),
      }
    },
  },
  {
    name: 'POST webhooks, of a refund in the dashboard',
    covers: ['usecases/follow-aftermath.ts', 'usecases/provider-inbox.ts'],
    prepare: async (center, name) => {
      const bought = await purchased(center, name)
      const stripe = bareSdk(center.system.stripe.origin)
      const [intent] = center.system.stripe.truth
        .payments()
        .filter(({ orderId }) => orderId === bought.orderId)
      await stripe.refunds.create({ payment_intent: intent?.intentId ?? '', amount: 1000 })
      const { data } = await stripe.events.list({ type: 'charge.refunded', limit: 1 })
      const [event] = data
      if (event === undefined) throw new Error('nothing was refunded')
      return {
        give: () => answered(deliver(center.system, event), []),
        left: () => afterRefund(center, bought),
      }
    },
  },
  {
    name: 'a renew link, revoked',
    covers: ['usecases/renew-session.ts'],
    prepare: async (center) => {
      const { deps } = center.system
      const { licenseId } = await held(center)
      const [license] = await deps.db.orm.select().from(licenses).where(eq(licenses.id, licenseId))
      if (license === undefined) throw new Error('no license')
      const { productId, customerId } = license
      const expiresAt = deps.now().add({ hours: 24 })
      const link = { productId, customerId, licenseIds: [licenseId], expiresAt }
      const { id, query } = await newRenewLink(deps, link)
      await planted(center, [query])
      const entries = await entriesFromHere(center, `renew_link:${id}`)
      return {
        give: async () => (await revokeRenewLink(deps, id, ACT)) ?? 'revoked',
        left: async () => {
          const [row] = await deps.db.orm.select().from(renewLinks).where(eq(renewLinks.id, id))
          return { isRevoked: row?.revokedAt !== null, entries: await entries() }
        },
      }
    },
  },
  {
    name: 'mails retry',
    covers: ['usecases/settle-mail.ts'],
    repeated: 'mail.not_failed',
    prepare: async (center) => {
      const { deps } = center.system
      const id = await intend(center.system)
      await planted(center, [
        deps.db.orm.update(mails).set({ failedAt: deps.now() }).where(eq(mails.id, id)),
      ])
      const entries = await entriesFromHere(center, `mail:${id}`)
      return {
        give: async () => (await retryMail(deps, id, ACT)).failedAt,
        left: async () => {
          const { attempts, failedAt } = await mailOf(center.system, id)
          return { attempts, failedAt, entries: await entries() }
        },
      }
    },
  },
]

/** Of the order, its licenses, its letters and tasks, and the money that really went back. */
async function afterRefund(center: TestSystem, { orderId }: Purchase) {
  const { deps, stripe } = center.system
  const { orm } = deps.db
  const [order] = await orm.select().from(orders).where(eq(orders.id, orderId))
  const own = await orm.select().from(licenses).where(eq(licenses.orderId, orderId))
  const letters = await orm.select().from(mails).where(eq(mails.kind, 'order.refunded'))
  const tasks = await orm.select().from(operatorTasks)
  return {
    state: order?.state,
    back: stripe.truth.refunds().flatMap((one) => (one.orderId === orderId ? one.amount : [])),
    revoked: own.filter(({ revokedAt }) => revokedAt !== null).length,
    totals: own.map(({ total }) => total),
    letters: letters.filter(({ reference }) => reference.startsWith(orderId)).length,
    tasks: tasks.filter(({ data }) => JSON.stringify(data).includes(orderId)).length,
  }
}
