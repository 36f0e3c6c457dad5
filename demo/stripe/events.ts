/** GET /v1/events, and the making of events. */
import { z } from 'zod'
import { noSuch } from './errors.ts'
import type { FormHash } from './form-decoding.ts'
import { listPage } from './lists.ts'
import type { StripeEvent } from './objects.ts'
import { boolean, checkParameters, integer, listParameters, text } from './parameters.ts'
import type { Wire } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

const API_VERSION = '2026-10-28.endive'

/** Records what happened; the object is as it is now, whatever becomes of it later. */
export function recordEvent(
  world: Pick<World, 'now' | 'random' | 'store'>,
  type: string,
  object: Wire,
  { livemode = false }: { livemode?: boolean } = {},
): StripeEvent {
  const event: StripeEvent = {
    id: newId(world, 'evt'),
    object: 'event',
    api_version: API_VERSION,
    created: epochSeconds(world),
    livemode,
    type,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    data: { object: structuredClone(object) },
  }
  world.store.events.set(event.id, event)
  return event
}

const EventList = z.strictObject({
  type: text.optional(),
  types: z.array(text).optional(),
  delivery_success: boolean.optional(),
  created: z.strictObject({ gte: integer.optional(), lt: integer.optional() }).default({}),
  ...listParameters,
})

/** @param isDelivered what the webhook sender knows of each event */
export function listEvents(
  world: World,
  form: FormHash,
  isDelivered: (eventId: string) => boolean,
): Wire {
  const params = checkParameters(EventList, form)
  const { type, types, delivery_success, created } = params
  const events = [...world.store.events.values()].filter(
    (event) =>
      (type === undefined || event.type === type) &&
      event.created >= (created.gte ?? 0) &&
      event.created < (created.lt ?? Infinity) &&
      (types === undefined || types.includes(event.type)) &&
      (delivery_success === undefined || isDelivered(event.id) === delivery_success),
  )
  return listPage(events, params, '/v1/events', (event) => ({ ...event }))
}

export function findEvent(world: World, id: string): StripeEvent {
  const event = world.store.events.get(id)
  if (event === undefined) throw noSuch('event', id)
  return event
}
