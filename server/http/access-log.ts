/**
 * One line per request: who it was is not in it. The route is the pattern, never the path, whose parts
 * may be keys and private links; no query, no body, no header (T17).
 */
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { AppEnv } from './env.ts'

export const accessLog: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { deps, requestId } = c.var
  const startedAt = deps.now()
  await next()
  deps.log({
    level: 'info',
    event: 'request.answered',
    requestId,
    method: c.req.method,
    route: routePath(c, -1),
    status: c.res.status,
    ms: deps.now().epochMilliseconds - startedAt.epochMilliseconds,
  })
}
