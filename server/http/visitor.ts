/** Middleware of the widget API: which product, from which page, on whose behalf. */
import type { Context, MiddlewareHandler } from 'hono'
import type { CurrentProduct } from '../domain/catalogue.ts'
import { Refused } from '../domain/refusals.ts'
import { provenCustomer } from '../domain/scope.ts'
import type { CustomerScope } from '../domain/scope.ts'
import type { AppEnv } from './env.ts'
import { readHostToken } from './host-token.ts'
import type { HostIdentity, Scope } from './host-token.ts'

export interface Visitor {
  /** Null for an anonymous visitor, who may see the catalogue and prices. */
  readonly scope: CustomerScope | null
  readonly identity: HostIdentity | null
}

export type WidgetEnv = {
  Variables: AppEnv['Variables'] & CurrentProduct & { visitor: Visitor }
}

/** A token that is sent must be right, also where none is needed. */
export const identifyVisitor: MiddlewareHandler<WidgetEnv> = async (c, next) => {
  // The session of a private link was judged before.
  if (c.get('visitor') !== undefined) return next()
  const [scheme, token] = (c.req.header('Authorization') ?? '').split(' ')
  if (scheme === '') {
    c.set('visitor', { scope: null, identity: null })
  } else {
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw new Refused('token.invalid')
    const identity = await readHostToken(c.var.deps, c.var.product, token)
    const scope = provenCustomer(c.var.product.id, identity.subject)
    c.set('visitor', { scope, identity })
  }
  return next()
}

/**
 * The customer behind the request, allowed to do this.
 * @throws Refused `token.missing` or `token.scope_missing`
 */
export function customerOf(
  c: Context<WidgetEnv>,
  needed: Scope,
): { scope: CustomerScope; identity: HostIdentity } {
  const { scope, identity } = c.var.visitor
  if (scope === null || identity === null) throw new Refused('token.missing')
  if (!identity.scopes.has(needed)) throw new Refused('token.scope_missing')
  return { scope, identity }
}
