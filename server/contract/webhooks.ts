/** `/v1/host/webhook-endpoints`: where a backend wants to be told what happened. */
import { z } from '@hono/zod-openapi'
import { Instant } from './shared.ts'

export const EndpointRequest = z
  .strictObject({
    /** https, port 443, a name of the internet. */
    url: z.string().min(1).max(2000).openapi({ example: 'https://api.example.com/licenses' }),
    /** Who hears when it is disabled. */
    email: z.email().max(254),
  })
  .openapi('WebhookEndpointRequest')

export const RotateRequest = z
  .strictObject({
    /** For so long the old secret signs, too. */
    overlap_hours: z.number().int().min(0).max(168).default(24),
  })
  .openapi('WebhookRotateRequest')

export const Endpoint = z
  .object({
    id: z.string(),
    url: z.string(),
    email: z.string(),
    state: z.enum(['enabled', 'disabled', 'deleted']),
    /** Every attempt since then has failed. */
    failing_since: Instant.nullable(),
    created_at: Instant,
    /** Shown when it is made: keep it. */
    secret: z.string().optional(),
  })
  .openapi('WebhookEndpoint')

export const Endpoints = z.object({ data: z.array(Endpoint) }).openapi('WebhookEndpoints')

export const Deliveries = z
  .object({
    data: z.array(
      z.object({
        event: z.string(),
        type: z.string(),
        state: z.enum(['pending', 'delivered', 'failed', 'dropped']),
        attempts: z.number().int(),
        /** Of the last attempt: a status, or why there was none. */
        outcome: z.string().nullable(),
        next_at: Instant.nullable(),
        ended_at: Instant.nullable(),
      }),
    ),
  })
  .openapi('WebhookDeliveries')
