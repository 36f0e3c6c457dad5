/** Every route, with the database round trips that one request of it may cost (design section 8). */
import { DR_MONTHLY } from '../support/buyer.ts'
import { POLICY_SLUGS } from '../../server/policies/slugs.ts'
import { STYLESHEET_PATH } from '../../server/pages/stylesheet.ts'
import { HOST_BUDGETS } from './host-budgets.ts'
import { INSTALLATION_BUDGETS } from './installation-budgets.ts'
import { asked, unitAsked } from './license-budgets.ts'
import { contactForm } from './contact-form.ts'
import { manyRenewals, ordering, pricing } from './many-renewals.ts'
import { paid, refundWebhook, returnOfPayment, webhook } from './payment-requests.ts'
import type { Runtime } from './runtimes.ts'
import { savedMethod } from './saved-method.ts'

export interface Budget {
  readonly roundTrips: number
  /** 2xx unless the request is one that finds nothing. */
  readonly status?: number
  /** Prepares what it needs; the request that it returns is the one that is counted. */
  readonly prepare: (runtime: Runtime) => Promise<() => Promise<Response>>
}

const page = (path: string): Budget => ({
  roundTrips: 0,
  prepare:
    async ({ system }) =>
    () =>
      fetch(system.origin + path),
})

const customer = (runtime: Runtime) => runtime.as('recover', 'counted')
const send =
  (path: string, method = 'GET', body?: object, name = 'counted'): Budget['prepare'] =>
  async (runtime) =>
  () =>
    runtime.as('recover', name).send(path, { method, ...(body === undefined ? {} : { body }) })

export const BUDGETS: Readonly<Record<string, Budget>> = {
  'GET /': page('/'),
  'GET /health': page('/health'),
  'GET /ready': { ...page('/ready'), roundTrips: 1 },
  'GET /openapi.json': page('/openapi.json'),
  'GET /reference': page('/reference'),
  'GET /trust': page('/trust'),
  ...Object.fromEntries(POLICY_SLUGS.map((slug) => [`GET /${slug}`, page(`/${slug}`)])),
  [`GET ${STYLESHEET_PATH}`]: page(STYLESHEET_PATH),
  'GET /contact': page('/contact'),
  'GET /problems': page('/problems'),
  'GET /problems/:code': page('/problems/quote.expired'),
  'POST /contact': { roundTrips: 3, prepare: contactForm },
  'GET /renew/:token': { ...page('/renew/nobody'), roundTrips: 1, status: 404 },
  'POST /renew/:token': {
    roundTrips: 1,
    status: 404,
    prepare:
      async ({ system }) =>
      () =>
        fetch(`${system.origin}/renew/nobody`, { method: 'POST' }),
  },
  'GET /orders/:token/receipt': {
    ...page('/orders/nobody/receipt'),
    roundTrips: 1,
    status: 404,
  },
  'GET /pay/return': { roundTrips: 2, prepare: returnOfPayment },
  'POST /webhooks/stripe': { roundTrips: 3, prepare: webhook },
  'GET /w/:publishableKey/catalogue': { roundTrips: 0, prepare: send('catalogue') },
  'POST /w/:publishableKey/quotes': {
    roundTrips: 2,
    prepare: send('quotes', 'POST', { items: [DR_MONTHLY] }),
  },
  'GET /w/:publishableKey/quotes/:id': { roundTrips: 1, prepare: quoteAgain },
  'POST /w/:publishableKey/orders': { roundTrips: 3, prepare: orderOf('recover', [DR_MONTHLY]) },
  'GET /w/:publishableKey/orders/:id': { roundTrips: 1, prepare: followed },
  'POST /w/:publishableKey/orders/:id/cancel': { roundTrips: 2, prepare: canceled },
  'POST /w/:publishableKey/orders/:id/refund': { roundTrips: 1, status: 409, prepare: refunded },
  'GET /w/:publishableKey/licenses': { roundTrips: 1, prepare: send('licenses') },
  'GET /w/:publishableKey/licenses.csv': { roundTrips: 1, prepare: send('licenses.csv') },
  'GET /w/:publishableKey/licenses/ids': { roundTrips: 1, prepare: send('licenses/ids') },
  'GET /w/:publishableKey/licenses/expiries': { roundTrips: 1, prepare: send('licenses/expiries') },
  'GET /w/:publishableKey/licenses/:id': {
    roundTrips: 1,
    status: 404,
    prepare: send('licenses/lic_01h455vb4pex5vsknk084sn02q'),
  },
  'GET /w/:publishableKey/renewal-day': { roundTrips: 1, prepare: send('renewal-day') },
  'PUT /w/:publishableKey/renewal-day': {
    roundTrips: 2,
    prepare: async (runtime) => {
      await customer(runtime).buy(DR_MONTHLY)
      return () => customer(runtime).send('renewal-day', { method: 'PUT', body: { day: 'last' } })
    },
  },
  'GET /w/:publishableKey/payment-methods': { roundTrips: 1, prepare: send('payment-methods') },
  'POST /w/:publishableKey/payment-methods': {
    roundTrips: 2,
    prepare: async (runtime) => {
      await customer(runtime).buy(DR_MONTHLY)
      const { product } = await customer(runtime).catalogue()
      const body = { return_url: product.home_url }
      return () => customer(runtime).send('payment-methods', { body })
    },
  },
  'POST /w/:publishableKey/payment-methods/:id/default': {
    roundTrips: 1,
    status: 404,
    prepare: send('payment-methods/pm_nothing/default', 'POST'),
  },
  'DELETE /w/:publishableKey/payment-methods/:id': {
    roundTrips: 1,
    status: 404,
    prepare: send('payment-methods/pm_nothing', 'DELETE'),
  },
  ...INSTALLATION_BUDGETS,
  'POST /v1/licenses/validate': { roundTrips: 1, prepare: asked('validate') },
  'POST /v1/licenses/activate': { roundTrips: 2, prepare: asked('activate') },
  'POST /v1/licenses/deactivate': { roundTrips: 2, prepare: asked('deactivate', 'activate') },
  'POST /v1/licenses/heartbeat': { roundTrips: 1, prepare: asked('heartbeat', 'activate') },
  'POST /v1/licenses/file': { roundTrips: 2, prepare: asked('file', 'activate') },
  ...HOST_BUDGETS,
  'POST /v1/licenses/consume': { roundTrips: 2, prepare: unitAsked('consume') },
  'POST /v1/licenses/release': { roundTrips: 2, prepare: unitAsked('release', 'activate') },
  'GET /.well-known/license-jwks.json': page('/.well-known/license-jwks.json'),
  'POST /w/:publishableKey/renewals/mode': {
    roundTrips: 1,
    status: 404,
    prepare: send('renewals/mode', 'POST', {
      license_ids: ['lic_01h455vb4pex5vsknk084sn02q'],
      mode: 'canceled',
    }),
  },
  'POST /w/:publishableKey/billing-portal': {
    roundTrips: 1,
    status: 409,
    prepare: send('billing-portal', 'POST', {}, 'newcomer'),
  },
}

/** What a route costs on rarer ways. */
export const RARER: Readonly<Record<string, Budget>> = {
  'POST quotes, a hundred renewals': { roundTrips: 2, prepare: manyRenewals(pricing) },
  'POST orders, a hundred renewals': { roundTrips: 3, prepare: manyRenewals(ordering) },
  'POST orders by a saved method, paid and fulfilled': { roundTrips: 4, prepare: savedMethod },
  'GET licenses, with the counts of the tabs': {
    roundTrips: 1,
    prepare: send('licenses?counts=renewal_mode&renewable=true'),
  },
  'GET licenses, by dates of the customer’s calendar': {
    roundTrips: 2,
    prepare: send('licenses?expires_from=2026-01-01&expires_to=2030-12-31'),
  },
  'POST orders with a promo code': {
    roundTrips: 3,
    prepare: orderOf('studio', [STUDIO_TEAM()], { promo_code: 'TEAM50' }),
  },
  'POST webhooks, a refund': { roundTrips: 3, prepare: refundWebhook },
  'POST webhooks, a copy': {
    roundTrips: 2,
    prepare: async (runtime) => {
      const first = await webhook(runtime)
      await first()
      return first
    },
  },
  'GET /pay/return, fulfilled already': {
    roundTrips: 1,
    prepare: async (runtime) => {
      const first = await returnOfPayment(runtime)
      await first()
      return first
    },
  },
}

function STUDIO_TEAM() {
  return { plan: 'team', quantity: 20, cycle: 'month', auto_renew: false } as const
}

async function quoteAgain(runtime: Runtime) {
  const { id } = await customer(runtime).quote(DR_MONTHLY)
  return () => customer(runtime).send(`quotes/${id}`)
}

function orderOf(
  product: string,
  items: Parameters<ReturnType<typeof customer>['quote']>[0],
  extra: { promo_code?: string } = {},
): Budget['prepare'] {
  return async (runtime) => {
    const buyer = runtime.as(product, 'orders')
    const { id, notices } = await buyer.quote(items, extra)
    const body = { quote_id: id, notices_version: notices.version }
    return () => buyer.send('orders', { body, headers: { 'Idempotency-Key': id } })
  }
}

async function followed(runtime: Runtime) {
  const { id } = await customer(runtime).buy(DR_MONTHLY)
  return () => customer(runtime).send(`orders/${id}`)
}

async function canceled(runtime: Runtime) {
  const { id } = await customer(runtime).buy(DR_MONTHLY)
  return () => customer(runtime).send(`orders/${id}/cancel`, { method: 'POST' })
}

/** What customers may not take back by themselves costs no more than looking. */
async function refunded(runtime: Runtime) {
  const { id } = await paid(runtime)
  const body = { kind: 'period', reason: 'How many round trips does this take?' }
  return () => customer(runtime).send(`orders/${id}/refund`, { body })
}
