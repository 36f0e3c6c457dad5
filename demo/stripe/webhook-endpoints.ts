/** /v1/webhook_endpoints: who is told of events, besides the address that the stand-in was started with. */
import { z } from 'zod'
import { noSuch } from './errors.ts'
import type { FormHash } from './form-decoding.ts'
import { listPage } from './lists.ts'
import type { Metadata, StripeEvent } from './objects.ts'
import {
  boolean,
  checkParameters,
  expand,
  listParameters,
  metadata,
  text,
  url,
} from './parameters.ts'
import type { Store } from './store.ts'
import type { WebhookTarget } from './webhook-sender.ts'
import type { Wire } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

export interface WebhookEndpoint {
  readonly id: string
  readonly object: 'webhook_endpoint'
  readonly created: number
  readonly livemode: false
  readonly api_version: string | null
  /** Shown once, in the answer to its creation. */
  readonly secret: string
  url: string
  /** Types of events; `*` is every one. */
  enabled_events: readonly string[]
  description: string | null
  metadata: Metadata
  status: 'enabled' | 'disabled'
}

const changeable = {
  url: url.optional(),
  enabled_events: z.array(text).min(1).optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  expand,
}
const NewEndpoint = z.strictObject({
  ...changeable,
  url,
  enabled_events: z.array(text).min(1),
  api_version: text.optional(),
})
const EndpointChange = z.strictObject({ ...changeable, disabled: boolean.optional() })
const EndpointList = z.strictObject(listParameters)

/** The one answer that shows the secret with which its webhooks are signed. */
export function createEndpoint(world: World, form: FormHash): Wire {
  const params = checkParameters(NewEndpoint, form)
  const endpoint: WebhookEndpoint = {
    id: newId(world, 'we'),
    object: 'webhook_endpoint',
    created: epochSeconds(world),
    livemode: false,
    api_version: params.api_version ?? null,
    secret: newId(world, 'whsec'),
    url: params.url,
    enabled_events: params.enabled_events,
    description: params.description ?? null,
    metadata: params.metadata ?? {},
    status: 'enabled',
  }
  world.store.endpoints.set(endpoint.id, endpoint)
  return { ...endpoint }
}

export function retrieveEndpoint(world: World, id: string): Wire {
  return withoutSecret(findEndpoint(world, id))
}

export function listEndpoints(world: World, form: FormHash): Wire {
  const params = checkParameters(EndpointList, form)
  const endpoints = [...world.store.endpoints.values()]
  return listPage(endpoints, params, '/v1/webhook_endpoints', withoutSecret)
}

export function updateEndpoint(world: World, id: string, form: FormHash): Wire {
  const endpoint = findEndpoint(world, id)
  const params = checkParameters(EndpointChange, form)
  endpoint.url = params.url ?? endpoint.url
  endpoint.enabled_events = params.enabled_events ?? endpoint.enabled_events
  endpoint.description = params.description ?? endpoint.description
  endpoint.metadata = { ...endpoint.metadata, ...params.metadata }
  if (params.disabled !== undefined) endpoint.status = params.disabled ? 'disabled' : 'enabled'
  return withoutSecret(endpoint)
}

/** What was under way to it is not tried again. */
export function deleteEndpoint(world: World, id: string): Wire {
  findEndpoint(world, id)
  world.store.endpoints.delete(id)
  return { id, object: 'webhook_endpoint', deleted: true }
}

/** Where an event goes now: to the addresses that want its type. */
export function targetsOf(
  { endpoints }: Pick<Store, 'endpoints'>,
  { type }: Pick<StripeEvent, 'type'>,
): readonly WebhookTarget[] {
  return [...endpoints.values()].filter(
    ({ status, enabled_events }) =>
      status === 'enabled' && enabled_events.some((wanted) => wanted === '*' || wanted === type),
  )
}

function findEndpoint(world: World, id: string): WebhookEndpoint {
  const endpoint = world.store.endpoints.get(id)
  if (endpoint === undefined) throw noSuch('webhook endpoint', id)
  return endpoint
}

function withoutSecret(endpoint: WebhookEndpoint): Wire {
  return { ...endpoint, secret: undefined }
}
