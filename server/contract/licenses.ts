/** `GET /w/{publishableKey}/licenses`, `.csv` and `licenses/{id}`. */
import { z } from '@hono/zod-openapi'
import { LICENSE_KINDS, LICENSE_STATUSES, RENEWAL_MODES } from '../domain/license.ts'
import { NOT_RENEWABLE_REASONS } from '../domain/renewal-eligibility.ts'
import { Amount, CalendarDate, Currency, Cycle, Instant } from './shared.ts'

export const LICENSE_SORTS = [
  'id',
  'total',
  'in_use',
  'service_life_days',
  'activated_at',
  'expires_at',
  'status',
] as const

/** Whether and for how much it can be renewed now. */
export const LicenseRenewal = z.object({
  possible: z.boolean(),
  /** Null while it is possible. */
  reason: z.enum(NOT_RENEWABLE_REASONS).nullable(),
  /** The reason in the language of Accept-Language. */
  sentence: z.string().nullable(),
  open_order_id: z.string().nullable(),
  /** One plain cycle at today's price, tax included; 0 where the plan has no price any more. */
  amount: Amount,
  currency: Currency,
  can_add_units: z.boolean(),
  /** Dearer plans of the same product (S81). */
  upgrades: z.array(z.object({ plan: z.string(), name: z.string() })),
  /**
   * The last renewal, while its time has not begun: `POST orders/{order_id}/refund` takes it back, and
   * the license ends again at `ends_at`. Null where there is none.
   */
  undo: z.object({ order_id: z.string(), ends_at: Instant }).nullable(),
})

export const AUTO_RENEWAL_STATES = ['off', 'due', 'processing', 'past_due', 'stopped'] as const

/** What the switch "Auto-Renewal" shows. */
export const LicenseAutoRenewal = z.object({
  available: z.boolean(),
  /** Why it is not; null while it is. */
  reason: z.enum(['plan', 'no_method']).nullable(),
  state: z.enum(AUTO_RENEWAL_STATES),
  amount: Amount,
  currency: Currency,
  /** When the next charge falls, or would fall if it were switched on. */
  charge_at: Instant,
  method: z.object({ brand: z.string().nullable(), last4: z.string().nullable() }).nullable(),
  /** Why the last charge did not succeed. */
  failure: z.string().nullable(),
})

/** Use beyond the expiry, paid by unit and UTC day. */
export const LicensePayPerUse = z.object({
  available: z.boolean(),
  reason: z.enum(['no_rate', 'no_method']).nullable(),
  /** Of one unit. */
  daily_rate: Amount,
  currency: Currency,
  metering: z.boolean(),
  since: Instant.nullable(),
  /** Metered so far and not billed yet, and what they cost. */
  days: z.number().int(),
  amount: Amount,
})

export const License = z
  .object({
    id: z.string(),
    product: z.string(),
    plan: z.string(),
    plan_name: z.string(),
    type: z.string(),
    total: z.number().int(),
    /** `reserved` and `consumed` together. */
    in_use: z.number().int(),
    /** Taken by installations; of a one-time license by references that may still give them back. */
    reserved: z.number().int(),
    /** Used up for good; 0 unless `one_time`. */
    consumed: z.number().int(),
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
    /** Null when nothing is charged by itself, and as long as a license is held. */
    next_charge_at: Instant.nullable(),
    cycle: Cycle.nullable(),
    one_time: z.boolean(),
    /** `complimentary` came free with a purchase (S22), `grant` from an operator. */
    kind: z.enum(LICENSE_KINDS),
    /** The id of the order that brought it, when it came free with a purchase (S22). */
    complimentary_of: z.string().nullable(),
    order_id: z.string().nullable(),
    key_last4: z.string(),
    time_zone: z.string(),
    /** Fewer units from the next period on; null while the total stays. */
    next_total: z.number().int().nullable(),
    /** Whole days that a renewal now would pay for and that are over already (R3). */
    lost_days: z.number().int(),
    /** The next three are null for a license without any renewal: one-time, complimentary. */
    renewal: LicenseRenewal.nullable(),
    auto_renewal: LicenseAutoRenewal.nullable(),
    pay_per_use: LicensePayPerUse.nullable(),
  })
  .openapi('License')
export type License = z.infer<typeof License>

/**
 * Complimentary licenses with free units that end within 30 days and cannot be renewed (S26, S28),
 * whatever the list is filtered by; null where there is none.
 */
export const UnusedSoon = z
  .object({
    /** All of them, and their free units. */
    licenses: z.number().int(),
    units: z.number().int(),
    /** Of the first one to end. */
    type: z.string(),
    expires_at: Instant,
    time_zone: z.string(),
  })
  .openapi('UnusedSoon')
export type UnusedSoon = z.infer<typeof UnusedSoon>

export const LicenseList = z
  .object({
    data: z.array(License),
    next_cursor: z.string().nullable(),
    /** All that match, not only this page. */
    count: z.number().int(),
    /** Of the four tabs, under the same other filters; only with `counts=renewal_mode`. */
    mode_counts: z.record(z.enum(RENEWAL_MODES), z.number().int()).optional(),
    unused_soon: UnusedSoon.nullable(),
    now: Instant,
  })
  .openapi('LicenseList')
export type LicenseList = z.infer<typeof LicenseList>

/** "Select all 148 matching": ids only, at most 1,000. */
export const LicenseIds = z
  .object({
    ids: z.array(z.string()),
    /** All that match, also beyond the ids. */
    count: z.number().int(),
    now: Instant,
  })
  .openapi('LicenseIds')
export type LicenseIds = z.infer<typeof LicenseIds>

/** The expiry timeline: one mark per date on the customer's calendar. */
export const LicenseExpiries = z
  .object({
    data: z.array(
      z.object({
        date: CalendarDate,
        /** Licenses, and the units of all of them. */
        count: z.number().int(),
        quantity: z.number().int(),
      }),
    ),
    /** Half-open: `to` is the first date after the window. */
    from: CalendarDate,
    to: CalendarDate,
    now: Instant,
    time_zone: z.string(),
  })
  .openapi('LicenseExpiries')
export type LicenseExpiries = z.infer<typeof LicenseExpiries>

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
  order: z.string().max(64).optional().openapi({ description: 'id of the order that brought it' }),
  product: z
    .string()
    .max(64)
    .optional()
    .openapi({ description: 'a key belongs to one product, and matches nothing of another' }),
  expires_from: CalendarDate.optional().openapi({
    description: 'first local date of the expiry, in the time zone of each license',
  }),
  expires_to: CalendarDate.optional().openapi({ description: 'last local date of the expiry' }),
  renewable: z
    .literal('true')
    .optional()
    .openapi({ description: 'only those that can be renewed now' }),
  counts: z
    .literal('renewal_mode')
    .optional()
    .openapi({ description: 'adds `mode_counts`, for the tabs of the renewals view' }),
  sort: z
    .string()
    .regex(/^-?(id|total|in_use|service_life_days|activated_at|expires_at|status)$/)
    .optional()
    .openapi({ description: '`-` in front sorts downwards; default `expires_at`' }),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(1000).optional(),
})
export type LicenseQuery = z.infer<typeof LicenseQuery>

/** What selects licenses, without order and page. */
export const LicenseFilterQuery = LicenseQuery.omit({
  sort: true,
  limit: true,
  cursor: true,
  counts: true,
})
export const LicenseExpiriesQuery = LicenseFilterQuery.extend({
  months: z.coerce.number().int().min(1).max(24).optional().openapi({
    description: 'length of the window from today on; default 12',
  }),
})
