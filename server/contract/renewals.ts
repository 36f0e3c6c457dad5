/** `POST /w/{publishableKey}/renewals/mode`: which of the four tabs licenses are in (S44, S46). */
import { z } from '@hono/zod-openapi'
import { RENEWAL_MODES } from '../domain/license.ts'
import { License } from './licenses.ts'

export const RenewalModeRequest = z
  .strictObject({
    license_ids: z.array(z.string().min(1).max(64)).min(1).max(100),
    mode: z.enum(RENEWAL_MODES),
    /** What was agreed to when a card or a meter is switched on; needed for `auto` and `pay_per_use`. */
    consent: z.strictObject({ notices_version: z.string().min(1).max(128) }).nullish(),
  })
  .openapi('RenewalModeRequest')
export type RenewalModeRequest = z.infer<typeof RenewalModeRequest>

export const RenewalModeAnswer = z.object({ data: z.array(License) }).openapi('RenewalModeAnswer')
export type RenewalModeAnswer = z.infer<typeof RenewalModeAnswer>
