/** The only reader of the environment. It refuses to start on anything that could not be right. */
import { z } from 'zod'
import type { DatabaseLocation } from '../db/open.ts'

const secret = z.string().refine((text) => text.trim() !== '', 'It is blank.')
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
  /** Shared secrets of HS256 hosts, by the name in the catalogue. */
  readonly hostSecret: (name: string) => Uint8Array | null
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
    hostSecret: (name) => {
      const text = env[name]
      return text ? new TextEncoder().encode(text) : null
    },
  }
}

/** All that work on the database alone needs to know. */
export function databaseLocation(
  env: Readonly<Record<string, string | undefined>>,
): DatabaseLocation {
  const authToken = env['DATABASE_AUTH_TOKEN']
  return { url: env['DATABASE_URL'] || DEFAULT_DATABASE, ...(authToken ? { authToken } : {}) }
}
