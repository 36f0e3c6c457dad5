/** What every system of the demo is made of: its catalogue, its configuration, its hosts' signatures. */
import { readFileSync } from 'node:fs'
import type { Temporal } from 'temporal-polyfill'
import type { DatabaseLocation } from '../server/db/open.ts'
import { parseCatalogue } from '../server/domain/catalogue-parse.ts'
import type { CatalogueDocument } from '../server/domain/catalogue.ts'
import type { Configuration } from '../server/runtime/config.ts'
import { hostKeyId, signCustomer } from './host-backend.ts'
import type { HostCustomer } from './host-backend.ts'
import { INBOX_KEY, type Inbox } from './inbox.ts'
import type { DemoState, StateFile } from './state.ts'
import {
  startStripeStandIn,
  type StandIn,
  type StandInOptions,
  type StripeService,
} from './stripe/stand-in.ts'
import type { WebhookTarget } from './stripe/webhook-sender.ts'

export const DEMO_SENDER = { name: 'License Center', address: 'licenses@center.example' }

/** A Stripe, and the secret with which it signs webhooks to us. */
export interface StripeAccount<Service extends StripeService = StripeService> {
  readonly service: Service
  readonly webhookSecret: string
}

export type StartStripe<Service extends StripeService> = (options: {
  /** Where it reaches us; the secret is a proposal, which Stripe itself would not take. */
  readonly webhook: WebhookTarget
  readonly now: () => Temporal.Instant
}) => Promise<StripeAccount<Service>>

export interface Setting {
  readonly origin: string
  readonly database: DatabaseLocation
  readonly stripe: StripeAccount
  readonly inbox: Inbox
  readonly state: DemoState
}

/** A stand-in of one's own, which ends with the system. */
export function ownStripe(kept: Pick<StandInOptions, 'port' | 'dataFile'>): StartStripe<StandIn> {
  return async ({ webhook, now }) => ({
    service: await startStripeStandIn({ ...kept, now, webhook }),
    webhookSecret: webhook.secret,
  })
}

export function readCatalogue(file: string): CatalogueDocument {
  const parsed = parseCatalogue(readFileSync(file, 'utf8'), file)
  if (!parsed.ok) throw new Error(`${file}: ${JSON.stringify(parsed.mistakes, null, 2)}`)
  return parsed.document
}

/** The catalogue as written, at the address the demo really has, with the keys of its hosts. */
export function located(
  document: CatalogueDocument,
  origin: string,
  state: DemoState,
): CatalogueDocument {
  return {
    products: document.products.map((product) => {
      const pair = state.hostKeys[product.id]
      return {
        ...product,
        origins: [origin, origin.replace('localhost', '127.0.0.1')],
        home_url: new URL(new URL(product.home_url).pathname, origin).href,
        host_keys:
          pair === undefined
            ? []
            : [{ kid: hostKeyId(product.id), alg: 'EdDSA', jwk: pair.public }],
      }
    }),
  }
}

export function configurationOf({
  origin,
  database,
  stripe,
  inbox,
  state,
}: Setting): Configuration {
  return {
    isProduction: false,
    centerOrigin: origin,
    port: 0,
    database,
    stripe: {
      secretKey: 'sk_test_demo',
      webhookSecrets: [stripe.webhookSecret],
      apiBase: stripe.service.origin,
    },
    secrets: state,
    mail: {
      from: DEMO_SENDER,
      transport: { kind: 'resend', apiKey: INBOX_KEY, apiBase: inbox.origin },
    },
    signing: { current: JSON.stringify(state.licenseSigningKey), published: undefined },
    hostSecret: () => null,
  }
}

/** What the host's backend of a product would mint for its customer. */
export function signerOf(
  stateFile: StateFile,
  centerOrigin: string,
  now: () => Temporal.Instant,
): (product: string, customer: HostCustomer) => Promise<string> {
  return async (product, customer) => {
    const privateKey = stateFile.state.hostKeys[product]?.private
    if (privateKey === undefined) throw new Error(`the demo has no product ${product}`)
    return signCustomer({ product, privateKey, centerOrigin, now }, customer)
  }
}
