/** Stripe as this world has it: the stand-in's logic in this process, its own clock, its own truth. */
import { createApi } from '../../../demo/stripe/api.ts'
import { expireDueSessions } from '../../../demo/stripe/checkout-sessions.ts'
import { recordEvent } from '../../../demo/stripe/events.ts'
import type { CheckoutSession, StripeEvent } from '../../../demo/stripe/objects.ts'
import { settleBankDebits } from '../../../demo/stripe/payments.ts'
import { settleRefunds } from '../../../demo/stripe/refunds.ts'
import { openStore, type Store } from '../../../demo/stripe/store.ts'
import { switchesOff } from '../../../demo/stripe/switches.ts'
import type { World as StripeWorld } from '../../../demo/stripe/world.ts'
import { Temporal } from 'temporal-polyfill'
import type { Chance } from '../core/chance.ts'

export const STRIPE_ORIGIN = 'http://stripe.example'
export const STRIPE_KEY = 'sk_test_simulation'
export const WEBHOOK_SECRET = 'whsec_simulation'

export interface SimulatedStripe {
  readonly world: StripeWorld
  readonly store: Store
  /** Of events that were answered with 2xx. */
  readonly delivered: Set<string>
  /** Answers one call of the SDK. */
  answer(url: string, init: RequestInit): Promise<Response>
  /** Closes pages and settles debits that the clock has made due. */
  advance(): void
  /** When that is next; Infinity when nothing waits. */
  nextDueMs(): number
  /** The pages of an order, oldest first. */
  pagesOf(orderId: string): readonly CheckoutSession[]
  page(url: string): CheckoutSession | null
}

export function createStripe(
  nowMs: () => number,
  chance: Chance,
  tell: (event: StripeEvent) => void,
): SimulatedStripe {
  const store = openStore()
  const delivered = new Set<string>()
  const now = () => Temporal.Instant.fromEpochMilliseconds(nowMs())
  const random = () => chance.real()
  const world: StripeWorld = {
    now,
    random,
    store,
    switches: switchesOff(),
    origin: STRIPE_ORIGIN,
    announce: (type, object) => tell(recordEvent({ now, random, store }, type, object)),
  }
  const isDelivered = (id: string) => delivered.has(id)
  const api = createApi({ world, portals: new Map(), isDelivered })
  return {
    world,
    store,
    delivered,
    answer: async (url, init) => api.request(url.replace(`${STRIPE_ORIGIN}/v1`, ''), init),
    advance: () => {
      expireDueSessions(world)
      settleBankDebits(world)
      settleRefunds(world)
    },
    nextDueMs: () => nextDueMs(store),
    pagesOf: (orderId) =>
      [...store.sessions.values()].filter((page) => page.client_reference_id === orderId),
    page: (url) => store.sessions.get(url.split('/').at(-1) ?? '') ?? null,
  }
}

function nextDueMs({ sessions, settlements }: Store): number {
  const ends = [...sessions.values()]
    .filter(({ status }) => status === 'open')
    .map(({ expires_at }) => expires_at * 1000)
  const debits = [...settlements.values()].map(({ dueAt }) => dueAt)
  return Math.min(Infinity, ...ends, ...debits)
}
