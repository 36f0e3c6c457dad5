/** The backend of a host that wants to be told: it hears events, or is in no mood to. */
import { JOURNALED_FOR_HOSTS } from '../../../server/domain/host-event.ts'
import type { WebhookOutcome, WebhookPort } from '../../../server/domain/webhook.ts'
import type { World } from './world.ts'

export interface HostBackend {
  /** What it answers; `deaf`: 500 to every other call, by the seed. */
  status: 204 | 429 | 500 | 'deaf'
  calls: number
  /** Positions of the events that each of its addresses took, each once: their orders are their own. */
  readonly heard: Map<string, Set<number>>
}

/** When an endpoint is to be told something: what it has not read, at once, whatever clock wrote it. */
export const TOLD_NEXT = `SELECT min(at) AS at FROM (
  SELECT 0 AS at FROM webhook_endpoints AS endpoint JOIN journal
    ON journal.position > endpoint.position AND journal.product_id = endpoint.product_id
    WHERE endpoint.state = 'enabled' AND journal.type IN (${JOURNALED_FOR_HOSTS.map((type) => `'${type}'`).join()})
  UNION ALL SELECT min(next_at) FROM webhook_deliveries JOIN webhook_endpoints AS endpoint
    ON endpoint.id = endpoint_id WHERE endpoint.state = 'enabled'
    AND webhook_deliveries.state = 'pending')`

const backends = new WeakMap<World, HostBackend>()

export function hostBackendOf(world: World): HostBackend {
  const known = backends.get(world) ?? { status: 204, calls: 0, heard: new Map() }
  backends.set(world, known)
  return known
}

export function heardAt({ heard }: HostBackend, url: string): Set<number> {
  const known = heard.get(url) ?? new Set()
  heard.set(url, known)
  return known
}

/** A call over the network, at which everything goes wrong that goes wrong at Stripe's. */
export function webhooksOf(world: World): WebhookPort {
  const answered = (status: number): WebhookOutcome => {
    return { kind: 'answered', status, retryAfterSeconds: status === 429 ? 60 : null }
  }
  return {
    post: (url, headers, body) =>
      world.step<WebhookOutcome>(
        'stripe',
        () => `tells the host ${headers['webhook-id']}`,
        async () => {
          const backend = hostBackendOf(world)
          const status = moodOf(world, backend)
          if (status === 204) hear(world, heardAt(backend, url), body)
          return answered(status)
        },
        { error: () => answered(500), limit: () => answered(429) },
      ),
  }
}

function moodOf(world: World, backend: HostBackend): 204 | 429 | 500 {
  backend.calls += 1
  if (backend.status !== 'deaf') return backend.status
  return world.lot(`call ${backend.calls} of the host`) < 0.5 ? 500 : 204
}

interface Told {
  readonly id: string
  readonly object: { readonly kind: string; readonly id: string }
}

/** Again is fine, and known by its id; of one object, nothing older comes after something newer. */
function hear(world: World, heard: Set<number>, body: string): void {
  const { id, object } = JSON.parse(body) as Told
  const position = Number(id.replace('evt_', ''))
  if (heard.has(position)) return
  const [newer] = world.machine.disk.all(
    `SELECT position FROM journal WHERE stream = ? AND position > ? AND position IN (SELECT value FROM json_each(?))`,
    `${object.kind}:${object.id}`,
    position,
    JSON.stringify([...heard]),
  )
  heard.add(position)
  if (newer === undefined) return
  const says = `${id} came after evt_${newer['position']}, both about ${object.id}`
  world.violate({ invariant: 'S54 events in order', says })
}
