/** What holds at rest for the events that a host's backend asked for. */
import { JOURNALED_FOR_HOSTS } from '../../../server/domain/host-event.ts'
import { heardAt, hostBackendOf } from '../world/host-backend.ts'
import type { RestInvariant } from './at-rest.ts'

const LONGEST_PAUSE_MS = 30 * 3_600_000

/** What an enabled endpoint is told of: whatever came after it. */
const PROMISED = `SELECT journal.position, endpoint.url, d.state, d.attempts, d.next_at
  FROM webhook_endpoints AS endpoint
  JOIN journal AS made ON made.stream = 'webhook_endpoint:' || endpoint.id AND made.version = 1
  JOIN journal ON journal.product_id = endpoint.product_id AND journal.position > made.position
    AND journal.type IN (${JOURNALED_FOR_HOSTS.map((type) => `'${type}'`).join()})
  LEFT JOIN webhook_deliveries AS d ON d.endpoint_id = endpoint.id AND d.position = journal.position
  WHERE endpoint.state = 'enabled'`

/** C17: nothing is lost between a change and its event; what could not be told yet is tried again. */
const nothingUntold: RestInvariant = ({ world }) => {
  const backend = hostBackendOf(world)
  for (const row of world.machine.disk.all(PROMISED)) {
    const event = `evt_${row['position']}`
    if (row['state'] === null) return `${event} is for nobody`
    if (row['state'] === 'dropped') return `${event} was dropped`
    const heard = heardAt(backend, String(row['url']))
    if (row['state'] === 'delivered' && !heard.has(Number(row['position']))) {
      return `${event} is delivered, and was not heard`
    }
    const isTried = Number(row['next_at']) <= world.nowMs + LONGEST_PAUSE_MS
    if (row['state'] === 'pending' && !isTried) return `${event} waits for ever`
    if (row['state'] === 'failed' && Number(row['attempts']) < 10) {
      return `${event} was given up after ${row['attempts']} attempts`
    }
  }
  return null
}

export const WEBHOOK_INVARIANTS: Readonly<Record<string, RestInvariant>> = {
  'S54 nothing untold': nothingUntold,
}
