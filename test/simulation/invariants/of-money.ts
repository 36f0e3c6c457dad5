/** What holds at rest for money that went back, and for charges that nobody watched. */
import type { RestInvariant } from './at-rest.ts'
import { moneyBack } from './truth.ts'

const HOUR_MS = 3_600_000

/** I12: what went back at Stripe is what we say went back, and never more than was paid. */
const sameRefunds: RestInvariant = ({ world, orders }) => {
  const back = moneyBack(world.stripe)
  for (const { order } of orders) {
    const rows = world.machine.disk.all(
      `SELECT sum(amount) AS amount FROM refunds WHERE order_id = ? AND state <> 'failed'`,
      order.id,
    )
    const here = Number(rows[0]?.['amount'] ?? 0)
    const there = back.get(order.id) ?? 0
    if (here !== there) return `${order.id} gave back ${here} here, ${there} at Stripe`
    if (there > order.total) return `${order.id} gave back ${there} of ${order.total}`
  }
  return null
}

/** R15: an order is called refunded if and only if its money is back. */
const refundedMeansBack: RestInvariant = ({ world, orders }) => {
  const back = moneyBack(world.stripe)
  const lost = world.machine.disk.all(`SELECT order_id, amount FROM disputes WHERE state = 'lost'`)
  for (const { order } of orders) {
    const taken = lost.find(({ order_id }) => order_id === order.id)
    const amount = (back.get(order.id) ?? 0) + Number(taken?.['amount'] ?? 0)
    const wanted = amount === 0 ? null : amount >= order.total ? 'refunded' : 'partially_refunded'
    const isSaid = order.state.endsWith('refunded')
    if (wanted === null && isSaid) return `${order.id} is ${order.state}, nothing went back`
    if (wanted !== null && order.state === 'fulfilled')
      return `${order.id} is ${order.state}, ${amount} went back`
    if (wanted !== null && isSaid && order.state !== wanted) return `${order.id} is ${order.state}`
  }
  return null
}

/** R16: a dispute that is open is known, one that is over holds nothing any more. */
const sameDisputes: RestInvariant = ({ world }) => {
  const known = new Map(
    world.machine.disk.all('SELECT id, state FROM disputes').map(({ id, state }) => [id, state]),
  )
  for (const { id, status } of world.stripe.store.disputes.values()) {
    const wanted = DISPUTES[status]
    if (wanted !== undefined && known.get(id) !== wanted) {
      return `${id} is ${known.get(id) ?? 'unknown'} here, ${status} at Stripe`
    }
  }
  return null
}
const DISPUTES: Readonly<Record<string, string>> = {
  needs_response: 'open',
  won: 'won',
  lost: 'lost',
  warning_needs_response: 'inquiry',
  warning_closed: 'inquiry_closed',
}

/** R16: a license is withheld while a dispute is open, or metered days are unpaid, and only then. */
const withheldByDisputes: RestInvariant = ({ world: { machine } }) => {
  const [row] = machine.disk.all(
    `SELECT id FROM licenses WHERE suspended_at IS NOT NULL AND revoked_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM disputes WHERE state = 'open' AND instr(suspended, licenses.id) > 0) AND NOT EXISTS (
      SELECT 1 FROM meter_bills WHERE customer_id = licenses.customer_id AND suspended_at IS NOT NULL)`,
  )
  return row === undefined ? null : `${row['id']} is suspended, and no dispute is open`
}

/** R15, R16: with the money goes what it had bought, by an entry of the ledger; not what is used up (R9). */
const takenBack: RestInvariant = ({ world: { machine } }) => {
  const [row] = machine.disk.all(
    `SELECT bought.license_id AS id, order_lines.order_id AS ord FROM order_lines
      JOIN orders ON orders.id = order_lines.order_id
      JOIN coverage bought ON bought.order_line_id = order_lines.id
      WHERE (EXISTS (SELECT 1 FROM refunds WHERE refunds.order_id = orders.id
          AND refunds.kind = 'period' AND refunds.state <> 'failed')
        OR EXISTS (SELECT 1 FROM disputes WHERE disputes.order_id = orders.id
          AND disputes.state = 'lost' AND disputes.amount >= orders.total))
      AND NOT EXISTS (SELECT 1 FROM coverage taken WHERE taken.license_id = bought.license_id
        AND taken.kind IN ('reversal', 'units_removed'))
      AND EXISTS (SELECT 1 FROM licenses WHERE licenses.id = bought.license_id AND licenses.total > (
        SELECT count(*) FROM license_units WHERE license_units.license_id = licenses.id
          AND license_units.use IN ('reserved', 'consumed')))`,
  )
  return row === undefined ? null : `${row['id']} keeps what ${row['ord']} bought`
}

/** Section 5: no charge is due for ever but of a license that is held, none is under way for ever. */
const chargesEnd: RestInvariant = ({ world }) => {
  const { disk } = world.machine
  const [due] = disk.all(
    `SELECT id FROM licenses WHERE renewal_mode = 'auto' AND next_charge_at < ?
      AND suspended_at IS NULL AND under_review_at IS NULL`,
    world.nowMs - HOUR_MS,
  )
  if (due !== undefined) return `${due['id']} is due for ever`
  const [stuck] = disk.all(
    `SELECT license_id FROM auto_charges JOIN orders ON orders.id = auto_charges.order_id
      WHERE auto_charges.state = 'processing' AND orders.state NOT IN ('pending', 'processing')`,
  )
  return stuck === undefined ? null : `the charge of ${stuck['license_id']} never ends`
}

/** S80: no hold without an order that is open. */
const holdsEnd: RestInvariant = ({ world }) => {
  const [row] = world.machine.disk.all(
    `SELECT license_id, state FROM open_renewals JOIN orders ON orders.id = order_id
      WHERE state NOT IN ('pending', 'processing', 'payable', 'review')`,
  )
  return row === undefined
    ? null
    : `${row['license_id']} is held for an order that is ${row['state']}`
}

/** Nobody keeps money for what could not be delivered. */
const failedLinesAreSeen: RestInvariant = ({ orders, world }) => {
  for (const { order, lines } of orders) {
    for (const line of lines.filter(({ failure }) => failure !== null)) {
      const seen = world.machine.disk.all(
        `SELECT 1 FROM operator_tasks WHERE reference = ? UNION ALL SELECT 1 FROM refunds WHERE order_id = ?`,
        line['id'],
        order.id,
      )
      if (seen.length === 0) return `nobody gives back ${String(line['id'])}`
    }
  }
  return null
}

export const MONEY_INVARIANTS: Readonly<Record<string, RestInvariant>> = {
  'I12 same refunds': sameRefunds,
  'R15 refunded means back': refundedMeansBack,
  'R16 same disputes': sameDisputes,
  'R16 withheld by disputes': withheldByDisputes,
  'R15 taken back': takenBack,
  'R18 charges end': chargesEnd,
  'S80 holds end': holdsEnd,
  'R3 failed lines are seen': failedLinesAreSeen,
}
