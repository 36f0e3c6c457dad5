/** What holds for one order at any moment, however much is going wrong around it. */
import { CALENDAR_INVARIANTS } from './of-calendar.ts'
import type { OrderFacts } from './facts.ts'
import type { TruePayment } from './truth.ts'

export interface Moment {
  readonly now: OrderFacts
  /** The same order after the write before; null when it is new. */
  readonly before: OrderFacts | null
  /** Payments of this order at Stripe. */
  readonly truth: readonly TruePayment[]
  /** Pages of this order that can be paid right now. */
  readonly openPages: readonly string[]
  /** Whether an operator released it from review. */
  readonly isReleased: boolean
}

/** Null when it holds, else what is wrong. */
export type OrderInvariant = (moment: Moment) => string | null

/** I1: at most one license per (order line, kind). */
const oneLicensePerLine: OrderInvariant = ({ now }) => {
  const places = now.licenses.map(({ order_line_id, kind }) => `${order_line_id} ${kind}`)
  return new Set(places).size === places.length ? null : `licenses of ${places.join(', ')}`
}

/** I3: no license without a settled payment of that amount, or an operator's word. */
const noLicenseUnpaid: OrderInvariant = ({ now, truth, isReleased }) => {
  const { order, licenses, periods } = now
  if (licenses.length + periods.length === 0 || order.total === 0) return null
  const paid = truth.filter(({ paidAt }) => paidAt !== null)
  if (isReleased) return paid.length > 0 ? null : `${order.id} was released unpaid`
  const isRight = paid.some(
    ({ amount, currency }) => amount === order.total && currency === order.currency,
  )
  return isRight
    ? null
    : `${order.id} brought licenses or periods, and ${JSON.stringify(truth)} at Stripe`
}

/** I3, the other way: licenses and `fulfilled` come together. */
const licensesAndState: OrderInvariant = ({ now: { order, lines, licenses, periods } }) => {
  const mayHave = ['fulfilled', 'partially_refunded', 'refunded'].includes(order.state)
  const brought = licenses.length + periods.length
  if (brought > 0 && !mayHave) return `${order.id} is ${order.state} and brought something`
  // Days that were used already: see `of-meters.ts`.
  if (lines.every(({ kind }) => kind === 'pay_per_use')) return null
  // What could not be carried out is given back at once, though an operator released it.
  if (lines.every(({ failure }) => failure !== null)) return null
  if (order.state === 'fulfilled' && brought === 0) return `${order.id} brought nothing`
  return null
}

/** S22, R9: what a line brings, in which number. */
const wholeDelivery: OrderInvariant = ({ now: { order, lines, licenses } }) => {
  if (order.state !== 'fulfilled') return null
  for (const line of lines.filter(({ kind }) => kind === 'purchase')) {
    const own = licenses.filter(({ order_line_id }) => order_line_id === line['id'])
    const kinds = own.map(({ kind }) => kind).toSorted()
    const wanted = line['plan_id'] === 'dr' ? ['complimentary', 'paid'] : ['paid']
    if (kinds.join() !== wanted.join()) return `a line of ${order.id} brought ${kinds.join()}`
    const wrong = own.find(({ total, version }) => version === 1 && total !== line['quantity'])
    if (wrong) return `${wrong.id} has ${wrong.total} units, ${line['quantity']} were bought`
  }
  return null
}

/** I1 for what exists: a line that renews brings one period, one that adds units adds them once; or neither. */
const oncePerLine: OrderInvariant = ({ now: { order, lines, periods } }) => {
  for (const line of lines.filter(({ kind }) => kind === 'renewal' || kind === 'add_units')) {
    const kind = line['kind'] === 'renewal' ? 'renewal' : 'units_added'
    const own = periods.filter((it) => it.order_line_id === line['id'] && it.kind === kind)
    const isDelivered = order.state === 'fulfilled' && line['failure'] === null
    const wanted = isDelivered ? 1 : periods.length === 0 ? 0 : null
    if (own.length > 1 || (wanted !== null && own.length !== wanted)) {
      return `a line of ${order.id} (${order.state}) brought ${own.length} of ${kind}`
    }
    const added = own.find(
      ({ entry }) => kind === 'units_added' && JSON.parse(entry).quantity !== line['quantity'],
    )
    if (added !== undefined) return `${order.id} added ${added.entry} for ${line['quantity']} units`
  }
  return null
}

/** Requirements section 5, in our own words: where one write may lead. */
const MOVES: Readonly<Record<string, string>> = {
  new: 'pending payable',
  pending: 'processing fulfilled expired canceled review failed',
  processing: 'fulfilled failed review',
  payable: 'fulfilled',
  expired: 'fulfilled review',
  canceled: 'review',
  failed: 'review',
  review: 'fulfilled canceled partially_refunded refunded',
  fulfilled: 'partially_refunded refunded',
  partially_refunded: 'refunded',
  refunded: '',
  paid: 'fulfilled partially_refunded refunded',
}

/** I5: the state moves only along the declared graph. */
const declaredMoves: OrderInvariant = ({ now, before }) => {
  const from = before?.order.state ?? 'new'
  const to = now.order.state
  if (from === to || MOVES[from]?.split(' ').includes(to)) return null
  return `${now.order.id} went from ${from} to ${to}`
}

/** I4: units in use ≤ units. */
const unitsInUse: OrderInvariant = ({ now: { licenses } }) => {
  const over = licenses.find(({ reserved, consumed, total }) => reserved + consumed > total)
  return over === undefined ? null : `${over.id} uses more than ${over.total} units`
}

/** I10: product and customer agree along every foreign key. */
const sameOwner: OrderInvariant = ({ now: { order, customer, licenses } }) => {
  const owner = `${order.product_id} ${order.customer_id}`
  if (`${customer['product_id']} ${customer['id']}` !== owner) return `customer of ${order.id}`
  const stray = licenses.find(
    ({ product_id, customer_id }) => `${product_id} ${customer_id}` !== owner,
  )
  return stray === undefined ? null : `${stray.id} belongs to somebody else`
}

/** I12: what our rows call paid is paid at Stripe, on that page, in that amount. */
const paidMeansPaid: OrderInvariant = ({ now: { order, payments }, truth }) => {
  // A page that only saves a method settles without money.
  if (order.total === 0) return null
  for (const row of payments.filter(({ state }) => state === 'paid')) {
    const real = truth.find(({ sessionId }) => sessionId === row.session_id)
    if (real === undefined || real.paidAt === null)
      return `${row.session_id} of ${order.id} is not paid at Stripe`
    if (real.amount !== row.amount || real.currency !== row.currency) {
      return `${row.session_id} is ${row.amount} ${row.currency}, at Stripe ${real.amount} ${real.currency}`
    }
  }
  return null
}

const CONFIRMATIONS = [
  'order.confirmation',
  'order.renewed',
  'auto_renewal.succeeded',
  'pay_per_use.billed',
]

/** I7: one confirmation for each fulfilled order, none for others; nothing is mailed twice. */
const oneConfirmation: OrderInvariant = ({ now: { order, mails } }) => {
  const confirmed = mails.filter(({ kind }) => CONFIRMATIONS.includes(String(kind)))
  // The mail of a bill says in its facts whether it was paid.
  const isUnpaid = ({ kind, data }: (typeof mails)[number]) =>
    kind === 'pay_per_use.billed' && !String(data).includes('"state":"paid"')
  const count = confirmed.filter((mail) => !isUnpaid(mail)).length
  const wanted = ['fulfilled', 'partially_refunded'].includes(order.state) ? 1 : null
  if (count > 1 || (wanted !== null && count !== wanted)) {
    return `${order.id} is ${order.state} with ${count} confirmations`
  }
  return count === 1 && !['fulfilled', 'partially_refunded', 'refunded'].includes(order.state)
    ? `${order.id} is confirmed, and ${order.state}`
    : null
}

/** S62: what came to review has its task, and the customer was told. */
const reviewIsSeen: OrderInvariant = ({ now: { order, mails, tasks } }) => {
  if (order.state !== 'review') return null
  if (tasks.every(({ closed_at }) => closed_at !== null)) return `nobody is asked about ${order.id}`
  const isTold = mails.some(({ kind }) => kind === 'order.review')
  return isTold ? null : `the customer of ${order.id} was not told`
}

/** R14: a use is counted if and only if the order was fulfilled, and given back when it came to nothing. */
const promoCountsOnce: OrderInvariant = ({ now: { order, promo } }) => {
  if (promo === null) return order['promo_code'] === null ? null : `${order.id} reserved no use`
  const state = String(promo['state'])
  const isOver = ['expired', 'canceled', 'failed'].includes(order.state)
  const wanted = order.state === 'fulfilled' ? 'counted' : isOver ? 'released' : null
  return wanted === null || state === wanted
    ? null
    : `${order.id} is ${order.state}, its promo use ${state}`
}

/** S15: what was canceled cannot be paid any more on a page that we opened. */
const canceledIsClosed: OrderInvariant = ({ now: { order, payments }, before, openPages }) => {
  if (order.state !== 'canceled' || before?.order.state === 'canceled') return null
  const open = payments.find(({ session_id }) => openPages.includes(session_id))
  return open === undefined ? null : `${order.id} is canceled, ${open.session_id} is open`
}

export const ORDER_INVARIANTS: Readonly<Record<string, OrderInvariant>> = {
  'I1 one license per line': oneLicensePerLine,
  'I3 no license unpaid': noLicenseUnpaid,
  'I3 licenses and state': licensesAndState,
  'S22 whole delivery': wholeDelivery,
  'I1 once per line': oncePerLine,
  'I4 units in use': unitsInUse,
  'I5 declared moves': declaredMoves,
  'I7 one confirmation': oneConfirmation,
  'I10 same owner': sameOwner,
  'I12 paid means paid': paidMeansPaid,
  'S62 review is seen': reviewIsSeen,
  'R14 promo counts once': promoCountsOnce,
  'S15 canceled is closed': canceledIsClosed,
  ...CALENDAR_INVARIANTS,
}
