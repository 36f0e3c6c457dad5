/**
 * The dependencies of the application on Cloudflare Workers. What belongs to a request is made for
 * that request: a database client that is shared would queue the requests of others behind it, and
 * workerd hangs them. What is only data lasts as long as the isolate.
 */
import { Temporal } from 'temporal-polyfill'
import { openDatabase } from '../db/open.ts'
import { webSha256 } from '../domain/offline-codes.ts'
import { redactedEntry } from '../domain/redaction.ts'
import type { Deps, LogEntry } from '../deps.ts'
import { createCloudflareMailer, isEmailBinding } from '../mail/cloudflare.ts'
import type { MailPort } from '../mail/port.ts'
import { createResendMailer } from '../mail/resend.ts'
import { createStripePayments } from '../payments/stripe.ts'
import { readConfiguration } from './config.ts'
import type { Configuration } from './config.ts'
import { createNewId } from './ids.ts'
import { importSigner } from './license-signer.ts'
import { createBoundLimiter } from './rate-limit-binding.ts'
import { importSecrets } from './secrets.ts'
import { createWebhookFetch } from './webhook-fetch.ts'

/** Each look is a subrequest; so it looks once a second, twenty times at most. */
const LONG_POLL = { everyMs: 1000, maxMs: 20_000 }

/** Variables, secrets and bindings, as Cloudflare hands them to each request. */
export type WorkerEnv = Readonly<Record<string, unknown>>

type Lasting = Omit<Deps, 'db'> & {
  readonly configuration: Configuration
  /** What is remembered of the database between two requests hangs on this. */
  readonly place: object
}

/** One `env` per isolate. Values, not promises: those belong to the request that made them. */
const lasting = new WeakMap<WorkerEnv, Lasting>()

/** @throws Error that says what the configuration lacks, and shows no value */
export async function createWorkerDeps(env: WorkerEnv): Promise<Deps> {
  const { configuration, place, ...deps } = lasting.get(env) ?? (await makeLasting(env))
  return { ...deps, db: await openDatabase(configuration.database, place) }
}

/**
 * Workers have no start that could fail, so each request is refused until the configuration is
 * right: the log says what it lacks, the answer does not.
 */
export async function refusalToServe(env: WorkerEnv): Promise<Response | null> {
  try {
    if (!lasting.has(env)) await makeLasting(env)
    return null
  } catch (error) {
    writeJsonLine({ level: 'error', event: 'configuration.refused', error: String(error) })
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
    return new Response('License Center is not configured; its log says what is missing.\n', {
      status: 503,
      headers,
    })
  }
}

async function makeLasting(env: WorkerEnv): Promise<Lasting> {
  const configuration = readConfiguration(textsOf(env))
  const { database, stripe, secrets, signing, hostSecret, centerOrigin } = configuration
  if (database.url.startsWith('file:')) {
    throw new Error('Workers have no files: set DATABASE_URL to libsql://…, https://… or http://….')
  }
  const now = Temporal.Now.instant
  const made: Lasting = {
    configuration,
    place: {},
    payments: createStripePayments({ ...stripe, now }),
    mail: workerMailer(configuration, env),
    now,
    newId: createNewId(now, randomBytes),
    randomBytes,
    random: Math.random,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    secrets: {
      ...(await importSecrets(secrets, hostSecret)),
      licenseSigner: await importSigner(signing),
    },
    sha256: webSha256,
    limiter: createBoundLimiter(env),
    webhooks: createWebhookFetch(stripe.apiBase !== undefined),
    config: {
      centerOrigin,
      sandbox: stripe.apiBase !== undefined,
      longPoll: LONG_POLL,
      addressOf: cloudflareAddress,
    },
    log: writeJsonLine,
  }
  lasting.set(env, made)
  return made
}

/** Made of `env` alone, so it may last as long as that. */
function workerMailer({ mail }: Configuration, env: WorkerEnv): MailPort | null {
  if (mail === null) return null
  const { from, transport } = mail
  switch (transport.kind) {
    case 'smtp':
      throw new Error('SMTP_URL is for Node: on Workers bind send_email as EMAIL, or use Resend.')
    case 'resend':
      return createResendMailer({
        from,
        apiKey: transport.apiKey,
        ...(transport.apiBase === undefined ? {} : { apiBase: transport.apiBase }),
      })
    case 'binding': {
      const binding = env['EMAIL']
      if (!isEmailBinding(binding)) {
        throw new Error(
          'MAIL_FROM is set, but no transport: bind send_email as EMAIL in wrangler.toml, or set RESEND_API_KEY.',
        )
      }
      return createCloudflareMailer(binding, from)
    }
  }
}

/** Variables and secrets; bindings are objects. */
function textsOf(env: WorkerEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** Cloudflare sets this header itself and drops what a client sent under its name. */
function cloudflareAddress(request: Request): string | null {
  return request.headers.get('CF-Connecting-IP')
}

function writeJsonLine(entry: LogEntry): void {
  console.log(JSON.stringify(redactedEntry(entry)))
}
