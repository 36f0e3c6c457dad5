/** Method 2 of the console (S34), and what is done with keys. */
import { z } from '@hono/zod-openapi'
import { Instant } from './shared.ts'

export const RegistrationCode = z
  .object({ registration_code: z.string(), now: Instant })
  .openapi('RegistrationCode')
export type RegistrationCode = z.infer<typeof RegistrationCode>

export const RedeemBody = z.strictObject({ activation_code: z.string().min(1).max(2000) })

export const Redeemed = z
  .object({ license_id: z.string(), licenses: z.array(z.string()), now: Instant })
  .openapi('Redeemed')
export type Redeemed = z.infer<typeof Redeemed>

export const RotateKeyBody = z.strictObject({
  /** Ending of the key that is replaced: a repeat finds it replaced already. */
  key_last4: z.string().min(4).max(4),
  /** For so long the old key works beside the new one. */
  overlap_hours: z.number().int().min(0).max(168).nullish(),
})

export const RotatedKey = z
  .object({ key: z.string(), key_last4: z.string(), previous_until: Instant })
  .openapi('RotatedKey')
export type RotatedKey = z.infer<typeof RotatedKey>

export const SentKey = z
  .object({
    /** Masked. */
    sent_to: z.string(),
    now: Instant,
  })
  .openapi('SentKey')
export type SentKey = z.infer<typeof SentKey>
