/** Signed webhooks with retries, and the faults that a real network adds. */
import { createHmac } from 'node:crypto'
import type { StripeEvent } from './objects.ts'
import type { World } from './world.ts'

export interface WebhookTarget {
  readonly url: string
  /** `whsec_…` */
  readonly secret: string
}

export interface Delivery {
  readonly event: string
  readonly type: string
  /** 1 for the first try. */
  readonly attempt: number
  /** HTTP status, or why there is none. */
  readonly result: number | 'dropped' | 'no answer'
  /** RFC 3339, by the injected clock. */
  readonly at: string
}

export interface WebhookSender {
  /** Queues; nothing is sent before `drain`, so that what one action caused leaves together. */
  enqueue(event: StripeEvent): void
  /** Sends one event now, whatever the switches say about dropping and delaying. */
  resend(event: StripeEvent): Promise<void>
  /** Sends what is queued. Resolves after each first try; retries go on behind. */
  drain(): Promise<void>
  /** Resolves when nothing is queued, under way or waiting for another try. */
  idle(): Promise<void>
  readonly deliveries: readonly Delivery[]
  isDelivered(eventId: string): boolean
  close(): void
}

/** One event on its way to one address. */
interface Letter {
  readonly event: StripeEvent
  readonly target: WebhookTarget
}

/** Real time, also under a demo clock: somebody is waiting in front of the screen. */
const RETRY_DELAYS_MS = [250, 500, 1000, 2000, 5000, 10_000, 30_000]
const ANSWER_WITHIN_MS = 10_000

export function createWebhookSender(
  world: Pick<World, 'now' | 'random' | 'switches'>,
  targetsOf: (event: StripeEvent) => readonly WebhookTarget[],
  log: (line: string) => void,
): WebhookSender {
  const queue: StripeEvent[] = []
  const deliveries: Delivery[] = []
  const { isDelivered, ...receipts } = createReceipts(targetsOf)
  const underWay = new Set<Promise<void>>()
  const closing = new AbortController()

  const record = ({ event, target }: Letter, attempt: number, result: Delivery['result']) => {
    deliveries.push({ event: event.id, type: event.type, attempt, result, at: `${world.now()}` })
    if (isSuccess(result)) receipts.take(event, target)
    else log(`webhook ${event.type} ${event.id}: ${result} (try ${attempt})`)
  }

  const attempt = async (letter: Letter, number: number): Promise<boolean> => {
    const result = await post(world, letter, closing.signal)
    if (!closing.signal.aborted) record(letter, number, result)
    return isSuccess(result)
  }

  const retry = async (letter: Letter) => {
    for (const [index, delayMs] of RETRY_DELAYS_MS.entries()) {
      await sleep(delayMs, closing.signal)
      const isWanted = targetsOf(letter.event).includes(letter.target)
      if (closing.signal.aborted || !isWanted || (await attempt(letter, index + 2))) return
    }
  }

  const send = async (letter: Letter) => {
    if (closing.signal.aborted || (await attempt(letter, 1))) return
    void track(underWay, retry(letter))
  }

  const deliver = async (letter: Letter) => {
    if (world.random() < world.switches.drop) return record(letter, 1, 'dropped')
    await sleep(world.switches.delayMs, closing.signal)
    await send(letter)
  }

  const toAll = async (event: StripeEvent, carry: (letter: Letter) => Promise<void>) => {
    await Promise.all(targetsOf(event).map((target) => carry({ event, target })))
  }
  const deliverAll = (event: StripeEvent) => toAll(event, deliver)
  const drain = () => track(underWay, sendAll(queue.splice(0), world.switches, deliverAll))
  return {
    deliveries,
    isDelivered,
    enqueue: (event) => {
      receipts.expect(event)
      queue.push(event)
    },
    resend: (event) => track(underWay, toAll(event, send)),
    drain,
    idle: async () => {
      while (queue.length > 0 || underWay.size > 0) {
        if (queue.length > 0) void drain()
        await Promise.all(underWay)
      }
    },
    close: () => closing.abort(),
  }
}

/** What each address owes us an answer to: an event has been delivered when all that stay have answered. */
function createReceipts(targetsOf: (event: StripeEvent) => readonly WebhookTarget[]) {
  const expected = new Map<string, { event: StripeEvent; targets: readonly WebhookTarget[] }>()
  const taken = new Map<string, Set<WebhookTarget>>()
  return {
    expect: (event: StripeEvent) => {
      expected.set(event.id, { event, targets: targetsOf(event) })
    },
    take: ({ id }: StripeEvent, target: WebhookTarget) => {
      taken.set(id, new Set([...(taken.get(id) ?? []), target]))
    },
    isDelivered: (eventId: string): boolean => {
      const sent = expected.get(eventId)
      if (sent === undefined) return taken.has(eventId)
      const stay = new Set(targetsOf(sent.event))
      return sent.targets.every(
        (target) => !stay.has(target) || taken.get(eventId)?.has(target) === true,
      )
    },
  }
}

/** `t=…,v1=…` as https://docs.stripe.com/webhooks#verify-manually describes it. */
export function signatureHeader(payload: string, secret: string, timestamp: number): string {
  const digest = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex')
  return `t=${timestamp},v1=${digest}`
}

async function sendAll(
  events: readonly StripeEvent[],
  { reorder, duplicate }: World['switches'],
  deliver: (event: StripeEvent) => Promise<void>,
): Promise<void> {
  for (const event of reorder ? events.toReversed() : events) {
    await Promise.all(Array.from({ length: duplicate + 1 }, () => deliver(event)))
  }
}

async function post(
  world: Pick<World, 'now'>,
  { event, target: { url, secret } }: Letter,
  closing: AbortSignal,
): Promise<number | 'no answer'> {
  const body = JSON.stringify(event, null, 2)
  const timestamp = Math.floor(world.now().epochMilliseconds / 1000)
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    'Stripe-Signature': signatureHeader(body, secret, timestamp),
  }
  const signal = AbortSignal.any([closing, AbortSignal.timeout(ANSWER_WITHIN_MS)])
  try {
    const reply = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' })
    await reply.body?.cancel()
    return reply.status
  } catch {
    return 'no answer'
  }
}

function isSuccess(result: Delivery['result']): boolean {
  return typeof result === 'number' && result >= 200 && result < 300
}

function track(underWay: Set<Promise<void>>, work: Promise<void>): Promise<void> {
  const tracked = work.finally(() => underWay.delete(tracked))
  underWay.add(tracked)
  return tracked
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0 || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
