/**
 * The built Worker on this machine, in workerd: beside it the stand-ins for libSQL over HTTP and for
 * Stripe. `serve-worker.ts` runs it for people, tests run it for themselves.
 */
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { migrate } from '../server/db/migrate.ts'
import { MIGRATIONS } from '../server/db/migrations.ts'
import { JOBS, triggerOf } from '../server/runtime/jobs.ts'
import { formatSender } from '../server/mail/mailbox.ts'
import { createNodeDeps } from '../server/runtime/node-deps.ts'
import { applyCatalogue } from '../server/usecases/apply-catalogue.ts'
import { startHranaServer, type HranaServer } from '../test/support/hrana/server.ts'
import { createDemoClock } from './clock.ts'
import { INBOX_KEY, startInbox } from './inbox.ts'
import {
  configurationOf,
  DEMO_SENDER,
  located,
  ownStripe,
  readCatalogue,
  signerOf,
  type Setting,
  type StartStripe,
} from './setting.ts'
import { openState } from './state.ts'
import type { StandIn, StripeService } from './stripe/stand-in.ts'
import type { System, SystemOptions } from './system.ts'

export interface WorkerSystemOptions extends Pick<
  SystemOptions,
  'directory' | 'port' | 'stripePort' | 'catalogueFile' | 'hostsDirectory' | 'log'
> {
  /** `wrangler.toml`, with the built Worker that it names. */
  readonly configFile: string
  /** A database over HTTP that runs already, and is not stopped with the system. */
  readonly libsql?: Libsql
  /** Takes each line that workerd and the Worker in it write; nobody does when absent. */
  readonly print?: (line: string) => void
  /** Where browsers reach it, when that is not workerd's own port. */
  readonly origin?: string
}

/** What is used of a libSQL server over HTTP. */
export type Libsql = Pick<HranaServer, 'url' | 'roundTrips' | 'close'>

export interface WorkerSystem<Stripe extends StripeService = StandIn> extends System<Stripe> {
  readonly libsql: Libsql
  /** Where workerd itself listens. */
  readonly workerUrl: string
}

/** The clock is the real one: nobody can move workerd's. */
export function startWorkerSystem(options: WorkerSystemOptions): Promise<WorkerSystem> {
  const { stripePort: port, directory } = options
  return startWorkerSystemWith(options, ownStripe({ port, dataFile: `${directory}/stripe.json` }))
}

/** With a Stripe of another kind; the port of its own stand-in is not used then. */
export async function startWorkerSystemWith<Stripe extends StripeService>(
  options: WorkerSystemOptions,
  startStripe: StartStripe<Stripe>,
): Promise<WorkerSystem<Stripe>> {
  const { directory, log } = options
  mkdirSync(directory, { recursive: true })
  const listed = readCatalogue(options.catalogueFile)
  const products = listed.products.map(({ id }) => id)
  const stateFile = await openState(directory, products, 0)
  const { state } = stateFile
  const clock = createDemoClock(0)
  const port = options.port === 0 ? await freePort() : options.port
  const workerUrl = `http://localhost:${port}`
  const origin = options.origin ?? workerUrl
  const file = `${directory}/center.db`
  const libsql = options.libsql ?? (await startHranaServer({ file, authToken: state.linkToken }))
  const webhook = { url: `${workerUrl}/webhooks/stripe`, secret: state.webhookSecret }
  const stripe = await startStripe({ webhook, now: clock.now })
  const inbox = await startInbox({ now: clock.now, dataFile: `${directory}/mails.json` })
  const database = { url: libsql.url, authToken: state.linkToken }
  const setting: Setting = { origin, database, stripe, inbox, state }
  const deps = await createNodeDeps(configurationOf(setting), {
    now: clock.now,
    log,
    sandbox: true,
  })
  await migrate(deps.db, clock.now(), MIGRATIONS)
  const catalogue = located(listed, origin, state)
  await applyCatalogue(deps, {
    document: catalogue,
    actor: 'demo',
    reason: 'The demo was started.',
    keys: 'as_written',
  })
  const environment = environmentOf(setting)
  const worker = await startWorker(options.configFile, port, environment, options.print)
  return {
    origin,
    workerUrl,
    libsql,
    deps,
    stripe: stripe.service,
    webhookSecret: stripe.webhookSecret,
    inbox,
    clock,
    stateFile,
    catalogue,
    hostsDirectory: options.hostsDirectory,
    token: signerOf(stateFile, origin, clock.now),
    advance: () => Promise.reject(new Error('The clock of workerd cannot be moved.')),
    runJobs: async () => {
      for (const cron of new Set(JOBS.map(triggerOf))) await trigger(workerUrl, cron)
      return []
    },
    close: async () => {
      await worker.dispose()
      await stripe.service.close()
      await inbox.close()
      deps.db.close()
      if (options.libsql === undefined) await libsql.close()
    },
  }
}

/** What Cloudflare does when one of the crons of `wrangler.toml` is due. */
export async function trigger(workerUrl: string, cron: string): Promise<void> {
  const { status } = await fetch(
    `${workerUrl}/cdn-cgi/handler/scheduled?${new URLSearchParams({ cron })}`,
  )
  if (status !== 200) throw new Error(`the scheduled handler answered ${status}`)
}

/** What a `wrangler.toml` says, with these variables and secrets. */
export async function startWorker(
  config: string,
  port: number,
  environment: Readonly<Record<string, string>>,
  print: (line: string) => void = () => {},
) {
  const bindings = Object.entries(environment).map(
    ([name, value]) => [name, { type: 'plain_text', value }] as const,
  )
  // Large, and slows what else runs in the process: loaded only where there is a Worker.
  const { unstable_startWorker } = await import('wrangler')
  const worker = await unstable_startWorker({
    config,
    bindings: Object.fromEntries(bindings),
    dev: {
      server: { hostname: 'localhost', port },
      inspector: false,
      persist: false,
      watch: false,
      logLevel: 'none',
      structuredLogsHandler: ({ message }: { message: string }) => print(message),
    },
  })
  const failed = new Promise<never>((_, reject) => worker.raw.once('error', reject))
  await Promise.race([worker.ready, failed])
  return worker
}

function environmentOf({ origin, database, stripe, inbox, state }: Setting) {
  return {
    ENVIRONMENT: 'development',
    CENTER_ORIGIN: origin,
    DATABASE_URL: database.url,
    DATABASE_AUTH_TOKEN: database.authToken ?? '',
    STRIPE_SECRET_KEY: 'sk_test_demo',
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.service.origin,
    LICENSE_KEY_HASH_SECRET: state.licenseKeyHash,
    LICENSE_KEY_CIPHER_SECRET: state.licenseKeyCipher,
    LINK_TOKEN_SECRET: state.linkToken,
    LICENSE_SIGNING_KEY: JSON.stringify(state.licenseSigningKey),
    MAIL_FROM: formatSender(DEMO_SENDER),
    RESEND_API_KEY: INBOX_KEY,
    RESEND_API_BASE: inbox.origin,
  }
}

/** That somebody else may still take. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject).listen(0, () => {
      const address = probe.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
