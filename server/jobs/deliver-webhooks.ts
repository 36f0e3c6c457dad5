/**
 * Tells endpoints what happened, from the journal and in the order of each object. A run reads on for
 * every endpoint, takes a lease on what is due, sends, and stores how it ended: a worker that dies in
 * between sends again with the same `webhook-id` (C17). Endpoints take turns of few attempts, so that a
 * dead one costs the others nothing, and a silent one is not waited for: not by those that answer, and
 * not by the next run (N15).
 */
import { and, eq, inArray } from 'drizzle-orm'
import { commit, exactly, LostRace, type Change } from '../db/commit.ts'
import { entriesOfProduct } from '../db/queries/host-facts.ts'
import {
  enabledEndpoints,
  entriesAt,
  waitingDeliveries,
  waitingFor,
} from '../db/queries/webhooks.ts'
import type { EndpointRow, Waiting } from '../db/queries/webhooks.ts'
import { webhookDeliveries, webhookEndpoints } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import { hostEvent, JOURNALED_FOR_HOSTS } from '../domain/host-event.ts'
import { ATTEMPT_MAX_MS, isDelivered, type WebhookOutcome } from '../domain/webhook.ts'
import { settleWebhooks, type EndedAttempt } from '../usecases/settle-webhooks.ts'
import { signedHeaders } from '../usecases/webhook-signature.ts'
import { takeTurns } from './turns.ts'

/** What one run handles; the next run takes the rest. */
const BATCH = 200
const PER_TURN = 10
const ACTOR = 'job:deliver-webhooks'
const LEASE = { milliseconds: 2 * PER_TURN * ATTEMPT_MAX_MS }

/** @returns how many attempts were made */
export async function deliverWebhooks(deps: Deps): Promise<number> {
  for (const endpoint of await enabledEndpoints(deps.db)) await readOn(deps, endpoint)
  const waiting = await waitingDeliveries(deps.db, deps.now(), PER_TURN)
  let attempts = 0
  await takeTurns(
    waiting.toSorted((one, other) => dueMs(one) - dueMs(other)),
    {
      limit: BATCH / PER_TURN,
      isFailing: ({ endpoint }) => endpoint.failingSince !== null,
      serve: async (one) => {
        if (deps.stopping?.aborted) return false
        const ended = await deliverTo(deps, one)
        attempts += ended.length
        return ended.filter(({ outcome }) => isDelivered(outcome)).length === PER_TURN
      },
      again: ({ endpoint }) => waitingFor(deps.db, endpoint.id, deps.now(), PER_TURN),
    },
  )
  return attempts
}

/** Who has waited for longest comes first, when there are more endpoints than one run serves. */
function dueMs({ deliveries }: Waiting): number {
  return Math.min(...deliveries.map(({ nextAt }) => nextAt.epochMilliseconds))
}

/** One delivery for each event that the endpoint has not read yet. */
async function readOn(deps: Deps, endpoint: EndpointRow): Promise<void> {
  const page = { after: endpoint.position, types: JOURNALED_FOR_HOSTS, limit: BATCH }
  const entries = await entriesOfProduct(deps.db, endpoint.productId, page)
  const last = entries.at(-1)
  if (last === undefined) return
  const rows = entries.map((entry) => ({
    endpointId: endpoint.id,
    position: entry.position,
    object: entry.stream,
    type: hostEvent(entry)?.type ?? entry.type,
    state: 'pending' as const,
    attempts: 0,
    nextAt: deps.now(),
    createdAt: deps.now(),
  }))
  const data = { events: rows.length, position: last.position }
  await isFirst(deps, endpoint, 'webhook_endpoint.read_on', data, { position: last.position }, [
    deps.db.orm.insert(webhookDeliveries).values(rows),
  ])
}

/** Stops at the first failure: the endpoint is asked again when its time has come. */
async function deliverTo(
  deps: Deps,
  { endpoint, deliveries }: Waiting,
): Promise<readonly EndedAttempt[]> {
  const positions = deliveries.map(({ position }) => position)
  const lease = deps.db.orm
    .update(webhookDeliveries)
    .set({ nextAt: deps.now().add(LEASE) })
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpoint.id),
        eq(webhookDeliveries.state, 'pending'),
        inArray(webhookDeliveries.position, positions),
      ),
    )
  const data = { deliveries: positions.length }
  const isTaken = await isFirst(deps, endpoint, 'webhook_endpoint.taken', data, {}, [
    exactly(lease, positions.length),
  ])
  if (!isTaken) return []
  const bodies = new Map(
    (await entriesAt(deps.db, positions)).map((entry) => [entry.position, bodyOf(entry)]),
  )
  const ended: EndedAttempt[] = []
  for (const delivery of deliveries) {
    const body = bodies.get(delivery.position) ?? ''
    const outcome = await attempt(deps, endpoint, `evt_${delivery.position}`, body)
    ended.push({ delivery, outcome })
    if (!isDelivered(outcome)) break
  }
  await settleWebhooks(deps, endpoint.id, ended, deliveries.slice(ended.length))
  return ended
}

async function attempt(
  deps: Deps,
  endpoint: EndpointRow,
  id: string,
  body: string,
): Promise<WebhookOutcome> {
  try {
    const headers = await signedHeaders(deps, endpoint, { id, body }, deps.now())
    return await deps.webhooks.post(endpoint.url, headers, body)
  } catch (error) {
    deps.log({ level: 'error', event: 'webhook.not_sent', reference: id, error: String(error) })
    return { kind: 'failed', reason: 'unreachable' }
  }
}

/** Made anew from the journal each time, and always the same. */
function bodyOf(entry: Awaited<ReturnType<typeof entriesAt>>[number]): string {
  const event = hostEvent(entry)
  if (event === null) return '{}'
  const { id, type, object, data } = event
  return JSON.stringify({ id, type, timestamp: formatInstant(entry.at), object, data })
}

/** Whoever read an older endpoint comes second, and leaves the work to the other one. */
async function isFirst(
  deps: Deps,
  endpoint: EndpointRow,
  type: string,
  data: Record<string, unknown>,
  set: Partial<EndpointRow>,
  statements: Change['statements'],
): Promise<boolean> {
  const { id, version } = endpoint
  const entry = { stream: `webhook_endpoint:${id}`, version: version + 1, type, actor: ACTOR, data }
  const update = deps.db.orm
    .update(webhookEndpoints)
    .set({ ...set, version: version + 1 })
    .where(eq(webhookEndpoints.id, id))
  try {
    await commit(deps.db, deps.now(), {
      journal: [{ ...entry, productId: null }],
      statements: [exactly(update, 1), ...statements],
    })
    return true
  } catch (error) {
    if (error instanceof LostRace) return false
    throw error
  }
}
