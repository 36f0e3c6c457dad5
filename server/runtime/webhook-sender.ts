/**
 * Outbound webhooks on Node. The address is judged where it is used: the connection is made to the very
 * address that was looked up and found to be public, so a name cannot change in between (N12).
 */
import { lookup as resolve } from 'node:dns'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import {
  ANSWER_MAX_BYTES,
  ATTEMPT_MAX_MS,
  isPublicAddress,
  webhookUrlFault,
  type WebhookOutcome,
  type WebhookPort,
} from '../domain/webhook.ts'

export interface WebhookSenderOptions {
  /** Only for a system on one machine. */
  readonly allowsLoopback: boolean
  /** In place of the system's resolver. */
  readonly lookup?: LookupFunction
  /** 15 seconds when absent. */
  readonly maxMs?: number
}

class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}

export function createWebhookSender(options: WebhookSenderOptions): WebhookPort {
  const { allowsLoopback, maxMs = ATTEMPT_MAX_MS } = options
  return {
    async post(url, headers, body) {
      if (webhookUrlFault(url, allowsLoopback) !== null) {
        return { kind: 'failed', reason: 'address_refused' }
      }
      const isLoopback = url.startsWith('http://')
      const lookup = isLoopback ? undefined : publicOnly(options.lookup ?? systemLookup)
      const signal = AbortSignal.timeout(maxMs)
      try {
        return await sent(url, { headers, body, signal, lookup })
      } catch (error) {
        if (isRefusal(error)) return { kind: 'failed', reason: 'address_refused' }
        return { kind: 'failed', reason: signal.aborted ? 'timeout' : 'unreachable' }
      }
    },
  }
}

interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal: AbortSignal
  readonly lookup: LookupFunction | undefined
}

/** Redirects are answers like any other: Node follows none. */
function sent(url: string, { headers, body, signal, lookup }: Message): Promise<WebhookOutcome> {
  const request = url.startsWith('http://') ? plainRequest : secureRequest
  return new Promise((settle, fail) => {
    const about = { method: 'POST', headers, signal, agent: false }
    const outgoing = request(url, lookup === undefined ? about : { ...about, lookup }, (answer) => {
      settle(drained(answer, signal).then(() => outcomeOf(answer)))
    })
    outgoing.on('error', fail)
    outgoing.end(body)
  })
}

/** What the receiver says is thrown away, and cut where it does not end. */
function drained(answer: IncomingMessage, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    let bytes = 0
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > ANSWER_MAX_BYTES) {
        answer.destroy()
        done()
      }
    })
    answer.on('end', done)
    answer.on('close', done)
    answer.on('error', fail)
    signal.addEventListener('abort', () => fail(signal.reason))
  })
}

function outcomeOf({ statusCode = 0, headers }: IncomingMessage): WebhookOutcome {
  const seconds = Number(headers['retry-after'])
  const retryAfterSeconds = Number.isFinite(seconds) && seconds > 0 ? seconds : null
  return { kind: 'answered', status: statusCode, retryAfterSeconds }
}

const systemLookup: LookupFunction = (host, options, callback) =>
  resolve(host, { ...options, all: true }, (error, addresses) => callback(error, addresses))

/** One private address among several refuses them all. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (host, options, callback) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      const addresses = typeof found === 'string' ? [{ address: found, family: 4 }] : found
      if (error) return callback(error, [])
      const isPublic =
        addresses.length > 0 && addresses.every((one) => isPublicAddress(one.address))
      if (!isPublic) return callback(new AddressRefused(host), [])
      const [first] = addresses
      return options.all
        ? callback(null, addresses)
        : callback(null, first?.address ?? '', first?.family)
    })
}

function isRefusal(error: unknown): boolean {
  return error instanceof AddressRefused
}
