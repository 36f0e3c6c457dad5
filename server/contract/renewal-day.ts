/** `GET|PUT /w/{publishableKey}/renewal-day`: the day that aligned renewals end on (S51). */
import { z } from '@hono/zod-openapi'
import { RenewalDay } from './shared.ts'

export const RenewalDayBody = z.strictObject({ day: RenewalDay }).openapi('RenewalDayBody')
export type RenewalDayBody = z.infer<typeof RenewalDayBody>
