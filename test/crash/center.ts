/**
 * A real server process on a real file, beside a Stripe stand-in that survives it. The server may be
 * killed at any time; it comes back on the same port and the same file.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoCustomer } from '../../demo/customers.ts'
import { createDemoClock, type DemoClock } from '../../demo/clock.ts'
import { INBOX_KEY, startInbox } from '../../demo/inbox.ts'
import {
  configurationOf,
  located,
  type Setting,
  readCatalogue,
  signerOf,
} from '../../demo/setting.ts'
import { openState } from '../../demo/state.ts'
import { startStripeStandIn, type StandIn } from '../../demo/stripe/stand-in.ts'
import { migrate } from '../../server/db/migrate.ts'
import { MIGRATIONS } from '../../server/db/migrations.ts'
import type { Deps } from '../../server/deps.ts'
import type { CatalogueDocument } from '../../server/domain/catalogue.ts'
import { createNodeDeps } from '../../server/runtime/node-deps.ts'
import { applyCatalogue } from '../../server/usecases/apply-catalogue.ts'
import { createBuyer, type Buyer } from '../support/buyer.ts'
import { freePort, startNodeServer, type NodeServer } from '../support/node-server.ts'
import { scratch } from '../support/scratch.ts'

const CATALOGUE = fileURLToPath(new URL('../../demo/catalogue.yaml', import.meta.url))

export interface CrashingCenter {
  readonly stripe: StandIn
  /** Of the stand-in and of `deps`; the server process has real time. */
  readonly clock: DemoClock
  /** Our own hands on the same file, to look at it and to run jobs when all processes are gone. */
  readonly deps: Deps
  as(customer: string): Buyer
  /** Resolves when it answers. */
  start(): Promise<void>
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>
  /** What all processes so far wrote. */
  output(): string
  remove(): Promise<void>
}

/** The server must have been built by `buildNodeServer`. */
export async function createCrashingCenter(): Promise<CrashingCenter> {
  const directory = await mkdtemp(join(scratch(), 'license-center-crash-'))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const listed = readCatalogue(CATALOGUE)
  const products = listed.products.map(({ id }) => id)
  const stateFile = await openState(directory, products, 0)
  const { state } = stateFile
  const clock = createDemoClock()
  const webhook = { url: `${origin}/webhooks/stripe`, secret: state.webhookSecret }
  const stripe = await startStripeStandIn({ port: 0, now: clock.now, webhook })
  const database = { url: `file:${directory}/license-center.db` }
  const inbox = await startInbox({ now: clock.now })
  const account = { service: stripe, webhookSecret: state.webhookSecret }
  const setting = { origin, database, stripe: account, inbox, state }
  const deps = await createNodeDeps(configurationOf(setting), { now: clock.now, log: () => {} })
  await migrate(deps.db, clock.now(), MIGRATIONS)
  const document = withoutLimits(located(listed, origin, state))
  await applyCatalogue(deps, { document, actor: 'test', reason: 'C01', keys: 'as_written' })

  const sign = signerOf(stateFile, origin, clock.now)
  const env = environmentOf(setting, port)
  const servers: NodeServer[] = []
  const kill = async () => {
    const server = servers.at(-1)
    server?.process.kill('SIGKILL')
    await server?.ended
  }
  return {
    stripe,
    clock,
    deps,
    as: (customer) =>
      createBuyer({
        base: `${origin}/w/pk_demo_recover`,
        token: () => sign('recover', demoCustomer(customer)),
      }),
    start: async () => {
      const server = startNodeServer(env)
      servers.push(server)
      await server.logged('server.started')
    },
    kill,
    output: () => servers.map((server) => server.output()).join(''),
    remove: async () => {
      await kill()
      await stripe.close()
      await inbox.close()
      deps.db.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** A few people buy all the time here, from one address (T12 has tests of its own). */
function withoutLimits(document: CatalogueDocument): CatalogueDocument {
  const many = { checkouts_per_customer_hour: 100_000, checkouts_per_source_hour: 100_000 }
  const products = document.products.map((product) => ({
    ...product,
    limits: { ...product.limits, ...many },
  }))
  return { ...document, products }
}

/** What the server process reads: the same setting as ours. */
function environmentOf(setting: Setting, port: number): Readonly<Record<string, string>> {
  const { origin, database, stripe, inbox, state } = setting
  return {
    CENTER_ORIGIN: origin,
    PORT: String(port),
    DATABASE_URL: database.url,
    STRIPE_SECRET_KEY: configurationOf(setting).stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.service.origin,
    LICENSE_KEY_HASH_SECRET: state.licenseKeyHash,
    LICENSE_KEY_CIPHER_SECRET: state.licenseKeyCipher,
    LINK_TOKEN_SECRET: state.linkToken,
    MAIL_FROM: 'License Center <licenses@center.example>',
    RESEND_API_KEY: INBOX_KEY,
    RESEND_API_BASE: inbox.origin,
  }
}
