/** `/v1/host/webhook-endpoints`: Standard Webhooks to the backend of a host. */
import { createRoute, z } from '@hono/zod-openapi'
import {
  Deliveries,
  Endpoint,
  EndpointRequest,
  Endpoints,
  RotateRequest,
} from '../contract/webhooks.ts'
import { deliveriesOf, endpointsOf, readEndpoint } from '../db/queries/webhooks.ts'
import type { DeliveryRow, EndpointRow } from '../db/queries/webhooks.ts'
import { formatInstant } from '../domain/calendar.ts'
import { positionOf } from '../domain/host-event.ts'
import { Refused } from '../domain/refusals.ts'
import { body, hostKey, json, refused } from '../http/answers.ts'
import type { HostEnv } from '../http/host-access.ts'
import { createApi } from '../http/validate.ts'
import {
  createEndpoint,
  deleteEndpoint,
  enableEndpoint,
  redeliver,
  rotateSecret,
  sendTest,
} from '../usecases/change-webhook-endpoints.ts'

const Named = z.object({ id: z.string().max(64) })
const NamedEvent = Named.extend({ event: z.string().max(32) })
const security = hostKey

export const hostWebhooks = createApi<HostEnv>()

hostWebhooks.openapi(
  createRoute({
    method: 'get',
    path: '/',
    summary: 'Webhook endpoints of the product',
    security,
    responses: { 200: json(Endpoints, 'Without their secrets'), ...refused },
  }),
  async (c) => {
    const rows = await endpointsOf(c.var.deps.db, c.var.host)
    return c.json({ data: rows.map((row) => endpointAnswer(row)) }, 200)
  },
)

hostWebhooks.openapi(
  createRoute({
    method: 'post',
    path: '/',
    summary: 'Be told what happens from now on',
    description:
      'The answer has the secret. Verify by Standard Webhooks. The same address again is the same endpoint.',
    security,
    request: { body: body(EndpointRequest) },
    responses: { 201: json(Endpoint, 'The endpoint with its secret'), ...refused },
  }),
  async (c) => {
    const { endpoint, secret } = await createEndpoint(c.var.deps, c.var.host, c.req.valid('json'))
    return c.json(endpointAnswer(endpoint, secret), 201)
  },
)

hostWebhooks.openapi(
  createRoute({
    method: 'delete',
    path: '/{id}',
    summary: 'Delete an endpoint; what waits for it is dropped',
    security,
    request: { params: Named },
    responses: { 200: json(Endpoint, 'Deleted'), ...refused },
  }),
  async (c) => {
    const row = await deleteEndpoint(c.var.deps, c.var.host, c.req.valid('param').id)
    return c.json(endpointAnswer(row), 200)
  },
)

hostWebhooks.openapi(
  createRoute({
    method: 'post',
    path: '/{id}/rotate-secret',
    summary: 'Make a new secret; both sign for a while',
    security,
    request: { params: Named, body: body(RotateRequest) },
    responses: { 200: json(Endpoint, 'The endpoint with its new secret'), ...refused },
  }),
  async (c) => {
    const hours = c.req.valid('json').overlap_hours
    const { id } = c.req.valid('param')
    const { endpoint, secret } = await rotateSecret(c.var.deps, c.var.host, id, hours)
    return c.json(endpointAnswer(endpoint, secret), 200)
  },
)

hostWebhooks.openapi(
  createRoute({
    method: 'post',
    path: '/{id}/enable',
    summary: 'Enable an endpoint again; what waited goes out',
    security,
    request: { params: Named },
    responses: { 200: json(Endpoint, 'Enabled'), ...refused },
  }),
  async (c) => {
    const row = await enableEndpoint(c.var.deps, c.var.host, c.req.valid('param').id)
    return c.json(endpointAnswer(row), 200)
  },
)

hostWebhooks.openapi(
  createRoute({
    method: 'post',
    path: '/test',
    summary: 'Send the event webhook.tested to all endpoints',
    security,
    responses: { 200: json(Endpoints, 'Those that will be told'), ...refused },
  }),
  async (c) => {
    const { deps, host } = c.var
    await sendTest(deps, host)
    const rows = await endpointsOf(deps.db, host)
    return c.json({ data: rows.map((row) => endpointAnswer(row)) }, 200)
  },
)

hostWebhooks.openapi(
  createRoute({
    method: 'get',
    path: '/{id}/deliveries',
    summary: 'What was sent to an endpoint, latest first',
    security,
    request: { params: Named },
    responses: { 200: json(Deliveries, 'At most 200'), ...refused },
  }),
  async (c) => {
    const { deps, host } = c.var
    const row = await readEndpoint(deps.db, host, c.req.valid('param').id)
    if (row === null) throw new Refused('webhook_endpoint.not_found')
    return c.json({ data: (await deliveriesOf(deps.db, row.id)).map(deliveryAnswer) }, 200)
  },
)

hostWebhooks.openapi(
  createRoute({
    method: 'post',
    path: '/{id}/deliveries/{event}/redeliver',
    summary: 'Send an event again, with the same webhook-id',
    security,
    request: { params: NamedEvent },
    responses: { 200: json(Endpoint, 'It is told again'), ...refused },
  }),
  async (c) => {
    const { id, event } = c.req.valid('param')
    const position = positionOf(event)
    if (position === null) throw new Refused('webhook_delivery.not_found')
    const row = await redeliver(c.var.deps, c.var.host, id, position)
    return c.json(endpointAnswer(row), 200)
  },
)

function endpointAnswer(row: EndpointRow, secret?: string): z.infer<typeof Endpoint> {
  return {
    id: row.id,
    url: row.url,
    email: row.email,
    state: row.state,
    failing_since: row.failingSince && formatInstant(row.failingSince),
    created_at: formatInstant(row.createdAt),
    ...(secret === undefined ? {} : { secret }),
  }
}

function deliveryAnswer(row: DeliveryRow): z.infer<typeof Deliveries>['data'][number] {
  return {
    event: `evt_${row.position}`,
    type: row.type,
    state: row.state,
    attempts: row.attempts,
    outcome: row.outcome,
    next_at: row.state === 'pending' ? formatInstant(row.nextAt) : null,
    ended_at: row.endedAt && formatInstant(row.endedAt),
  }
}
