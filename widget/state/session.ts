import { createContext } from '@lit/context'
import type { Client } from '../api/client.ts'
import type { Language } from './language.ts'

/**
 * What the parts of one element share. An immutable value: a change of language or product makes
 * a new one, so that a part that consumes it renders again. Two elements never share one (W28).
 */
export interface Session extends Language {
  readonly client: Client
  /** Names what the element shows; in keys of the browser's storage. Not a secret. */
  readonly publishableKey: string
  /** License type to show first; null: the catalogue's first. */
  readonly type: string | null
  /** ISO 4217 as the host wants it; null: the catalogue's first. */
  readonly currency: string | null
  /** The console's homepage (S20), absolute and http(s); null: the product's own. */
  readonly homeUrl: string | null
  /** True when the host gives no token: public purchase by e-mail. */
  readonly isAnonymous: boolean
}

export const sessionContext = createContext<Session>(Symbol('license-session'))
