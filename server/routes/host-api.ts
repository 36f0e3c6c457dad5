/** `/v1/host/…` for backends of hosts, by an API key of their product (design section 4). */
import { createRoute } from '@hono/zod-openapi'
import { EntitlementsQuery, EventsQuery, HostEntitlements, HostEvents } from '../contract/host.ts'
import { currentCatalogue } from '../db/catalogue-store.ts'
import { entriesOfProduct, licensesOfHost } from '../db/queries/host-facts.ts'
import { JOURNALED_FOR_HOSTS, positionOf } from '../domain/host-event.ts'
import { hostKey, json, refused } from '../http/answers.ts'
import { requireHost, type HostEnv } from '../http/host-access.ts'
import { limitBody, requireJsonObject } from '../http/json-body.ts'
import { createApi } from '../http/validate.ts'
import { identifyHost } from '../usecases/identify-host.ts'
import { entitlementsAnswer, eventAnswer } from './host-answer.ts'
import { hostReleases } from './host-releases.ts'
import { hostWebhooks } from './host-webhooks.ts'

export const hostApi = createApi<HostEnv>()
hostApi.use('*', requireHost(identifyHost), limitBody, requireJsonObject)

hostApi.openapi(
  createRoute({
    method: 'get',
    path: '/entitlements',
    summary: 'What a customer may do',
    description: 'All licenses of one customer of the product; an unknown customer has none.',
    security: hostKey,
    request: { query: EntitlementsQuery },
    responses: {
      200: json(HostEntitlements, 'Licenses and feature flags as they are now'),
      ...refused,
    },
  }),
  async (c) => {
    const { deps, host } = c.var
    const { customer } = c.req.valid('query')
    const [rows, catalogue] = await Promise.all([
      licensesOfHost(deps.db, host, customer),
      currentCatalogue(deps.db, deps.now()),
    ])
    const products = catalogue?.document.products ?? []
    const product = products.find(({ id }) => id === host.productId) ?? null
    return c.json(entitlementsAnswer(customer, rows, product, deps.now()), 200)
  },
)

hostApi.openapi(
  createRoute({
    method: 'get',
    path: '/events',
    summary: 'What happened since an event',
    description:
      'In the order in which it happened; events of one object have rising versions. Types that you do not know may be left out.',
    security: hostKey,
    request: { query: EventsQuery },
    responses: { 200: json(HostEvents, 'At most `limit` events'), ...refused },
  }),
  async (c) => {
    const { deps, host } = c.var
    const { after, limit } = c.req.valid('query')
    const page = {
      after: positionOf(after ?? '') ?? 0,
      types: JOURNALED_FOR_HOSTS,
      limit: limit + 1,
    }
    const rows = await entriesOfProduct(deps.db, host.productId, page)
    const data = rows.slice(0, limit).flatMap((row) => eventAnswer(row) ?? [])
    const next = data.at(-1)?.id ?? after ?? null
    return c.json({ data, next, has_more: rows.length > limit }, 200)
  },
)

hostApi.route('/releases', hostReleases)
hostApi.route('/webhook-endpoints', hostWebhooks)
