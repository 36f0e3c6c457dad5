/** `/w/{publishableKey}/licenses/{id}/…`: what uses a license. */
import { z } from '@hono/zod-openapi'
import { ACTIVATION_STATES } from '../domain/activation.ts'
import { UNIT_USES } from '../domain/one-time-unit.ts'
import { REBIND_REASONS, REBIND_STATES } from '../domain/rebind.ts'
import { Instant } from './shared.ts'

export const FileQuery = z.object({
  activation: z.string().max(64).optional().openapi({
    description: 'act_…; may be left out where exactly one installation is active',
  }),
})

const fingerprint = z.string().min(1).max(255)
const name = z.string().min(1).max(255)
/** As people copy it: with or without hyphens and line breaks. */
const code = z.string().min(1).max(2000)

/** A wish that another installation takes the place of one (S82). */
export const Rebind = z
  .object({
    id: z.string(),
    state: z.enum(REBIND_STATES),
    activation_id: z.string(),
    /** The one that took its place; null unless approved. */
    new_activation_id: z.string().nullable(),
    fingerprint: z.string(),
    name: z.string().nullable(),
    /** 0–100: how much speaks for a look by a person, and what. */
    score: z.number().int(),
    reasons: z.array(z.enum(REBIND_REASONS)),
    requested_at: Instant,
    decided_at: Instant.nullable(),
  })
  .openapi('Rebind')
export type Rebind = z.infer<typeof Rebind>

export const Installation = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    /** As the product sent it; `reg:` and a digest for one that was activated by a code. */
    fingerprint: z.string(),
    /** Activated by a registration code: it cannot be called, and gives its unit back by a code. */
    offline: z.boolean(),
    /** `stale` is active with a missed heartbeat. */
    state: z.enum([...ACTIVATION_STATES, 'stale']),
    activated_at: Instant,
    last_seen_at: Instant,
    ended_at: Instant.nullable(),
    /** That waits for an operator. */
    rebind: Rebind.nullable(),
  })
  .openapi('Installation')
export type Installation = z.infer<typeof Installation>

export const InstallationQuery = z.object({
  state: z.enum(['active', 'ended']).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().max(1000).optional(),
})

export const InstallationList = z
  .object({
    data: z.array(Installation),
    next_cursor: z.string().nullable(),
    /** All of that state, not only this page. */
    count: z.number().int(),
    now: Instant,
  })
  .openapi('InstallationList')
export type InstallationList = z.infer<typeof InstallationList>

/** A unit of a one-time license by the host's name for what uses it. */
export const Unit = z
  .object({
    reference: z.string(),
    /** `released`: given back, and free for another reference. */
    use: z.enum(UNIT_USES),
    reserved_at: Instant,
    /** When it was used up or given back; null while it is reserved. */
    ended_at: Instant.nullable(),
  })
  .openapi('Unit')
export type Unit = z.infer<typeof Unit>

export const UnitQuery = InstallationQuery.omit({ state: true })

export const UnitList = z
  .object({
    data: z.array(Unit),
    next_cursor: z.string().nullable(),
    /** References, also those that gave their unit back. */
    count: z.number().int(),
    /** Units: `reserved`, `consumed` and `left` together are `total`. */
    total: z.number().int(),
    reserved: z.number().int(),
    consumed: z.number().int(),
    left: z.number().int(),
    now: Instant,
  })
  .openapi('UnitList')
export type UnitList = z.infer<typeof UnitList>

export const ReleaseBody = z.strictObject({
  activation_id: z.string().max(64).nullish(),
  /** Of a host without a network: it proves that the host has forgotten its activation. */
  deactivation_code: code.nullish(),
})

export const ActivateByCodeBody = z.strictObject({
  registration_code: code,
  name: name.nullish(),
})

export const ActivatedByCode = z
  .object({
    /** Lines of five groups; signed, for this registration alone. */
    activation_code: z.string(),
    activation: Installation,
    expires_at: Instant,
    grace_until: Instant,
    now: Instant,
  })
  .openapi('ActivatedByCode')
export type ActivatedByCode = z.infer<typeof ActivatedByCode>

export const RebindBody = z.strictObject({
  activation_id: z.string().max(64),
  fingerprint,
  name: name.nullish(),
  /** For whoever decides. */
  reason: z.string().max(1000).nullish(),
})

export const WithdrawBody = z.strictObject({ rebind_id: z.string().max(64) })
