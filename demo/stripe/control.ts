/** `GET` and `POST /_control`: the faults, for people and for tests. */
import { Hono } from 'hono'
import { actInDashboard } from './dashboard.ts'
import { StripeFault } from './errors.ts'
import { findEvent, recordEvent } from './events.ts'
import type { StripeEvent } from './objects.ts'
import { settleBankDebits } from './payments.ts'
import { ControlRequest, turn, type Switches } from './switches.ts'
import type { Delivery, WebhookSender } from './webhook-sender.ts'
import type { World } from './world.ts'

export interface ControlState {
  readonly switches: Switches
  /** Newest last. */
  readonly deliveries: readonly Delivery[]
}

/**
 * Turns switches and runs commands; the webhooks that it causes are out when it resolves.
 * @throws StripeFault when there is no event to deliver again
 */
export type Control = (request?: ControlRequest) => Promise<ControlState>

export function createControl(world: World, sender: WebhookSender): Control {
  return async (request = {}) => {
    const copy = request.livemode ? newestEvent(world) : undefined
    const again = request.redeliver === undefined ? null : findEvent(world, request.redeliver)
    turn(world.switches, request)
    if (request.settle !== undefined) settleBankDebits(world, request.settle)
    actInDashboard(world, request)
    if (copy !== undefined) {
      sender.enqueue(recordEvent(world, copy.type, copy.data.object, { livemode: true }))
    }
    await sender.drain()
    if (again !== null) await sender.resend(again)
    return { switches: world.switches, deliveries: sender.deliveries.slice(-200) }
  }
}

export function createControlRoutes(control: Control): Hono {
  const routes = new Hono()
  routes.onError((error, c) => {
    if (!(error instanceof StripeFault)) throw error
    return c.json({ error: error.body }, error.status)
  })
  routes.get('/', async (c) => c.json(await control()))
  routes.post('/', async (c) => {
    const request = ControlRequest.safeParse(await c.req.json().catch(() => null))
    if (!request.success) return c.json({ error: { message: request.error.message } }, 400)
    return c.json(await control(request.data))
  })
  return routes
}

function newestEvent(world: World): StripeEvent | undefined {
  return [...world.store.events.values()].at(-1)
}
