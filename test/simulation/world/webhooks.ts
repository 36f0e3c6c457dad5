/** How Stripe tells us: signed, after a while, again until it is answered, and not always. */
import { signatureHeader } from '../../../demo/stripe/webhook-sender.ts'
import type { StripeEvent } from '../../../demo/stripe/objects.ts'
import { CENTER_ORIGIN } from './catalogue.ts'
import { WEBHOOK_SECRET } from './stripe.ts'
import type { World } from './world.ts'

/** What every endpoint is set up for. */
const TOLD =
  /^(checkout\.session|charge\.(refund|dispute)|refund|invoice\.|review\.|payment_method\.)/
/** What some endpoints are told as well: a second event of the same fact (P02). */
const TOLD_BY_SOME = /^payment_intent\.(succeeded|payment_failed)/
const SHARE_OF_SOME = 0.25
/** What the server keeps, told or found by itself: of each of them it has to hear in the end (P27). */
const KEPT = new RegExp(
  '^(checkout\\.session\\.(completed|expired|async_payment_(succeeded|failed))|charge\\.refunded|' +
    'refund\\.(updated|failed)|charge\\.dispute\\.(created|updated|closed)|' +
    'payment_method\\.(detached|automatically_updated))$',
)

const RETRIES_MS = [5000, 60_000, 300_000, 1_800_000, 7_200_000]

/** The oldest event that the server should have kept, and does not know; null when it knows all. */
export function unheardIn({ machine, stripe }: World, where = 'true'): StripeEvent | null {
  const rows = machine.disk.all(`SELECT id FROM provider_events WHERE ${where}`)
  const known = new Set(rows.map(({ id }) => id))
  const events = [...stripe.store.events.values()]
  return events.find(({ id, type }) => KEPT.test(type) && !known.has(id)) ?? null
}

/** An event of Stripe's becomes a webhook, or two, or none. */
export function tellServer(world: World, event: StripeEvent): void {
  if (world.heldEvents !== null) return void world.heldEvents.push(event)
  const isTold =
    TOLD.test(event.type) ||
    (TOLD_BY_SOME.test(event.type) && world.lot('endpoint is told more') < SHARE_OF_SOME)
  if (!isTold) return
  const cause = world.scheduler.current
  const name = `${cause.name}!${cause.steps++}`
  const fault = world.faults.at(name, 'webhook')
  world.note(() => `Stripe: ${event.type}${fault === null ? '' : ` [${name}=${fault}]`}`)
  if (fault === 'never') return
  const afterMs = fault === 'slow' ? world.faults.slowMs(name) : 0
  deliver(world, name, event, afterMs)
  if (fault === 'twice') deliver(world, `${name}b`, event, afterMs)
}

/** Also for events that nobody caused: copies, forgeries. */
export function deliver(world: World, name: string, event: StripeEvent, afterMs = 0): void {
  const task = world.scheduler.newTask(name, null)
  const work = async () => {
    for (const retryMs of [...RETRIES_MS, null]) {
      if (await isTaken(world, event)) {
        world.stripe.delivered.add(event.id)
        return
      }
      if (retryMs !== null) await world.scheduler.wait(task, `${name}#${task.steps++}`, retryMs)
    }
  }
  world.scheduler.start(task, work, afterMs)
}

async function isTaken(world: World, event: StripeEvent): Promise<boolean> {
  const body = JSON.stringify(event)
  const timestamp = Math.floor(world.nowMs / 1000)
  const headers = {
    'Content-Type': 'application/json',
    'Stripe-Signature': signatureHeader(body, WEBHOOK_SECRET, timestamp),
  }
  const url = `${CENTER_ORIGIN}/webhooks/stripe`
  try {
    const { status } = await world.servers.send(new Request(url, { method: 'POST', body, headers }))
    return status >= 200 && status < 300
  } catch {
    return false
  }
}
