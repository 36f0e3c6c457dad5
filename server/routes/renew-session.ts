/**
 * What the session of a private renew link may do (R18): read its licenses, quote their renewals,
 * order by Checkout. A list of what is open, so that a new route is closed until it is put here: no
 * saved card, no change of mode, no key, nothing of other licenses.
 */
import type { Context, MiddlewareHandler } from 'hono'
import { isOrderWithin, isQuoteWithin } from '../db/queries/renew-links.ts'
import { Refused } from '../domain/refusals.ts'
import { provenCustomer } from '../domain/scope.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { isRenewSession, readRenewSession } from '../usecases/renew-session.ts'

type Check = (c: Context<WidgetEnv>, ids: readonly string[], id: string) => Promise<void> | void

const anything: Check = () => {}

/** Method and path behind the publishable key; the part in brackets is handed to the check. */
const OPEN: readonly (readonly [path: RegExp, check: Check])[] = [
  [/^GET \/catalogue$/, anything],
  [/^GET \/licenses(?:\/ids|\/expiries)?$/, anything],
  [/^GET \/licenses\/(lic_\w+)$/, anything],
  [/^GET \/renewal-day$/, anything],
  [/^POST \/quotes$/, renewsOnly],
  [/^GET \/quotes\/(\w+)$/, ownQuote],
  [/^POST \/orders$/, ordersByCheckout],
  [/^GET \/orders\/(\w+)$/, ownOrder],
  [/^POST \/orders\/(\w+)\/cancel$/, ownOrder],
]

/** @throws Refused `token.invalid`, `token.scope_missing`, or as if the object were not there */
export const renewSession: MiddlewareHandler<WidgetEnv> = async (c, next) => {
  const [scheme, token = ''] = (c.req.header('Authorization') ?? '').split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !isRenewSession(token)) return next()
  const { deps, product } = c.var
  const { link, customer } = await readRenewSession(deps, product.id, token)
  const [, , , ...rest] = c.req.path.split('/')
  const asked = `${c.req.method} /${rest.join('/')}`
  const found = OPEN.find(([path]) => path.test(asked))
  if (found === undefined) throw new Refused('token.scope_missing')
  const [path, check] = found
  await check(c, link.licenseIds, path.exec(asked)?.[1] ?? '')
  c.set('visitor', {
    scope: provenCustomer(product.id, customer.subject, link.licenseIds),
    identity: {
      subject: customer.subject,
      email: customer.email,
      name: customer.name,
      zone: customer.zone,
      locale: customer.locale,
      scopes: new Set(['read', 'buy'] as const),
    },
  })
  return next()
}

/** Renewals of its licenses, and nothing else; any other license does not exist here. */
async function renewsOnly(c: Context<WidgetEnv>, ids: readonly string[]): Promise<void> {
  const { renewals, ...others } = await bodyOf(c)
  if (!Array.isArray(renewals) || ['items', 'add_units', 'upgrades'].some((key) => key in others)) {
    throw new Refused('token.scope_missing')
  }
  const asked = renewals.map((renewal: unknown) => fieldOf(renewal, 'license_id'))
  if (asked.some((id) => typeof id === 'string' && !ids.includes(id))) {
    throw new Refused('license.not_found')
  }
}

async function ordersByCheckout(c: Context<WidgetEnv>, ids: readonly string[]): Promise<void> {
  const { quote_id: quoteId, payment_method: method } = await bodyOf(c)
  if (method !== undefined && method !== null) throw new Refused('token.scope_missing')
  if (typeof quoteId === 'string') await ownQuote(c, ids, quoteId)
}

async function ownQuote(c: Context<WidgetEnv>, ids: readonly string[], id: string): Promise<void> {
  if (!(await isQuoteWithin(c.var.deps.db, id, ids))) throw new Refused('quote.not_found')
}

async function ownOrder(c: Context<WidgetEnv>, ids: readonly string[], id: string): Promise<void> {
  if (!(await isOrderWithin(c.var.deps.db, id, ids))) throw new Refused('order.not_found')
}

/** An object already: that was checked before. */
async function bodyOf(c: Context<WidgetEnv>): Promise<Record<string, unknown>> {
  const text = await c.req.text()
  return text === '' ? {} : JSON.parse(text)
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined
}
