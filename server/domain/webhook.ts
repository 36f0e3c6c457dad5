/** Outbound webhooks by Standard Webhooks: where they may go, when they are tried again. Pure. */
import type { Temporal } from 'temporal-polyfill'

/** How one attempt ended. What the receiver said beyond its status is never kept (N13). */
export type WebhookOutcome =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly retryAfterSeconds: number | null
    }
  | {
      readonly kind: 'failed'
      readonly reason: 'timeout' | 'unreachable' | 'address_refused'
    }

export interface WebhookPort {
  /** One POST, without redirects; at most 15 seconds, and 64 kB of an answer that nobody reads. */
  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<WebhookOutcome>
}

export const ANSWER_MAX_BYTES = 64 * 1024
export const ATTEMPT_MAX_MS = 15_000

const RESERVED = /\.(localhost|local|internal|intranet|lan|home|corp|test|invalid|example)$/
/** As a parsed URL has them, in whichever way they were written. A name may begin with `0x`. */
const ADDRESS = /^\[|^[\d.]+$/

/**
 * What is wrong with an address before anything is resolved (N12); null: nothing.
 * @param allowsLoopback  only for a system on one machine
 */
export function webhookUrlFault(text: string, allowsLoopback: boolean): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null) return 'This is no address.'
  const isLoopback = allowsLoopback && url.protocol === 'http:' && url.hostname === 'localhost'
  if (url.username !== '' || url.password !== '') return 'Credentials do not belong here.'
  if (isLoopback) return null
  if (url.protocol !== 'https:') return 'Only https is used.'
  if (url.port !== '') return 'Only port 443 is used.'
  const host = url.hostname.replace(/\.$/, '')
  if (ADDRESS.test(host)) return 'Give a name, not an address of a machine.'
  if (!host.includes('.') || RESERVED.test(host)) return 'This name is not one of the internet.'
  return null
}

/** Networks of IPv4 that nobody on the internet has, as first octets, mask bits. */
const PRIVATE_4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

/** Whether a resolved address may be connected to. @param address  as the resolver gives it */
export function isPublicAddress(address: string): boolean {
  if (!address.includes(':')) return isPublic4(address)
  const [first = '', second = ''] = address.toLowerCase().split(':')
  const [high, low] = [
    Number.parseInt(first, 16),
    Number.parseInt(second === '' ? '0' : second, 16),
  ]
  // Global unicast is 2000::/3. Tunnels and documentation in it reach other networks, or none.
  if (!(high >= 0x2000 && high < 0x3fff) || high === 0x2002) return false
  return !(high === 0x2001 && (low === 0 || low === 0xdb8))
}

function isPublic4(address: string): boolean {
  const value = numberOf(address)
  if (value === null) return false
  return PRIVATE_4.every(([network, bits]) => {
    const size = 2 ** (32 - bits)
    return Math.floor(value / size) !== Math.floor((numberOf(network) ?? 0) / size)
  })
}

function numberOf(address: string): number | null {
  const parts = address.split('.').map(Number)
  if (parts.length !== 4 || !parts.every((part) => part >= 0 && part <= 255)) return null
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}

/** Pauses after each failure: ten attempts within three days, also with all the jitter. */
const PAUSES_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 43_200, 57_600, 68_400]
const JITTER = 0.1
const RETRY_AFTER_MAX_SECONDS = 86_400

/**
 * @param attempts  that have failed, this one included
 * @returns null when it was the last one
 */
export function nextAttemptAt(
  attempts: number,
  now: Temporal.Instant,
  random: number,
  retryAfterSeconds: number | null,
): Temporal.Instant | null {
  const pause = PAUSES_SECONDS[attempts - 1]
  if (pause === undefined) return null
  const asked = Math.min(retryAfterSeconds ?? 0, RETRY_AFTER_MAX_SECONDS)
  const seconds = Math.max(pause * (1 + random * JITTER), asked)
  return now.add({ milliseconds: Math.round(seconds * 1000) })
}

export const isDelivered = (outcome: WebhookOutcome): boolean =>
  outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300

const GONE = 410
/** As long as one event is tried. */
const FAILING_HOURS = 64

/** Gone for good, or deaf for as long as one event is tried: nobody listens there. */
export function mustDisable(
  outcome: WebhookOutcome,
  failingSince: Temporal.Instant,
  now: Temporal.Instant,
): boolean {
  if (outcome.kind === 'answered' && outcome.status === GONE) return true
  return failingSince.until(now).total('hours') >= FAILING_HOURS
}
