/** Endpoints of a product: created, rotated, enabled again, tested, deleted; events told again. */
import { and, eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { decideAndCommit, exactly } from '../db/commit.ts'
import type { Change, Decision } from '../db/commit.ts'
import { latestEntry } from '../db/journal.ts'
import { endpointsOf, journalEnd, readEndpoint, type EndpointRow } from '../db/queries/webhooks.ts'
import { webhookDeliveries, webhookEndpoints } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { HostScope } from '../domain/host-scope.ts'
import { invalidField, Refused } from '../domain/refusals.ts'
import { webhookUrlFault } from '../domain/webhook.ts'
import { openKey, sealKey } from './license-secrets.ts'
import { SECRET_PREFIX } from './webhook-signature.ts'

const SECRET_BYTES = 32

export interface ShownEndpoint {
  readonly endpoint: EndpointRow
  /** As `whsec_…`. */
  readonly secret: string
}

/** It hears what happens from now on; the same address again is the same endpoint. @throws Refused `request.invalid` for an address that is none */
export async function createEndpoint(
  deps: Deps,
  scope: HostScope,
  { url, email }: { readonly url: string; readonly email: string },
): Promise<ShownEndpoint> {
  const fault = webhookUrlFault(url, deps.config.sandbox)
  if (fault !== null) throw invalidField('/url', fault)
  const id = deps.newId('whe')
  const secret = newSecret(deps)
  const sealed = await sealKey(deps, id, secret)
  return decideAndCommit(deps, {}, async (): Promise<Decision<ShownEndpoint>> => {
    const known = (await endpointsOf(deps.db, scope)).find((row) => row.url === url)
    if (known !== undefined) {
      const shown = await openKey(deps.secrets, known.id, known.secret)
      return { change: null, result: { endpoint: known, secret: shown } }
    }
    const endpoint: EndpointRow = {
      id,
      productId: scope.productId,
      url,
      email,
      secret: sealed,
      previousSecret: null,
      previousUntil: null,
      state: 'enabled',
      failingSince: null,
      position: await journalEnd(deps.db),
      createdAt: deps.now(),
      version: 1,
    }
    const statements = [deps.db.orm.insert(webhookEndpoints).values(endpoint)]
    const change = changeOf(scope, endpoint, 'webhook_endpoint.created', statements)
    return { change, result: { endpoint, secret } }
  })
}

/** Both secrets sign for `overlapHours`, so that the receiver can change over. @throws Refused `webhook_endpoint.not_found` */
export async function rotateSecret(
  deps: Deps,
  scope: HostScope,
  id: string,
  overlapHours: number,
): Promise<ShownEndpoint> {
  const secret = newSecret(deps)
  const endpoint = await changed(deps, scope, id, 'webhook_endpoint.rotated', async (row) => ({
    secret: await sealKey(deps, row.id, secret),
    previousSecret: row.secret,
    previousUntil: deps.now().add({ hours: overlapHours }),
  }))
  return { endpoint, secret: await openKey(deps.secrets, endpoint.id, endpoint.secret) }
}

/** What waited meanwhile goes out. @throws Refused `webhook_endpoint.not_found` */
export function enableEndpoint(deps: Deps, scope: HostScope, id: string): Promise<EndpointRow> {
  return changed(deps, scope, id, 'webhook_endpoint.enabled', async () => ({
    state: 'enabled',
    failingSince: null,
  }))
}

/** What waits for it is dropped (N14). @throws Refused `webhook_endpoint.not_found` */
export function deleteEndpoint(deps: Deps, scope: HostScope, id: string): Promise<EndpointRow> {
  return changed(
    deps,
    scope,
    id,
    'webhook_endpoint.deleted',
    async () => ({ state: 'deleted' }),
    ({ id: endpointId }) => [
      deps.db.orm
        .update(webhookDeliveries)
        .set({ state: 'dropped', endedAt: deps.now() })
        .where(
          and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.state, 'pending')),
        ),
    ],
  )
}

/** Tells one event again, with its old id. @throws Refused `webhook_endpoint.not_found`, `webhook_delivery.not_found` */
export function redeliver(
  deps: Deps,
  scope: HostScope,
  id: string,
  position: number,
): Promise<EndpointRow> {
  return changed(
    deps,
    scope,
    id,
    'webhook_endpoint.redelivered',
    async (row) => {
      const isIt = and(
        eq(webhookDeliveries.endpointId, row.id),
        eq(webhookDeliveries.position, position),
      )
      const found = await deps.db.orm.select().from(webhookDeliveries).where(isIt)
      if (found.length === 0) throw new Refused('webhook_delivery.not_found')
      return {}
    },
    (row) => [
      deps.db.orm
        .update(webhookDeliveries)
        .set({ state: 'pending', attempts: 0, nextAt: deps.now(), endedAt: null })
        .where(
          and(eq(webhookDeliveries.endpointId, row.id), eq(webhookDeliveries.position, position)),
        ),
    ],
  )
}

/** What comes again within it is the same test: a repeat, not a second wish. */
const ONE_TEST = { seconds: 5 }

/** An event of its own that goes to all endpoints of the product. Safe to repeat. */
export function sendTest(deps: Deps, scope: HostScope): Promise<void> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<void>> => {
    const { productId, actor } = scope
    const stream = `webhook_test:${productId}`
    const last = await latestEntry(deps.db, stream)
    const isRepeat =
      last !== null && Temporal.Instant.compare(deps.now(), last.at.add(ONE_TEST)) < 0
    if (isRepeat) return { change: null, result: undefined }
    const version = (last?.version ?? 0) + 1
    const entry = { stream, version, type: 'webhook.tested', actor, data: dataOf(scope) }
    const journal = [{ ...entry, productId }] as const
    return { change: { journal, statements: [] }, result: undefined }
  })
}

function changed(
  deps: Deps,
  scope: HostScope,
  id: string,
  type: string,
  setOf: (row: EndpointRow) => Promise<Partial<EndpointRow>>,
  more: (row: EndpointRow) => Change['statements'] = () => [],
): Promise<EndpointRow> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<EndpointRow>> => {
    const row = await readEndpoint(deps.db, scope, id)
    if (row === null) throw new Refused('webhook_endpoint.not_found')
    const set = { ...(await setOf(row)), version: row.version + 1 }
    const next = { ...row, ...set }
    const update = deps.db.orm
      .update(webhookEndpoints)
      .set(set)
      .where(eq(webhookEndpoints.id, row.id))
    return {
      change: changeOf(scope, next, type, [exactly(update, 1), ...more(row)]),
      result: next,
    }
  })
}

function changeOf(
  scope: HostScope,
  { id, productId, version, state }: EndpointRow,
  type: string,
  statements: Change['statements'],
): Change {
  const stream = `webhook_endpoint:${id}`
  const data = { state, ...dataOf(scope) }
  return {
    journal: [{ stream, version, type, actor: scope.actor, productId, data }],
    statements,
  }
}

function dataOf({ reason }: HostScope): Record<string, unknown> {
  return reason === null ? {} : { reason }
}

function newSecret(deps: Deps): string {
  return SECRET_PREFIX + btoa(String.fromCharCode(...deps.randomBytes(SECRET_BYTES)))
}
