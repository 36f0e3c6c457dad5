/**
 * The life of one order as six events of Stripe's, told in another order and several times each (P03):
 * whatever arrives when, the end is the same as when they come one after the other.
 */
import { actInDashboard } from '../../../demo/stripe/dashboard.ts'
import { createSession, expireSession } from '../../../demo/stripe/checkout-sessions.ts'
import { decodeForm } from '../../../demo/stripe/form-decoding.ts'
import type { StripeEvent } from '../../../demo/stripe/objects.ts'
import { order as place } from '../actors/buyer.ts'
import { sceneOf } from '../actors/scene.ts'
import { surroundWith } from '../core/ambient.ts'
import type { Violation } from '../invariants/violation.ts'
import { watch } from '../invariants/watch.ts'
import { surroundingsOf } from './surroundings.ts'
import { deliver } from './webhooks.ts'
import { World, type Machine } from './world.ts'

/** In the order in which they happen. */
export const LIFE = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.closed',
  'checkout.session.expired',
] as const

export interface Telling {
  /** Indexes into `LIFE`, in the order of arrival; each as often as it comes. */
  readonly arrivals: readonly number[]
}

export interface End {
  readonly violation: Violation | null
  /** What the tables say at the end, without what only tells of the way there. */
  readonly state: string
}

export async function tell(machine: Machine, { arrivals }: Telling): Promise<End> {
  machine.disk.wipe()
  const schedule = { seed: 1, actors: [], faults: [], isInTurn: true }
  const world = new World(machine, schedule, false)
  surroundWith(surroundingsOf(world))
  world.afterWrite = watch(world).afterWrite
  world.heldEvents = []
  try {
    const task = world.scheduler.newTask('customer', null)
    world.scheduler.start(task, () => live(world))
    await world.scheduler.run(() => false)
    const events = LIFE.map((type) => eventOf(world, type))
    for (const [number, arrival] of arrivals.entries()) {
      const event = events[arrival]
      if (event === undefined) throw new Error(`no event ${arrival}`)
      deliver(world, `arrival${number}`, event)
      await world.scheduler.run(() => false, world.nowMs + 1000)
    }
  } finally {
    surroundWith(null)
  }
  return { violation: world.violation, state: stateOf(machine) }
}

/** A bank debit that is paid, partly refunded, disputed and won; and a second page that nobody used. */
async function live(world: World): Promise<void> {
  const scene = sceneOf(world)
  const items = [{ plan: 'dr', quantity: 2, cycle: 'month' as const, auto_renew: false }]
  const placed = await place(scene, { product: 'recover', subject: 'a', items, extra: {} })
  if (placed === null) throw new Error('nothing was ordered')
  const { id } = placed.order
  await scene.pay(placed.order, 'bank')
  await scene.sleep(31_000)
  const { world: stripe } = world.stripe
  world.stripe.advance()
  actInDashboard(stripe, { refund: { order: id, amount: 100 } })
  actInDashboard(stripe, { dispute: { order: id } })
  actInDashboard(stripe, { close_dispute: { order: id, status: 'won' } })
  const form = new URLSearchParams({
    mode: 'payment',
    client_reference_id: id,
    'metadata[order_id]': id,
    'metadata[attempt]': '2',
    'line_items[0][quantity]': '1',
    'line_items[0][price_data][currency]': 'usd',
    'line_items[0][price_data][unit_amount]': '15000',
    'line_items[0][price_data][product_data][name]': 'page',
    success_url: 'http://center.example/pay/return',
  })
  const unused = createSession(stripe, decodeForm(form.toString()))
  expireSession(stripe, unused.id, {})
}

function eventOf({ heldEvents }: World, type: string): StripeEvent {
  const found = heldEvents?.find((event) => event.type === type)
  if (found === undefined) throw new Error(`nothing of type ${type} happened`)
  return found
}

/** Versions, ids and times of storing differ with the way; all else must not. */
const END = {
  orders: 'state, disputed, total, paid_at, failure, review_reason',
  licenses: 'kind, total, ends_at, activated_at, suspended_at IS NULL, revoked_at IS NULL',
  payments: 'session_id, state, amount, settled_at',
  mails: 'kind',
  operator_tasks: 'kind, closed_at IS NULL',
  coverage: 'sequence, kind',
} as const

function stateOf({ disk }: Machine): string {
  return Object.entries(END)
    .map(([table, columns]) => {
      const rows = disk.all(`SELECT ${columns} FROM ${table}`).map((row) => JSON.stringify(row))
      return `${table}: ${rows.toSorted().join(' ')}`
    })
    .join('\n')
}
