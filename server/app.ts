/** The whole application over its dependencies. Read this first: it is the map of every path. */
import type { Context, Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { refusalOfDatabase } from './db/commit.ts'
import type { Deps } from './deps.ts'
import { HOST_KEY_SCHEME, HOST_TOKEN_SCHEME } from './http/answers.ts'
import { accessLog } from './http/access-log.ts'
import type { AppEnv } from './http/env.ts'
import { onError } from './http/problems.ts'
import { createApi } from './http/validate.ts'
import { contact } from './routes/contact.tsx'
import { docs } from './routes/docs.ts'
import { health } from './routes/health.ts'
import { home } from './routes/home.tsx'
import { hostApi } from './routes/host-api.ts'
import { answerNotFound } from './routes/not-found.tsx'
import { licenseApi } from './routes/license-api.ts'
import { licenseKeys } from './routes/license-keys.ts'
import { payReturn } from './routes/pay-return.tsx'
import { policies } from './routes/policies.tsx'
import { problems } from './routes/problems.tsx'
import { receipt } from './routes/receipt.tsx'
import { renew } from './routes/renew.tsx'
import { updates } from './routes/updates.ts'
import { webhooks } from './routes/webhooks.ts'
import { widgetApi } from './routes/widget-api.ts'

/** Pages need no script, no inline style, nothing from elsewhere, and are never framed (W13). */
const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
}

/** Where a request brings what its dependencies are made of: Workers hand `env` to each one. */
export type DepsOfRequest = (env: Readonly<Record<string, unknown>>) => Promise<Deps>

/**
 * @param deps  the same for all requests, or made for each
 * @param extras  apps of a composition root, asked first: the files of the widget, the demo. They set
 *   their own security headers.
 */
export function createApp(deps: Deps | DepsOfRequest, extras: readonly Hono[] = []) {
  const app = createApi<AppEnv>()
  app.openAPIRegistry.registerComponent('securitySchemes', 'host', HOST_TOKEN_SCHEME)
  app.openAPIRegistry.registerComponent('securitySchemes', 'hostKey', HOST_KEY_SCHEME)
  app.onError((error, c) => onError(heard(c, error), c))
  app.notFound(answerNotFound)
  app.use(requestId({ limitLength: 64 }), async (c, next) => {
    c.set('deps', typeof deps === 'function' ? await deps(c.env) : deps)
    await next()
  })
  app.use(accessLog)
  for (const extra of extras) app.route('/', extra)
  app.route(
    '/',
    docs(() => app),
  )
  app.route('/', renew)
  app.use(
    secureHeaders({
      contentSecurityPolicy: PAGE_POLICY,
      referrerPolicy: 'no-referrer',
      // The elements are read by other origins; their API decides that per product.
      crossOriginResourcePolicy: false,
    }),
  )
  app.route('/w/:publishableKey', widgetApi)
  app.route('/v1/licenses', licenseApi)
  app.route('/v1/updates', updates)
  app.route('/v1/host', hostApi)
  app.route('/', licenseKeys)
  app.route('/webhooks', webhooks)
  app.route('/', health)
  app.route('/', home)
  app.route('/', payReturn)
  app.route('/', receipt)
  app.route('/', contact)
  app.route('/', policies)
  app.route('/', problems)
  return app
}

/** A database that is away is no bug: the caller may try again, and the log says why. */
function heard(c: Context<AppEnv>, error: Error): Error {
  const refusal = refusalOfDatabase(error)
  if (refusal === null) return error
  const { requestId } = c.var
  c.var.deps.log({ level: 'error', event: 'database.unavailable', requestId, error: String(error) })
  return refusal
}

export type App = ReturnType<typeof createApp>
