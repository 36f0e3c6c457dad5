/** Events of the stand-in in our own hands: which ones arrive, when, how often and in which order. */
import type { StripeEvent } from '../../demo/stripe/objects.ts'
import { signatureHeader } from '../../demo/stripe/webhook-sender.ts'
import type { System } from '../../demo/system.ts'
import { bareSdk } from './stripe.ts'
import type { Via } from './system.ts'

/** What a webhook's body needs of an event. */
export interface SentEvent {
  readonly id: string
  readonly type: string
  readonly livemode?: boolean
}

/** No webhook leaves by itself any more: a test delivers them by hand. */
export async function holdWebhooks({ stripe }: System): Promise<void> {
  await stripe.control({ drop: 1 })
}

/** The events that name this order, oldest first. */
export async function eventsOf({ stripe }: System, orderId: string): Promise<StripeEvent[]> {
  const events: StripeEvent[] = []
  for await (const event of bareSdk(stripe.origin).events.list({ limit: 100 })) {
    const text = JSON.stringify(event)
    if (text.includes(orderId)) events.unshift(JSON.parse(text))
  }
  return events
}

/** The one event of that type about this order. */
export async function eventOf(system: System, orderId: string, type: string): Promise<StripeEvent> {
  const found = (await eventsOf(system, orderId)).find((event) => event.type === type)
  if (found === undefined) throw new Error(`no ${type} of ${orderId}`)
  return found
}

/** Sends a signed webhook, as Stripe would. */
export function deliver(
  system: System,
  event: SentEvent | string,
  via: Via = fetch,
): Promise<Response> {
  const body = typeof event === 'string' ? event : JSON.stringify(event)
  return post(system, body, signed(system, body), via)
}

export function signed({ clock, stateFile }: System, body: string, secondsAhead = 0): string {
  const timestamp = Math.floor(clock.now().epochMilliseconds / 1000) + secondsAhead
  return signatureHeader(body, stateFile.state.webhookSecret, timestamp)
}

export async function post(
  { origin }: System,
  body: string | Uint8Array<ArrayBuffer>,
  signature: string | null,
  via: Via = fetch,
): Promise<Response> {
  const headers = {
    'Content-Type': 'application/json',
    ...(signature === null ? {} : { 'Stripe-Signature': signature }),
  }
  return via(new Request(`${origin}/webhooks/stripe`, { method: 'POST', body, headers }))
}
