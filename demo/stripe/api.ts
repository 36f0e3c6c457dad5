/** Stripe's API, as far as a License Center uses it. */
import { Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { createPortalSession, type PortalSession } from './billing-portal.ts'
import { newCardMethod } from './charges.ts'
import {
  createSession,
  expireSession,
  listSessions,
  presentSession,
  retrieveLineItems,
  retrieveSession,
} from './checkout-sessions.ts'
import { createCustomer, listCustomers, listPaymentMethods, retrieveCustomer } from './customers.ts'
import { noSuch, StripeFault } from './errors.ts'
import { findEvent, listEvents } from './events.ts'
import { expandWire } from './expansion.ts'
import { decodeForm, type FormHash } from './form-decoding.ts'
import { idempotency } from './idempotency.ts'
import { createMoneyApi } from './money-api.ts'
import { outages, storedFailures, type OutageEnv } from './outages.ts'
import { checkParameters, expand } from './parameters.ts'
import { payByCard } from './payments.ts'
import {
  attachMethod,
  detachMethod,
  findMethod,
  retrieveMethod,
  updateCustomer,
} from './saved-methods.ts'
import { describeCard } from './test-cards.ts'
import {
  createEndpoint,
  deleteEndpoint,
  listEndpoints,
  retrieveEndpoint,
  updateEndpoint,
} from './webhook-endpoints.ts'
import { wireCharge, wireIntent, type Wire } from './wire.ts'
import { newId, type World } from './world.ts'

export interface ApiEnv extends OutageEnv {
  Variables: OutageEnv['Variables'] & { form: FormHash }
}

export interface ApiParts {
  readonly world: World
  readonly portals: Map<string, PortalSession>
  readonly isDelivered: (eventId: string) => boolean
}

export function createApi({ world, portals, isDelivered }: ApiParts): Hono<ApiEnv> {
  const { store } = world
  const api = new Hono<ApiEnv>()
  api.onError((error, c) => {
    if (!(error instanceof StripeFault)) {
      console.error(error)
      return c.json({ error: { type: 'api_error', message: 'The stand-in failed.' } }, 500)
    }
    if (error.isKept) c.header('Stripe-Should-Retry', 'false')
    return c.json({ error: error.body }, error.status)
  })
  api.use(requestIds(world), outages(world.switches), authentication)
  api.use(idempotency(world), storedFailures, forms)

  api.post('/customers', (c) => c.json(createCustomer(world, c.var.form)))
  api.get('/customers', (c) => c.json(listCustomers(world, c.var.form)))
  api.get('/customers/:id', (c) => c.json(retrieveCustomer(world, c.req.param('id'))))
  api.post('/customers/:id', (c) => c.json(updateCustomer(world, c.req.param('id'), c.var.form)))
  api.get('/customers/:id/payment_methods', (c) =>
    c.json(listPaymentMethods(world, c.var.form, c.req.param('id'))),
  )
  const methods = '/payment_methods'
  api.get(methods, (c) => c.json(listPaymentMethods(world, c.var.form)))
  api.get(`${methods}/:id`, (c) => c.json(retrieveMethod(world, c.req.param('id'))))
  api.post(`${methods}/:id/attach`, (c) =>
    c.json(attachMethod(world, c.req.param('id'), c.var.form)),
  )
  api.post(`${methods}/:id/detach`, (c) =>
    c.json(detachMethod(world, findMethod(world, c.req.param('id')))),
  )

  const sessions = '/checkout/sessions'
  api.post(sessions, (c) => c.json(openSession(world, c.var.form)))
  api.get(sessions, (c) => c.json(listSessions(world, c.var.form)))
  api.get(`${sessions}/:id`, (c) => c.json(retrieveSession(world, c.req.param('id'), c.var.form)))
  api.get(`${sessions}/:id/line_items`, (c) => c.json(retrieveLineItems(world, c.req.param('id'))))
  api.post(`${sessions}/:id/expire`, (c) =>
    c.json(expireSession(world, c.req.param('id'), c.var.form)),
  )
  api.post('/billing_portal/sessions', (c) =>
    c.json(createPortalSession(world, portals, c.var.form)),
  )

  const { intents, charges } = store
  api.get('/payment_intents/:id', (c) =>
    c.json(retrieve(world, c.var.form, 'payment_intent', intents, c.req.param('id'), wireIntent)),
  )
  api.get('/charges/:id', (c) =>
    c.json(retrieve(world, c.var.form, 'charge', charges, c.req.param('id'), wireCharge)),
  )
  api.route('/', createMoneyApi(world))
  api.get('/events', (c) => c.json(listEvents(world, c.var.form, isDelivered)))
  api.get('/events/:id', (c) => c.json({ ...findEvent(world, c.req.param('id')) }))
  const endpoints = '/webhook_endpoints'
  api.post(endpoints, (c) => c.json(createEndpoint(world, c.var.form)))
  api.get(endpoints, (c) => c.json(listEndpoints(world, c.var.form)))
  api.get(`${endpoints}/:id`, (c) => c.json(retrieveEndpoint(world, c.req.param('id'))))
  api.post(`${endpoints}/:id`, (c) => c.json(updateEndpoint(world, c.req.param('id'), c.var.form)))
  api.delete(`${endpoints}/:id`, (c) => c.json(deleteEndpoint(world, c.req.param('id'))))
  api.all('*', (c) => {
    const message = `Unrecognized request URL (${c.req.method}: ${c.req.path}). This stand-in knows only what the License Center uses.`
    throw new StripeFault(404, { type: 'invalid_request_error', message })
  })
  return api
}

/** The answer shows the session as it was created, also when a switch has it paid at once. */
function openSession(world: World, form: FormHash): Wire {
  const session = createSession(world, form)
  const answer = presentSession(world, session, form)
  if (world.switches.payOnCreate) {
    const card = describeCard({ number: '4242424242424242', exp: '12/2099', cvc: '123' })
    payByCard(world, session, newCardMethod(world, card))
  }
  return answer
}

function retrieve<T>(
  world: World,
  form: FormHash,
  kind: string,
  objects: ReadonlyMap<string, T>,
  id: string,
  wire: (object: T) => Wire,
): Wire {
  const { expand: paths } = checkParameters(z.strictObject({ expand }), form)
  const object = objects.get(id)
  if (object === undefined) throw noSuch(kind, id)
  return expandWire(world.store, wire(object), paths)
}

function requestIds(world: World): MiddlewareHandler {
  return async (c, next) => {
    c.header('Request-Id', newId(world, 'req'))
    c.header('Stripe-Version', c.req.header('Stripe-Version') ?? '2026-10-28.endive')
    await next()
  }
}

const authentication: MiddlewareHandler = async (c, next) => {
  const key = /^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1]
  if (key === undefined || !/^[sr]k_test_\w+$/.test(key)) {
    const message =
      key === undefined
        ? 'You did not provide an API key. Provide it as a bearer token: Authorization: Bearer sk_test_…'
        : 'Invalid API Key provided: this sandbox takes only keys that begin with sk_test_.'
    throw new StripeFault(401, { type: 'invalid_request_error', message })
  }
  await next()
}

const forms: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const encoded = c.req.method === 'GET' ? new URL(c.req.url).search : await c.req.text()
  c.set('form', decodeForm(encoded))
  await next()
}
