/** Middleware of the host API: no pages, no cookies, one secret per backend. */
import type { MiddlewareHandler } from 'hono'
import type { HostScope } from '../domain/host-scope.ts'
import type { Deps } from '../deps.ts'
import { Refused } from '../domain/refusals.ts'
import type { AppEnv } from './env.ts'
import { countKeyGuess } from './key-guesses.ts'

export type HostEnv = { Variables: AppEnv['Variables'] & { host: HostScope } }

/**
 * A key that nobody has is a guess: so many of them a minute from one source (T10), and a real one never.
 *
 * @param identify  finds out whose key it is, null: nobody's; or refuses what is no key at all
 */
export function requireHost(
  identify: (deps: Deps, authorization: string) => Promise<HostScope | null>,
): MiddlewareHandler<HostEnv> {
  return async (c, next) => {
    c.header('Cache-Control', 'no-store')
    const host = await identify(c.var.deps, c.req.header('Authorization') ?? '')
    if (host === null) {
      await countKeyGuess(c)
      throw new Refused('token.invalid')
    }
    c.set('host', host)
    await next()
  }
}
