/** Standard Webhooks: what a receiver verifies, with every secret that is valid now. */
import type { Deps } from '../deps.ts'
import { Temporal } from 'temporal-polyfill'
import type { EndpointRow } from '../db/queries/webhooks.ts'
import { openKey } from './license-secrets.ts'

export const SECRET_PREFIX = 'whsec_'

export interface SignedMessage {
  /** The same for every attempt, by which receivers know a repeat. */
  readonly id: string
  readonly body: string
}

export async function signedHeaders(
  deps: Deps,
  endpoint: EndpointRow,
  { id, body }: SignedMessage,
  at: Temporal.Instant,
): Promise<Readonly<Record<string, string>>> {
  const timestamp = String(Math.floor(at.epochMilliseconds / 1000))
  const { secret, previousSecret, previousUntil } = endpoint
  const isOverlapping = previousUntil !== null && Temporal.Instant.compare(at, previousUntil) < 0
  const sealed = [secret, ...(isOverlapping && previousSecret !== null ? [previousSecret] : [])]
  const signatures = await Promise.all(
    sealed.map(async (one) =>
      signature(await openKey(deps.secrets, endpoint.id, one), `${id}.${timestamp}.${body}`),
    ),
  )
  return {
    'Content-Type': 'application/json',
    'User-Agent': 'license-center',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  }
}

/** @param secret  `whsec_` and base64 */
async function signature(secret: string, text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice(SECRET_PREFIX.length)), (c) => c.charCodeAt(0))
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text))
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(mac)))}`
}
