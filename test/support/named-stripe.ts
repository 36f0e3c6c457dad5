/**
 * A Stripe that somebody else runs (`STRIPE_API_BASE`): another stand-in, or ours as a process of its own.
 * It is told our address as Stripe is, and forgets it at the end.
 */
import { setTimeout } from 'node:timers/promises'
import type Stripe from 'stripe'
import type { StartStripe } from '../../demo/setting.ts'
import type { ControlState } from '../../demo/stripe/control.ts'
import type { StripeService } from '../../demo/stripe/stand-in.ts'
import type { ControlRequest } from '../../demo/stripe/switches.ts'
import { bareSdk } from './stripe.ts'

const LOOK_EVERY_MS = 50
const PAGE = 100

/** Events that never arrive, since they were dropped on purpose; all runtimes of a file share one Stripe. */
const dropped = new Set<string>()
let isDropping = false

/** Null when `STRIPE_API_BASE` is unset: there is one of our own then. */
export function namedStripe(): StartStripe<StripeService> | null {
  const origin = process.env['STRIPE_API_BASE']
  if (origin === undefined) return null
  return async ({ webhook: { url } }) => {
    const sdk = bareSdk(origin)
    await turn(origin, sdk, { duplicate: 0, reorder: false, delay_ms: 0, drop: 0 })
    const endpoint = await sdk.webhookEndpoints.create({ url, enabled_events: ['*'] })
    if (endpoint.secret === undefined) throw new Error(`${origin} keeps the secret to itself`)
    return { service: serviceAt(origin, sdk, endpoint.id), webhookSecret: endpoint.secret }
  }
}

function serviceAt(origin: string, sdk: Stripe, endpoint: string): StripeService {
  const waiting = async () => (await undelivered(sdk)).filter((id) => !dropped.has(id))
  return {
    origin,
    control: (request = {}) => turn(origin, sdk, request),
    // Its clock is its own, and what is due by it happens by itself.
    settleDue: async () => {},
    delivered: async () => {
      while (!isDropping && (await waiting()).length > 0) await setTimeout(LOOK_EVERY_MS)
    },
    close: async () => {
      await sdk.webhookEndpoints.del(endpoint)
    },
  }
}

/** What waits when the switches are turned was dropped until then, or is of an earlier run. */
async function turn(origin: string, sdk: Stripe, request: ControlRequest): Promise<ControlState> {
  if (isDropping || request.drop === 0) for (const id of await undelivered(sdk)) dropped.add(id)
  isDropping = Boolean(request.drop ?? isDropping)
  const response = await fetch(`${origin}/_control`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  })
  if (!response.ok) throw new Error(`${origin}/_control answered ${response.status}`)
  // Guarantee: the tests of parity ask no more of it than that it was heard.
  return (await response.json()) as ControlState
}

async function undelivered(sdk: Stripe): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of sdk.events.list({ delivery_success: false, limit: PAGE })) ids.push(id)
  return ids
}
