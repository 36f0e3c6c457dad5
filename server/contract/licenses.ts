/** `GET /w/{publishableKey}/licenses`, `.csv` and `licenses/{id}`. */
import { z } from '@hono/zod-openapi'
import { LICENSE_STATUSES, RENEWAL_MODES } from '../domain/license.ts'
import { Instant } from './shared.ts'

export const LICENSE_SORTS = [
  'id',
  'total',
  'in_use',
  'service_life_days',
  'activated_at',
  'expires_at',
  'status',
] as const

export const License = z
  .object({
    id: z.string(),
    product: z.string(),
    plan: z.string(),
    plan_name: z.string(),
    type: z.string(),
    total: z.number().int(),
    in_use: z.number().int(),
    service_life_days: z.number().int(),
    activated_at: Instant,
    expires_at: Instant,
    /** While in grace: when it stops working; otherwise null. */
    grace_until: Instant.nullable(),
    status: z.enum(LICENSE_STATUSES),
    /** A label beside the status, near the end while nothing will renew it by itself. */
    expiring: z.boolean(),
    /** Null for a license that has no renewal (one-time, complimentary). */
    renewal_mode: z.enum(RENEWAL_MODES).nullable(),
    next_charge_at: Instant.nullable(),
    cycle: z.enum(['month', 'year']).nullable(),
    one_time: z.boolean(),
    /** The id of the order that brought it, when it came free with a purchase (S22). */
    complimentary_of: z.string().nullable(),
    order_id: z.string().nullable(),
    key_last4: z.string(),
    time_zone: z.string(),
  })
  .openapi('License')
export type License = z.infer<typeof License>

export const LicenseList = z
  .object({
    data: z.array(License),
    next_cursor: z.string().nullable(),
    /** All that match, not only this page. */
    count: z.number().int(),
    now: Instant,
  })
  .openapi('LicenseList')
export type LicenseList = z.infer<typeof LicenseList>

export const LicenseQuery = z.object({
  type: z.string().max(64).optional(),
  status: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'one or several, comma-separated; `expiring` too' }),
  q: z
    .string()
    .max(200)
    // SQLite ends a pattern there, which would then match everything.
    .refine((text) => !text.includes('\0'), 'It contains a NUL character.')
    .optional()
    .openapi({ description: 'part of an id, plan name, key ending or order id' }),
  expires_within: z.coerce
    .number()
    .int()
    .min(0)
    .max(3660)
    .optional()
    .openapi({ description: 'days' }),
  renewal_mode: z.enum(RENEWAL_MODES).optional(),
  sort: z
    .string()
    .regex(/^-?(id|total|in_use|service_life_days|activated_at|expires_at|status)$/)
    .optional()
    .openapi({ description: '`-` in front sorts downwards; default `expires_at`' }),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(1000).optional(),
})
export type LicenseQuery = z.infer<typeof LicenseQuery>
