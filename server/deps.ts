/** Everything the application takes from outside, entered once by a composition root (`runtime/*`, `demo/serve`). */
import type { Temporal } from 'temporal-polyfill'
import type { Database } from './db/open.ts'
import type { NewId } from './domain/ids.ts'
import type { Sha256 } from './domain/offline-codes.ts'
import type { WebhookPort } from './domain/webhook.ts'
import type { MailPort } from './mail/port.ts'
import type { PaymentPort } from './payments/port.ts'

/** One Ed25519 key signs; products trust every published one, so that keys can change under them. */
export interface LicenseSigner {
  readonly kid: string
  readonly privateKey: CryptoKey
  /** Current, next and retired ones, as the JWKS shows them. */
  readonly publicKeys: readonly PublicKey[]
}

/** A public JWK of Ed25519 (RFC 8037). */
export interface PublicKey {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly kid: string
  readonly use: 'sig'
  readonly alg: 'EdDSA'
  readonly status?: 'current' | 'next' | 'retired'
  /** RFC 3339: what it signed from then on is refused. */
  readonly retired_at?: string
  /** It leaked: nothing that it signed is good any more. */
  readonly revoked?: boolean
}

/** HMAC-SHA-256 of a text under one secret, 64 hexadecimal digits; at once where the runtime can. */
export type KeyedHash = (text: string) => string | Promise<string>

export interface Secrets {
  /** Over normalised license keys: each check of an installed product waits for it. */
  readonly licenseKeyHash: KeyedHash
  /** AES-256-GCM over license keys, so that they can be shown again. */
  readonly licenseKeyCipher: CryptoKey
  /** HMAC over private-link tokens. */
  readonly linkToken: CryptoKey
  /** Signs what installed products keep for the time without a network; null: nothing is signed. */
  readonly licenseSigner: LicenseSigner | null
  /** Shared secrets of HS256 hosts, by the name that the catalogue gives them. */
  readonly hostSecret: (name: string) => Uint8Array | null
}

/** Counts what may only be tried so often; two implementations, one per runtime. */
export interface Limiter {
  /**
   * Takes one try at a license key. @returns seconds until the next one is allowed; 0 when this one is.
   * @param source  who is counted as one, see domain/source.ts
   */
  readonly keyGuess: (source: string) => Promise<number>
}

export interface Deps {
  readonly db: Database
  readonly payments: PaymentPort
  /** Null where none is configured: intents wait. */
  readonly mail: MailPort | null
  readonly now: () => Temporal.Instant
  readonly newId: NewId
  /** Cryptographically strong bytes. */
  readonly randomBytes: (length: number) => Uint8Array
  /** In [0, 1): jitter only. */
  readonly random: () => number
  /** Real waiting, also under the demo clock. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly secrets: Secrets
  readonly sha256: Sha256
  readonly limiter: Limiter
  /** How events leave for backends of hosts; two implementations, one per runtime. */
  readonly webhooks: WebhookPort
  readonly config: AppConfig
  readonly log: (entry: LogEntry) => void
  /** Aborted when the process is asked to end; absent where the platform ends it. */
  readonly stopping?: AbortSignal
}

export interface AppConfig {
  /** Origin that serves the API, the pages and the widget, without a trailing slash. */
  readonly centerOrigin: string
  /** True with the Stripe stand-in; shown as a banner, refused in production. */
  readonly sandbox: boolean
  /** How often a long poll looks again, and for how long at most. */
  readonly longPoll: { readonly everyMs: number; readonly maxMs: number }
  /** The address that a request came from, as the runtime knows it; null when it does not. */
  readonly addressOf: (request: Request, env: unknown) => string | null
}

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
  readonly requestId?: string
  readonly [field: string]: string | number | boolean | undefined
}
