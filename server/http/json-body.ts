/** What counts as a JSON body at all (N01): checked before any schema sees it. */
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refused } from '../domain/refusals.ts'

const MAX_BYTES = 64 * 1024
const MAX_DEPTH = 32
const BYTE_ORDER_MARK = 0xef

/** @throws Refused `request.too_large` (413) above 64 kB, also when chunked without a length */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: MAX_BYTES,
  onError: () => {
    throw new Refused('request.too_large')
  },
})

/**
 * A body, where there is one, is one JSON object in well-formed UTF-8, at most 32 levels deep,
 * without NUL, lone surrogates or `__proto__`. @throws Refused `request.malformed` (400)
 */
export const requireJsonObject: MiddlewareHandler = async (c, next) => {
  if (c.req.method === 'POST' || c.req.method === 'PUT') {
    // Hono keeps the bytes, so the validator that follows parses the same body again.
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length > 0) checkJson(bytes)
  }
  await next()
}

function checkJson(bytes: Uint8Array): void {
  if (bytes[0] === BYTE_ORDER_MARK) throw new Refused('request.malformed')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refused('request.malformed')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isSound(value, 0)) {
    throw new Refused('request.malformed')
  }
}

function isSound(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  if (depth >= MAX_DEPTH) return false
  return Object.entries(value).every(
    ([key, member]) => key !== '__proto__' && isSound(key, depth) && isSound(member, depth + 1),
  )
}
