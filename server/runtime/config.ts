/** The only reader of the environment. It refuses to start on anything that could not be right. */
import type { SigningTexts } from './license-signer.ts'
import { z } from 'zod'
import type { DatabaseLocation } from '../db/open.ts'
import { parseSender } from '../mail/mailbox.ts'
import type { Sender } from '../mail/port.ts'

const secret = z.string().refine((text) => text.trim() !== '', 'It is blank.')
/** Set to nothing is not set: that is how files of variables are left blank. */
const optional = z.string().trim().default('')
const DEFAULT_DATABASE = 'file:.data/license-center.db'

const Environment = z.object({
  ENVIRONMENT: z.enum(['development', 'production']).default('development'),
  /** Origin under which the world reaches this server. */
  CENTER_ORIGIN: z.url({ protocol: /^https?$/ }),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  DATABASE_URL: z.string().min(1).optional(),
  DATABASE_AUTH_TOKEN: z.string().optional(),
  STRIPE_SECRET_KEY: secret,
  STRIPE_WEBHOOK_SECRET: secret,
  /** The next signing secret while it is being changed; both are valid then (P25). */
  STRIPE_WEBHOOK_SECRET_NEXT: z.literal('').or(secret).optional(),
  /** A stand-in for Stripe; refused in production. */
  STRIPE_API_BASE: z.url().optional(),
  LICENSE_KEY_HASH_SECRET: secret,
  LICENSE_KEY_CIPHER_SECRET: secret,
  LINK_TOKEN_SECRET: secret,
  /** Sender of every mail: `License Center <licenses@example.com>`. */
  MAIL_FROM: optional,
  /** `smtps://user:password@mail.example.com`; Node only. */
  SMTP_URL: optional.refine(
    (url) => url === '' || /^smtps?:\/\/[^\s/]+/.test(url),
    'It is not smtp://… or smtps://….',
  ),
  RESEND_API_KEY: optional,
  /** A stand-in for Resend; refused in production. */
  RESEND_API_BASE: optional.refine((url) => url === '' || URL.canParse(url), 'It is no URL.'),
  /** Without it no license token is signed: products then need the network. */
  LICENSE_SIGNING_KEY: z.string().optional(),
  LICENSE_SIGNING_KEY_NEXT: z.string().optional(),
  LICENSE_SIGNING_KEYS_PUBLISHED: z.string().optional(),
})

export interface Configuration {
  readonly isProduction: boolean
  readonly centerOrigin: string
  readonly port: number
  readonly database: DatabaseLocation
  readonly stripe: {
    readonly secretKey: string
    readonly webhookSecrets: readonly string[]
    readonly apiBase: string | undefined
  }
  readonly secrets: {
    readonly licenseKeyHash: string
    readonly licenseKeyCipher: string
    readonly linkToken: string
  }
  /** Null: mails wait in the database until there is a transport. */
  readonly mail: MailSetup | null
  readonly signing: SigningTexts
  /** Shared secrets of HS256 hosts, by the name in the catalogue. */
  readonly hostSecret: (name: string) => Uint8Array | null
}

export interface MailSetup {
  readonly from: Sender
  readonly transport:
    | { readonly kind: 'smtp'; readonly url: string }
    | { readonly kind: 'resend'; readonly apiKey: string; readonly apiBase: string | undefined }
    /** The `send_email` binding EMAIL of a Worker. */
    | { readonly kind: 'binding' }
}

/** @throws Error that lists every variable at fault and never shows a value */
export function readConfiguration(
  env: Readonly<Record<string, string | undefined>>,
): Configuration {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw new Error(`The environment is not complete:\n${faults.join('\n')}`)
  }
  const values = parsed.data
  const isProduction = values.ENVIRONMENT === 'production'
  if (isProduction && values.STRIPE_API_BASE !== undefined) {
    throw new Error('STRIPE_API_BASE points to a stand-in; unset it in production.')
  }
  return {
    isProduction,
    centerOrigin: new URL(values.CENTER_ORIGIN).origin,
    port: values.PORT,
    database: databaseLocation(env),
    stripe: {
      secretKey: values.STRIPE_SECRET_KEY,
      webhookSecrets: [values.STRIPE_WEBHOOK_SECRET, values.STRIPE_WEBHOOK_SECRET_NEXT].filter(
        (text): text is string => text !== undefined && text !== '',
      ),
      apiBase: values.STRIPE_API_BASE,
    },
    secrets: {
      licenseKeyHash: values.LICENSE_KEY_HASH_SECRET,
      licenseKeyCipher: values.LICENSE_KEY_CIPHER_SECRET,
      linkToken: values.LINK_TOKEN_SECRET,
    },
    mail: mailSetup(values, isProduction),
    signing: {
      current: values.LICENSE_SIGNING_KEY,
      next: values.LICENSE_SIGNING_KEY_NEXT,
      published: values.LICENSE_SIGNING_KEYS_PUBLISHED,
    },
    hostSecret: (name) => {
      const text = env[name]
      return text ? new TextEncoder().encode(text) : null
    },
  }
}

/** @throws Error that names the variable at fault, and shows no value */
function mailSetup(
  values: Pick<
    z.infer<typeof Environment>,
    'MAIL_FROM' | 'SMTP_URL' | 'RESEND_API_KEY' | 'RESEND_API_BASE'
  >,
  isProduction: boolean,
): MailSetup | null {
  const { MAIL_FROM, SMTP_URL: url, RESEND_API_KEY: apiKey, RESEND_API_BASE: apiBase } = values
  if (url !== '' && apiKey !== '') {
    throw new Error('SMTP_URL and RESEND_API_KEY are both set; mails leave by one of them.')
  }
  if (apiBase !== '' && isProduction) {
    throw new Error('RESEND_API_BASE points to a stand-in; unset it in production.')
  }
  if (MAIL_FROM === '') {
    if (url === '' && apiKey === '') return null
    throw new Error(
      'MAIL_FROM is missing: who mails come from, e.g. Licenses <licenses@your.domain>',
    )
  }
  const from = parseSender(MAIL_FROM)
  if (from === null) throw new Error('MAIL_FROM is not one address: Name <name@your.domain>')
  if (url !== '') return { from, transport: { kind: 'smtp', url } }
  if (apiKey === '') return { from, transport: { kind: 'binding' } }
  return { from, transport: { kind: 'resend', apiKey, apiBase: apiBase || undefined } }
}

/** All that work on the database alone needs to know. */
export function databaseLocation(
  env: Readonly<Record<string, string | undefined>>,
): DatabaseLocation {
  const authToken = env['DATABASE_AUTH_TOKEN']
  return { url: env['DATABASE_URL'] || DEFAULT_DATABASE, ...(authToken ? { authToken } : {}) }
}
