/**
 * Who may read the answers in a browser: exact origins per product (T07, T08). No Origin is answered
 * without CORS headers, a listed one is echoed, any other is refused, `null` included.
 */
import type { MiddlewareHandler } from 'hono'
import { Refused } from '../domain/refusals.ts'
import type { WidgetEnv } from './visitor.ts'

const DAY_SECONDS = 86_400

export const allowOrigins: MiddlewareHandler<WidgetEnv> = async (c, next) => {
  // An answer for one origin is never served to another one out of a shared cache (T09).
  c.header('Vary', 'Origin', { append: true })
  c.header('Cache-Control', 'no-store')
  const origin = c.req.header('Origin')
  if (origin !== undefined) {
    const isAllowed =
      origin === c.var.deps.config.centerOrigin || c.var.product.origins.includes(origin)
    if (!isAllowed) throw new Refused('origin.not_allowed')
    c.header('Access-Control-Allow-Origin', origin)
    c.header('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id, Idempotent-Replayed')
  }
  if (c.req.method === 'OPTIONS') {
    c.header('Access-Control-Allow-Methods', 'GET, POST, PUT')
    c.header(
      'Access-Control-Allow-Headers',
      'Authorization, Content-Type, Idempotency-Key, Accept-Language',
    )
    c.header('Access-Control-Max-Age', String(DAY_SECONDS))
    return c.body(null, 204)
  }
  await next()
}
