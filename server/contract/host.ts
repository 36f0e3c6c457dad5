/** `/v1/host/…`: what backends of hosts read. */
import { z } from '@hono/zod-openapi'
import { LICENSE_STATUSES } from '../domain/license.ts'
import { Instant } from './shared.ts'

export const EntitlementsQuery = z.object({
  /** The host's own id of its customer, `sub` of its tokens. */
  customer: z.string().min(1).max(255),
})

export const HostEntitlements = z
  .object({
    customer: z.string(),
    /** Feature flags of all licenses that are valid now. */
    entitlements: z.array(z.string()),
    licenses: z.array(
      z.object({
        id: z.string(),
        plan: z.string(),
        type: z.string(),
        status: z.enum(LICENSE_STATUSES),
        /** True while it lets the customer do what it is for. */
        valid: z.boolean(),
        total: z.number().int(),
        in_use: z.number().int(),
        one_time: z.boolean(),
        activated_at: Instant,
        expires_at: Instant,
        entitlements: z.array(z.string()),
        /** Of the license's last change: an event with a higher one is newer. */
        version: z.number().int(),
      }),
    ),
    now: Instant,
  })
  .openapi('HostEntitlements')
export type HostEntitlements = z.infer<typeof HostEntitlements>

export const EventsQuery = z.object({
  /** Id of the last event that was read; from the beginning when absent. */
  after: z
    .string()
    .regex(/^evt_\d{1,15}$/, 'the id of an event, such as evt_1024')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
})

export const HostEventAnswer = z
  .object({
    /** Rises in the order in which things happened. */
    id: z.string().openapi({ example: 'evt_1024' }),
    type: z.string().openapi({ example: 'license.issued' }),
    at: Instant,
    object: z.object({ kind: z.string(), id: z.string(), version: z.number().int() }),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('HostEvent')
export type HostEventAnswer = z.infer<typeof HostEventAnswer>

export const HostEvents = z
  .object({
    data: z.array(HostEventAnswer),
    /** To ask after the next time, also when there is nothing yet; null before the first event. */
    next: z.string().nullable(),
    has_more: z.boolean(),
  })
  .openapi('HostEvents')
