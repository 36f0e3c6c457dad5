/** What every part of the stand-in shares: clock, randomness, memory and the way to tell events. */
import type { Temporal } from 'temporal-polyfill'
import type { Store } from './store.ts'
import type { Switches } from './switches.ts'

export interface World {
  readonly now: () => Temporal.Instant
  /** In [0, 1). */
  readonly random: () => number
  readonly store: Store
  readonly switches: Switches
  /** Where payers' browsers reach the payment page, e.g. `http://localhost:12111`. */
  readonly origin: string
  /** Records an event and queues its webhook. */
  readonly announce: (type: string, object: Readonly<Record<string, unknown>>) => void
}

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const ID_LENGTH: Readonly<Record<string, number>> = { cs_test: 58, cus: 14 }

/** `pi_3Q…`: prefix and random letters, as long as Stripe's. */
export function newId(world: Pick<World, 'random'>, prefix: string): string {
  const letters = Array.from({ length: ID_LENGTH[prefix] ?? 24 }, () =>
    ID_ALPHABET.charAt(Math.floor(world.random() * ID_ALPHABET.length)),
  )
  return `${prefix}_${letters.join('')}`
}

export function epochSeconds(world: Pick<World, 'now'>): number {
  return Math.floor(world.now().epochMilliseconds / 1000)
}
