/** The dependencies of the application on Node: a real clock unless another one is given, real randomness. */
import type { HttpBindings } from '@hono/node-server'
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { openDatabase, type Database, type DatabaseLocation } from '../db/open.ts'
import type { Deps, LogEntry } from '../deps.ts'
import { redactedEntry } from '../domain/redaction.ts'
import type { MailPort } from '../mail/port.ts'
import { createResendMailer } from '../mail/resend.ts'
import { createSmtpMailer } from '../mail/smtp.ts'
import { createStripePayments } from '../payments/stripe.ts'
import type { Configuration } from './config.ts'
import { createNewId } from './ids.ts'
import { importSigner } from './license-signer.ts'
import { nodeKeyedHash, nodeSha256 } from './node-hashes.ts'
import { importSecrets } from './secrets.ts'
import { createWebhookSender } from './webhook-sender.ts'
import { createLimiter } from './sliding-window.ts'

const LONG_POLL = { everyMs: 250, maxMs: 25_000 }

export interface NodeOptions {
  readonly now?: () => Temporal.Instant
  readonly log?: (entry: LogEntry) => void
  readonly sandbox?: boolean
  /** Where the relative path of a database file starts. */
  readonly directory?: string
  readonly stopping?: AbortSignal
}

export async function createNodeDeps(
  configuration: Configuration,
  options: NodeOptions = {},
): Promise<Deps> {
  const { now = Temporal.Now.instant, log = writeJsonLine, sandbox = false } = options
  const { database, stripe, secrets, signing, hostSecret, centerOrigin } = configuration
  const mail = nodeMailer(configuration)
  const db = await openNodeDatabase(database, options.directory)
  return {
    db,
    payments: createStripePayments({ ...stripe, now }),
    mail,
    now,
    newId: createNewId(now, randomBytes),
    randomBytes,
    random: Math.random,
    sleep,
    secrets: {
      ...(await importSecrets(secrets, hostSecret, nodeKeyedHash)),
      licenseSigner: await importSigner(signing),
    },
    sha256: nodeSha256,
    limiter: createLimiter(() => now().epochMilliseconds),
    webhooks: createWebhookSender({ allowsLoopback: sandbox }),
    config: { centerOrigin, sandbox, longPoll: LONG_POLL, addressOf: socketAddress },
    log: (entry) => log(redactedEntry(entry)),
    ...(options.stopping === undefined ? {} : { stopping: options.stopping }),
  }
}

/** @throws Error when only a Worker could send so */
function nodeMailer({ mail, centerOrigin }: Configuration): MailPort | null {
  if (mail === null) return null
  const { from, transport } = mail
  switch (transport.kind) {
    case 'smtp':
      return createSmtpMailer({ ...transport, from, domain: new URL(centerOrigin).hostname })
    case 'resend':
      return createResendMailer({
        from,
        apiKey: transport.apiKey,
        ...(transport.apiBase === undefined ? {} : { apiBase: transport.apiBase }),
      })
    case 'binding':
      throw new Error('MAIL_FROM is set, but no transport: set SMTP_URL or RESEND_API_KEY.')
  }
}

/** A file's directory is created when absent. */
export function openNodeDatabase(
  { url, ...rest }: DatabaseLocation,
  directory = process.cwd(),
): Promise<Database> {
  const path = /^file:(?!\/\/)([^?]+)/.exec(url)?.[1]
  if (path === undefined) return openDatabase({ url, ...rest })
  const absolute = resolve(directory, path)
  mkdirSync(dirname(absolute), { recursive: true })
  return openDatabase({ url: url.replace(path, absolute), ...rest })
}

/** Ends early, without an error, when the signal says so. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end)
  })
}

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** The socket's own address: a header that anybody can write is not believed. */
function socketAddress(_request: Request, env: unknown): string | null {
  const bindings = env as Partial<HttpBindings> | undefined
  return bindings?.incoming?.socket.remoteAddress ?? null
}

function writeJsonLine(entry: LogEntry): void {
  console.log(JSON.stringify(entry))
}
