/**
 * `/w/{publishableKey}/…`: what the elements in a host's page talk to. The key is in the path so that
 * a preflight can be decided per product.
 */
import type { MiddlewareHandler } from 'hono'
import { findProduct } from '../db/catalogue-store.ts'
import { Refused } from '../domain/refusals.ts'
import { limitBody, requireJsonObject } from '../http/json-body.ts'
import { allowOrigins } from '../http/origins.ts'
import { createApi } from '../http/validate.ts'
import { identifyVisitor } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { activationCodes } from './activation-codes.ts'
import { allocations } from './allocations.ts'
import { billingPortal } from './billing-portal.ts'
import { catalogue } from './catalogue.ts'
import { licenseSecrets } from './license-secrets.ts'
import { installations } from './installations.ts'
import { licenseOverview } from './license-overview.ts'
import { licenseUnits } from './license-units.ts'
import { licenses } from './licenses.ts'
import { orders } from './orders.ts'
import { paymentMethods } from './payment-methods.ts'
import { quotes } from './quotes.ts'
import { renewSession } from './renew-session.ts'
import { renewalDay } from './renewal-day.ts'
import { renewalModes } from './renewal-modes.ts'

const KEY = /^pk_[a-z0-9_]{4,60}$/

/** An unknown key is answered without CORS headers: it names no product whose pages could read it. */
const findProductOfKey: MiddlewareHandler<WidgetEnv> = async (c, next) => {
  const key = c.req.param('publishableKey') ?? ''
  const { db, now } = c.var.deps
  const current = KEY.test(key) ? await findProduct(db, now(), key) : null
  if (current === null) throw new Refused('product.not_found')
  c.set('product', current.product)
  c.set('catalogueVersion', current.catalogueVersion)
  await next()
}

export const widgetApi = createApi<WidgetEnv>()
widgetApi.use(
  '*',
  findProductOfKey,
  allowOrigins,
  limitBody,
  requireJsonObject,
  renewSession,
  identifyVisitor,
)
widgetApi.route('/', catalogue)
widgetApi.route('/', quotes)
widgetApi.route('/', orders)
widgetApi.route('/', licenseOverview)
widgetApi.route('/', licenses)
widgetApi.route('/', licenseSecrets)
widgetApi.route('/', installations)
widgetApi.route('/', licenseUnits)
widgetApi.route('/', activationCodes)
widgetApi.route('/', allocations)
widgetApi.route('/', renewalDay)
widgetApi.route('/', renewalModes)
widgetApi.route('/', paymentMethods)
widgetApi.route('/', billingPortal)
