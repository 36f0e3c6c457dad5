/** `POST /w/{publishableKey}/orders/{id}/refund`: what a customer may take back by themselves, and what came of it. */
import { z } from '@hono/zod-openapi'
import { REFUND_KINDS, REFUND_STATES } from '../domain/refund.ts'
import { Amount, Currency, Instant } from './shared.ts'

export const RefundRequest = z
  .strictObject({
    /** `period`: takes back what the order added · `units`: part of its units · `amount`: money only. */
    kind: z.enum(REFUND_KINDS),
    /** The licenses it is about; left out: all of the order. `quantity` for `units`. */
    lines: z
      .array(
        z.strictObject({
          license_id: z.string().min(1).max(64),
          quantity: z.number().int().min(1).nullish(),
        }),
      )
      .min(1)
      .max(100)
      .nullish(),
    /** Minor units, for `amount` only. */
    amount: z.number().int().min(1).nullish(),
    reason: z.string().min(1).max(500),
  })
  .openapi('RefundRequest')
export type RefundRequest = z.infer<typeof RefundRequest>

export const Refund = z
  .object({
    id: z.string(),
    amount: Amount,
    currency: Currency,
    kind: z.enum(REFUND_KINDS),
    state: z.enum(REFUND_STATES),
    at: Instant,
  })
  .openapi('Refund')
export type Refund = z.infer<typeof Refund>

/** What could still be given back, and by whom. */
export const Refundable = z
  .object({
    amount: Amount,
    /** Why nothing can, in a sentence; null while something can. */
    reason: z.string().nullable(),
    by: z.enum(['customer', 'operator']),
  })
  .openapi('Refundable')
export type Refundable = z.infer<typeof Refundable>
