/** OpenAPI answers that routes share. */
import type { z } from '@hono/zod-openapi'
import { Problem } from '../contract/shared.ts'

/** A JSON answer of that schema. */
export function json<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** A required JSON body of that schema. */
export function body<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } }
}

/** Every other answer of an operation is a problem; `code` says which. */
export const refused = {
  default: {
    description: 'A problem (RFC 9457). 404 means absent or not yours: the answer is the same.',
    content: { 'application/problem+json': { schema: Problem } },
  },
}

/** Operations that act for a customer: the host's JWT as Bearer. */
export const hostToken = [{ host: [] as string[] }]

export const HOST_TOKEN_SCHEME = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description:
    'Signed by the host’s backend for its customer; `typ: license-host+jwt`, ≤ 10 minutes.',
} as const

/** Operations of a host's backend: its API key as Bearer. */
export const hostKey = [{ hostKey: [] as string[] }]

export const HOST_KEY_SCHEME = {
  type: 'http',
  scheme: 'bearer',
  description:
    'An API key of the product, `sk_…`, made by `license-center product api-keys create`.',
} as const
