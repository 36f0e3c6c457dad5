/** Middleware of the host API: no pages, no cookies, one secret per backend. */
import type { MiddlewareHandler } from 'hono'
import type { HostScope } from '../domain/host-scope.ts'
import type { Deps } from '../deps.ts'
import type { AppEnv } from './env.ts'

export type HostEnv = { Variables: AppEnv['Variables'] & { host: HostScope } }

/** @param identify  finds out whose key it is, or refuses */
export function requireHost(
  identify: (deps: Deps, authorization: string) => Promise<HostScope>,
): MiddlewareHandler<HostEnv> {
  return async (c, next) => {
    c.header('Cache-Control', 'no-store')
    c.set('host', await identify(c.var.deps, c.req.header('Authorization') ?? ''))
    await next()
  }
}
