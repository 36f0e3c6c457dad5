/** What holds when the faults have stopped for an hour: everything is settled, and nothing was lost. */
import { unheardIn } from '../world/webhooks.ts'
import type { World } from '../world/world.ts'
import type { OrderFacts } from './facts.ts'
import { MAIL_INVARIANTS } from './of-mails.ts'
import { METER_INVARIANTS } from './of-meters.ts'
import { MONEY_INVARIANTS } from './of-money.ts'
import { WEBHOOK_INVARIANTS } from './of-webhooks.ts'
import type { TruePayment } from './truth.ts'

export interface Rest {
  readonly world: World
  readonly orders: readonly OrderFacts[]
  readonly payments: readonly TruePayment[]
}

export type RestInvariant = (rest: Rest) => string | null

const DELIVERED = ['fulfilled', 'partially_refunded', 'refunded']

/** I2: each settled payment has its license, or a person was asked to look at it. */
const everyPaymentCounts: RestInvariant = ({ orders, payments }) => {
  for (const payment of payments.filter(({ paidAt }) => paidAt !== null)) {
    const facts = orders.find(({ order }) => order.id === payment.orderId)
    if (facts === undefined) continue
    const { order, lines, tasks, licenses, periods } = facts
    const isBill = lines.some(({ kind }) => kind === 'pay_per_use')
    const hasBrought = isBill || licenses.length + periods.length > 0
    const isFirst = DELIVERED.includes(order.state) && hasBrought
    if (!isFirst && order.state !== 'review' && tasks.length === 0) {
      return `${payment.sessionId} is paid, ${order.id} is ${order.state}`
    }
  }
  return null
}

/** P09: of two payments of one order, the second is a person's task. */
const secondPaymentIsSeen: RestInvariant = ({ orders, payments }) => {
  for (const { order, tasks } of orders) {
    const own = payments.filter(({ orderId, paidAt }) => orderId === order.id && paidAt !== null)
    if (own.length > 1 && tasks.length === 0) return `${order.id} was paid ${own.length} times`
  }
  return null
}

/** I2: no order waits for ever. */
const nothingPends: RestInvariant = ({ orders, world }) => {
  for (const { order } of orders) {
    if (order.state === 'payable') return `${order.id} is payable for ever`
    if (!['pending', 'processing'].includes(order.state)) continue
    const pages = world.stripe.pagesOf(order.id)
    const isOpen = pages.some(({ status }) => status === 'open')
    // Placed by a clock that was ahead, and never given a page: it waits until its own end.
    const isWaiting = pages.length === 0 && order.expires_at > world.nowMs
    if (!isOpen && !isWaiting)
      return `${order.id} is ${order.state}, its pages are [${pages.map(({ status }) => status).join()}]`
  }
  return null
}

/** I12: our rows and Stripe say the same of each page that we know. */
const sameAsStripe: RestInvariant = ({ orders, payments }) => {
  for (const { order, payments: rows } of orders.filter((it) => it.order.total > 0)) {
    for (const row of rows) {
      const isPaid = payments.some((it) => it.sessionId === row.session_id && it.paidAt !== null)
      if (isPaid !== (row.state === 'paid' || row.state === 'refunded')) {
        return `${row.session_id} of ${order.id} is ${row.state} here, ${isPaid ? '' : 'not '}paid at Stripe`
      }
    }
  }
  return null
}

/** P26: whatever Stripe told us was acted on. */
const inboxIsEmpty: RestInvariant = ({ world }) => {
  const rows = world.machine.disk.all(
    `SELECT id, type, outcome FROM provider_events WHERE handled_at IS NULL AND order_id IN (SELECT id FROM orders)`,
  )
  return rows[0] === undefined
    ? null
    : `${rows[0]['type']} was not acted on (${rows[0]['outcome']})`
}

/** R14: no more uses of a code than its catalogue allows. */
const promoLimits: RestInvariant = ({ world }) => {
  const LIMITS: Readonly<Record<string, number>> = { ONCE: 1, TWICE: 2, GIFT: 3 }
  const rows = world.machine.disk.all(
    `SELECT code, count(*) AS uses FROM promo_uses WHERE state <> 'released' GROUP BY code`,
  )
  const over = rows.find(({ code, uses }) => Number(uses) > (LIMITS[String(code)] ?? 0))
  return over === undefined ? null : `${over['code']} was used ${over['uses']} times`
}

/** P22: an event of the other mode leaves no trace. */
const otherModeIgnored: RestInvariant = ({ world }) => {
  const [row] = world.machine.disk.all(
    `SELECT id FROM provider_events WHERE id LIKE 'evt_forged_live%'`,
  )
  return row === undefined ? null : `${row['id']} of live mode was taken`
}

/** P27: what Stripe never managed to tell us was asked for. */
const nothingUnheard: RestInvariant = ({ world }) => {
  const unheard = unheardIn(world)
  return unheard === null ? null : `${unheard.type} was never heard of`
}

export const REST_INVARIANTS: Readonly<Record<string, RestInvariant>> = {
  'I2 every payment counts': everyPaymentCounts,
  'P09 second payment is seen': secondPaymentIsSeen,
  'I2 nothing pends': nothingPends,
  'I12 same as Stripe': sameAsStripe,
  'P26 inbox is empty': inboxIsEmpty,
  'R14 promo limits': promoLimits,
  'P22 other mode ignored': otherModeIgnored,
  'P27 nothing unheard': nothingUnheard,
  ...MONEY_INVARIANTS,
  ...WEBHOOK_INVARIANTS,
  ...METER_INVARIANTS,
  ...MAIL_INVARIANTS,
}
