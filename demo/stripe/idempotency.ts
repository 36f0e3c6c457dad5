/** Idempotency-Key as Stripe treats it: https://docs.stripe.com/api/idempotent_requests */
import type { MiddlewareHandler } from 'hono'
import { createHash } from 'node:crypto'
import { StripeFault } from './errors.ts'
import type { World } from './world.ts'

interface Kept {
  /** Of method, path and body: the same key must come with the same request. */
  readonly fingerprint: string
  readonly keptAt: number
  /** Null while the first request is being worked on. */
  reply: { readonly status: number; readonly body: string; readonly requestId: string } | null
}

const KEPT_MS = 24 * 60 * 60 * 1000
const KEY_LENGTH_MAX = 255

/**
 * Answers a repeated POST with the first answer, whatever that was. Requests that were refused
 * before their work began are not kept, so that they can be corrected and sent again.
 */
export function idempotency(world: Pick<World, 'now'>): MiddlewareHandler {
  const entries = new Map<string, Kept>()
  return async (c, next) => {
    const key = c.req.method === 'POST' ? c.req.header('Idempotency-Key') : undefined
    if (key === undefined) return next()
    const now = world.now().epochMilliseconds
    const fingerprint = hash(`${c.req.method} ${c.req.path}\n${await c.req.text()}`)
    const reply = repeatOf(entries, key, fingerprint, now)
    if (reply !== null) {
      const headers = {
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        'Idempotent-Replayed': 'true',
        'Original-Request': reply.requestId,
      }
      return new Response(reply.body, { status: reply.status, headers })
    }
    const entry: Kept = { fingerprint, keptAt: now, reply: null }
    entries.set(key, entry)
    await next()
    c.header('Idempotency-Key', key)
    if (c.error instanceof StripeFault && !c.error.isKept) {
      entries.delete(key)
      return
    }
    const requestId = c.res.headers.get('Request-Id') ?? ''
    entry.reply = { status: c.res.status, body: await c.res.clone().text(), requestId }
  }
}

function repeatOf(entries: Map<string, Kept>, key: string, fingerprint: string, now: number) {
  if (key.length > KEY_LENGTH_MAX) {
    throw keyFault(400, 'The idempotency key is longer than 255 characters.')
  }
  const kept = entries.get(key)
  if (kept === undefined || now - kept.keptAt >= KEPT_MS) return null
  if (kept.fingerprint !== fingerprint) {
    const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
    throw keyFault(400, message)
  }
  if (kept.reply === null) {
    const message = `There is currently another in-progress request using this idempotency key: ${key}. Please try again later.`
    throw keyFault(409, message, 'idempotency_key_in_use')
  }
  return kept.reply
}

function keyFault(status: 400 | 409, message: string, code?: string): StripeFault {
  return new StripeFault(status, {
    type: 'idempotency_error',
    message,
    ...(code === undefined ? {} : { code }),
  })
}

function hash(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}
