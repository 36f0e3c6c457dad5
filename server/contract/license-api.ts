/** `POST /v1/licenses/{verb}`: what installed products send and are told. */
import { z } from '@hono/zod-openapi'
import { ACTIVATION_STATES } from '../domain/activation.ts'
import { LICENSE_STATUSES } from '../domain/license.ts'
import { VALIDATION_CODES } from '../domain/validation-codes.ts'
import { Rebind } from './installations.ts'
import { Instant } from './shared.ts'

const name = z.string().min(1).max(255)

export const LicenseQuestionBody = z
  .strictObject({
    key: z.string().min(1).max(200).openapi({ example: 'RCV-007H-WB9W-9DD6-JY47-JTJV-9GYJ-W74G' }),
    /** Id of the product that asks: a license of another one never fits (S86). */
    product: z.string().min(1).max(64),
    /** Domain, server fingerprint or installation id; compared byte by byte. */
    fingerprint: name.nullish(),
    /** For people: which machine this is. */
    name: name.nullish(),
    /** One-time licenses: the host's own name for what uses the unit. */
    reference: name.nullish(),
    /** `rebind`: the installation that is to go, act_…; the one of the same name when absent. */
    activation_id: z.string().max(64).nullish(),
    /** `rebind`: of the customer, compared with the stored one. */
    email: z.string().max(320).nullish(),
    /** `deactivate`: what a host shows that was activated by a code, once it has forgotten it. */
    deactivation_code: z.string().min(1).max(200).nullish(),
    /** Echoed exactly, so that an answer cannot be played back. */
    nonce: z.string().max(255).nullish(),
    /** Feature flags that must all be granted. */
    entitlements: z.array(z.string().min(1).max(64)).max(100).nullish(),
    /** What the caller holds: a new token is only made when this one runs out. */
    current_token: z.strictObject({ seq: z.number().int(), expires_at: Instant }).nullish(),
  })
  .openapi('LicenseQuestion')
export type LicenseQuestionBody = z.infer<typeof LicenseQuestionBody>

export const Validation = z
  .object({
    valid: z.boolean(),
    code: z.enum(VALIDATION_CODES),
    /** Null for NOT_FOUND and WRONG_PRODUCT. */
    license: z
      .object({
        id: z.string(),
        product: z.string(),
        plan: z.string(),
        type: z.string(),
        total: z.number().int(),
        in_use: z.number().int(),
        activated_at: Instant,
        expires_at: Instant,
        status: z.enum(LICENSE_STATUSES),
        one_time: z.boolean(),
        entitlements: z.array(z.string()),
        binding: z.enum(['installation', 'fingerprint', 'domain']),
        /** A renewal brings it back, with the same key and without another activation (S80). */
        renewable: z.boolean(),
        /** Rises with every change: an answer with a lower one is older. */
        seq: z.number().int(),
      })
      .nullable(),
    /** Of the caller's installation. */
    activation: z
      .object({
        id: z.string(),
        name: z.string().nullable(),
        state: z.enum(ACTIVATION_STATES),
        activated_at: Instant,
        last_seen_at: Instant,
      })
      .nullable(),
    /** One-time licenses: what became of the unit that `reference` names; null when it has none. */
    unit: z
      .object({ reference: z.string(), state: z.enum(['reserved', 'consumed', 'released']) })
      .nullable(),
    /** Only of `rebind`: done, or waiting for an operator. */
    rebind: Rebind.optional(),
    /** JWS for the time without a network (`typ: license+jwt`, Ed25519); null: keep the one you have. */
    token: z.string().nullable(),
    check_after: Instant.nullable(),
    grace_until: Instant.nullable(),
    /** A sentence to show to a person; null when all is well. */
    notice: z.string().nullable(),
    nonce: z.string().nullable(),
    now: Instant,
  })
  .openapi('Validation')
export type Validation = z.infer<typeof Validation>

/** `POST /w/{publishableKey}/licenses/{id}/reveal`. */
export const RevealedKey = z.object({ key: z.string() }).openapi('RevealedKey')
