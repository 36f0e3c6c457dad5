/** The system's own dependencies, in front of which a process can die, and a provider or database can fail. */
import type { Client } from '@libsql/client'
import { databaseOf } from '../../server/db/open.ts'
import type { Deps } from '../../server/deps.ts'
import type { PaymentPort } from '../../server/payments/port.ts'

/** What the process had done when it died. */
export interface Death {
  /** Of all calls to the database and to the provider, from 1. */
  readonly atCall: number
  /** Before the call had any effect, or after it, with its answer lost. */
  readonly when: 'before' | 'after'
}

export interface MortalDeps {
  readonly deps: Deps
  /** Calls that were begun. */
  calls(): number
}

/** Once dead, nothing is called any more: every later call fails at once. */
export function mortal(deps: Deps, death: Death | null): MortalDeps {
  let calls = 0
  let isDead = false
  async function act<T>(call: () => Promise<T>): Promise<T> {
    calls += 1
    const isLast = death !== null && calls === death.atCall
    if (isDead || (isLast && death.when === 'before')) {
      isDead = true
      throw new Error('the process died')
    }
    const answer = await call()
    if (!isLast) return answer
    isDead = true
    throw new Error('the process died')
  }
  return {
    calls: () => calls,
    deps: {
      ...deps,
      db: databaseOf(watched(deps.db.client, ['execute', 'batch'], act)),
      payments: watched<PaymentPort>(deps.payments, PAYMENT_CALLS, act),
      sleep: async () => {},
      log: () => {},
    },
  }
}

const PAYMENT_CALLS: readonly (keyof PaymentPort & string)[] = [
  'ensureCustomer',
  'openCheckout',
  'chargeSaved',
  'listMethods',
  'readCheckout',
  'findCheckoutByIntent',
  'findCheckoutsOfOrder',
  'listEvents',
  'expireCheckout',
]

type Act = <T>(call: () => Promise<T>) => Promise<T>

function watched<T extends Client | PaymentPort>(target: T, names: readonly string[], act: Act): T {
  return new Proxy(target, {
    get(object, property) {
      const value: unknown = Reflect.get(object, property, object)
      if (typeof value !== 'function') return value
      const bound = value.bind(object)
      if (!names.includes(String(property))) return bound
      return (...parameters: unknown[]) => act(async () => bound(...parameters))
    },
  })
}
