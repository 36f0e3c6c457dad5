/** Every route of the application, and who may use it. A route without a row here fails the matrix. */
import { grantCode, registrationCode } from '../../server/domain/offline-codes.ts'
import { POLICY_SLUGS } from '../../server/policies/slugs.ts'
import { STYLESHEET_PATH } from '../../server/pages/stylesheet.ts'
import type { Scope } from '../../server/http/host-token.ts'
import { DR_MONTHLY } from '../support/buyer.ts'

/** What a route asks for before it does anything. */
export type Guard =
  /** Whoever knows the address: credentials change nothing. */
  | 'anybody'
  /** The backend of a host, by an API key: no token of a customer is one. */
  | 'host'
  /** The payment provider, by its signature over the body. */
  | 'provider'
  /** A page of the product; a token that is sent must be right, and no token is fine. */
  | 'page'
  /** A customer of the product, whose token permits this. */
  | Scope

export type ObjectKind = 'quote' | 'order' | 'license'

/** Status, and the problem code where it is a problem. */
export type Answer = readonly [status: number, code?: string]

export interface Row {
  readonly guard: Guard
  /** What the one who may gets for their own object. */
  readonly answer: Answer
  /** What another customer gets where the route names no object; `answer` unless given. */
  readonly strangerAnswer?: Answer
  /** The route names an object of `acme`, in its path or in its body. */
  readonly object?: ObjectKind
  readonly body?: (own: OwnObjects) => object
}

/** What `acme` has: the ids, or others in their place. */
export interface OwnObjects extends Readonly<Record<ObjectKind, string>> {
  /** The notes of the quote. */
  readonly notices: string
  /** The console of the product. */
  readonly home: string
  /** Of the license. */
  readonly key: string
}

const LICENSE_VERBS = [
  'validate',
  'activate',
  'deactivate',
  'heartbeat',
  'consume',
  'release',
  'file',
  'rebind',
]
const INSTALLATION = { fingerprint: 'host-a', reference: 'vm-1' }
/** Of a host that nobody has. */
const REGISTRATION = registrationCode({ digest: 'a'.repeat(20), commitment: 'b'.repeat(20) })
const page: Row = { guard: 'anybody', answer: [200] }
const W = '/w/:publishableKey'

export const ROWS: Readonly<Record<string, Row>> = {
  'GET /': page,
  'GET /health': page,
  'GET /ready': page,
  'GET /openapi.json': page,
  'GET /reference': page,
  'GET /trust': page,
  'GET /contact': page,
  'GET /problems': page,
  'GET /problems/:code': page,
  [`GET ${STYLESHEET_PATH}`]: page,
  ...Object.fromEntries(POLICY_SLUGS.map((slug) => [`GET /${slug}`, page])),
  'POST /contact': { guard: 'anybody', answer: [422] },
  'GET /renew/:token': { guard: 'anybody', answer: [404] },
  'POST /renew/:token': { guard: 'anybody', answer: [404] },
  'GET /orders/:token/receipt': { guard: 'anybody', answer: [404] },
  'GET /pay/return': { guard: 'anybody', answer: [404] },
  // Who holds a key is who may: one of another product is an answer, not a problem.
  ...Object.fromEntries(
    LICENSE_VERBS.map((verb) => [
      `POST /v1/licenses/${verb}`,
      {
        guard: 'anybody',
        answer: [200],
        body: ({ key }) => ({ ...INSTALLATION, key, product: 'shift' }),
      } satisfies Row,
    ]),
  ),
  'POST /v1/updates/check': {
    guard: 'anybody',
    answer: [200],
    body: ({ key }) => ({ key, product: 'shift', version: '1.0.0' }),
  },
  ...Object.fromEntries(
    [
      'GET /v1/host/entitlements',
      'GET /v1/host/events',
      'GET /v1/host/releases',
      'POST /v1/host/releases',
      'POST /v1/host/releases/:version/rollout',
      'POST /v1/host/releases/:version/yank',
      'GET /v1/host/webhook-endpoints',
      'POST /v1/host/webhook-endpoints',
      'DELETE /v1/host/webhook-endpoints/:id',
      'POST /v1/host/webhook-endpoints/:id/rotate-secret',
      'POST /v1/host/webhook-endpoints/:id/enable',
      'POST /v1/host/webhook-endpoints/test',
      'GET /v1/host/webhook-endpoints/:id/deliveries',
      'POST /v1/host/webhook-endpoints/:id/deliveries/:event/redeliver',
    ].map((route) => [route, { guard: 'host', answer: [401] } satisfies Row]),
  ),
  'GET /.well-known/license-jwks.json': page,
  'POST /webhooks/stripe': {
    guard: 'provider',
    answer: [400, 'webhook.signature_invalid'],
    body: () => ({ id: 'evt_forged' }),
  },
  [`GET ${W}/catalogue`]: { guard: 'page', answer: [200] },
  [`POST ${W}/quotes`]: { guard: 'page', answer: [201], body: () => ({ items: [DR_MONTHLY] }) },
  [`GET ${W}/quotes/:id`]: { guard: 'page', answer: [200], object: 'quote' },
  [`POST ${W}/orders`]: {
    guard: 'buy',
    answer: [200],
    object: 'quote',
    body: ({ quote, notices }) => ({ quote_id: quote, notices_version: notices }),
  },
  [`GET ${W}/orders/:id`]: { guard: 'read', answer: [200], object: 'order' },
  [`POST ${W}/orders/:id/cancel`]: {
    guard: 'buy',
    answer: [409, 'order.not_cancelable'],
    object: 'order',
  },
  [`POST ${W}/orders/:id/refund`]: {
    guard: 'manage',
    answer: [409, 'refund.operator_only'],
    object: 'order',
    body: () => ({ kind: 'period', reason: 'Bought by mistake.' }),
  },
  [`GET ${W}/licenses`]: { guard: 'read', answer: [200] },
  [`GET ${W}/licenses.csv`]: { guard: 'read', answer: [200] },
  [`GET ${W}/licenses/ids`]: { guard: 'read', answer: [200] },
  [`GET ${W}/licenses/expiries`]: { guard: 'read', answer: [200] },
  [`GET ${W}/licenses/:id`]: { guard: 'read', answer: [200], object: 'license' },
  [`GET ${W}/renewal-day`]: { guard: 'read', answer: [200] },
  [`PUT ${W}/renewal-day`]: {
    guard: 'manage',
    answer: [200],
    strangerAnswer: [409, 'customer.no_order_yet'],
    body: () => ({ day: 'last' }),
  },
  [`GET ${W}/licenses/:id/file`]: {
    guard: 'manage',
    answer: [409, 'activation.needed'],
    object: 'license',
  },
  [`GET ${W}/licenses/:id/activations`]: { guard: 'read', answer: [200], object: 'license' },
  [`GET ${W}/licenses/:id/units`]: { guard: 'read', answer: [200], object: 'license' },
  [`POST ${W}/licenses/:id/release`]: {
    guard: 'manage',
    answer: [404, 'activation.not_found'],
    object: 'license',
    body: () => ({ activation_id: 'act_01h455vb4pex5vsknk084sn02q' }),
  },
  [`POST ${W}/licenses/:id/activation-code`]: {
    guard: 'manage',
    answer: [200],
    object: 'license',
    body: () => ({ registration_code: REGISTRATION }),
  },
  [`POST ${W}/licenses/:id/rebind`]: {
    guard: 'manage',
    answer: [404, 'activation.not_found'],
    object: 'license',
    body: () => ({ activation_id: 'act_01h455vb4pex5vsknk084sn02q', fingerprint: 'host-b' }),
  },
  [`POST ${W}/licenses/:id/rebind/withdraw`]: {
    guard: 'manage',
    answer: [404, 'rebind.not_found'],
    object: 'license',
    body: () => ({ rebind_id: 'reb_01h455vb4pex5vsknk084sn02q' }),
  },
  [`GET ${W}/allocations`]: { guard: 'read', answer: [200] },
  [`GET ${W}/allocations.csv`]: { guard: 'read', answer: [200] },
  [`POST ${W}/licenses/:id/rotate-key`]: {
    guard: 'manage',
    answer: [409, 'license.key_changed'],
    object: 'license',
    body: () => ({ key_last4: 'ZZZZ' }),
  },
  [`POST ${W}/licenses/:id/send-key`]: { guard: 'manage', answer: [202], object: 'license' },
  [`GET ${W}/registration-code`]: { guard: 'manage', answer: [200] },
  [`POST ${W}/activation-codes/redeem`]: {
    guard: 'manage',
    answer: [404, 'activation_code.not_found'],
    body: () => ({ activation_code: grantCode('a'.repeat(20)) }),
  },
  [`POST ${W}/licenses/:id/reveal`]: { guard: 'manage', answer: [200], object: 'license' },
  [`POST ${W}/renewals/mode`]: {
    guard: 'manage',
    answer: [200],
    object: 'license',
    body: ({ license }) => ({ license_ids: [license], mode: 'canceled' }),
  },
  [`GET ${W}/payment-methods`]: { guard: 'read', answer: [200] },
  [`POST ${W}/payment-methods`]: {
    guard: 'manage',
    answer: [200],
    strangerAnswer: [409, 'customer.no_order_yet'],
    body: ({ home }) => ({ return_url: home, locale: 'en' }),
  },
  [`POST ${W}/payment-methods/:id/default`]: {
    guard: 'manage',
    answer: [404, 'payment_method.not_found'],
  },
  [`DELETE ${W}/payment-methods/:id`]: {
    guard: 'manage',
    answer: [404, 'payment_method.not_found'],
  },
  [`POST ${W}/billing-portal`]: {
    guard: 'buy',
    answer: [200],
    strangerAnswer: [409, 'billing.no_payment_yet'],
    body: () => ({}),
  },
}

/** The rows as requests. */
export const OPERATIONS = Object.entries(ROWS).map(([name, row]) => {
  const [method = '', path = ''] = name.split(' ')
  return { name, method, path, ...row }
})
export type Operation = (typeof OPERATIONS)[number]

export const isOfProduct = ({ path }: Operation) => path.startsWith(W)

/** Ids as the server makes them, that it never made; and one that is none. */
export const UNKNOWN: Readonly<Record<ObjectKind, string>> = {
  quote: 'quo_01h455vb4pex5vsknk084sn02q',
  order: 'ord_01h455vb4pex5vsknk084sn02q',
  license: 'lic_01h455vb4pex5vsknk084sn02q',
}
