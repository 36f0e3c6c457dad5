/** `POST /w/{publishableKey}/orders` and its like: a quote accepted, and where to pay it. */
import { z } from '@hono/zod-openapi'
import { ORDER_STATES } from '../domain/order.ts'
import { QUOTE_KINDS } from '../domain/quote.ts'
import { Refund, Refundable } from './refunds.ts'
import { Amount, Currency, Instant } from './shared.ts'

export const OrderRequest = z
  .strictObject({
    quote_id: z.string().min(1).max(64),
    /** `notices.version` of the quote: the words that were on the screen. */
    notices_version: z.string().min(1).max(128),
    locale: z.string().min(2).max(35).nullish(),
    /** Must have exactly an origin that the product registered. */
    return_url: z.string().max(2048).nullish(),
    payment_method: z.string().min(1).max(64).nullish().openapi({
      description:
        'One of `GET payment-methods`; null or absent: the customer pays on the payment page.',
      example: 'pm_1Q…',
    }),
  })
  .openapi('OrderRequest')
export type OrderRequest = z.infer<typeof OrderRequest>

export const Order = z
  .object({
    id: z.string(),
    kind: z.enum(QUOTE_KINDS),
    state: z.enum(ORDER_STATES),
    /** Null when nothing is to be paid, or when the page is closed. */
    payment_url: z.string().nullable(),
    created_at: Instant,
    expires_at: Instant,
    currency: Currency,
    subtotal: Amount,
    discount: Amount,
    tax: Amount,
    total: Amount,
    paid_at: Instant.nullable(),
    fulfilled_at: Instant.nullable(),
    /**
     * In the order of the lines, the new or the renewed ones, complimentary ones after their line's;
     * empty until `fulfilled`.
     */
    licenses: z.array(z.string()),
    lines: z.array(
      z.object({
        plan: z.string(),
        /** The license that the line renews or enlarges; null for a new one. */
        license_id: z.string().nullable(),
        quantity: z.number().int(),
        amount: Amount,
        explain: z.string(),
      }),
    ),
    /** Why the last attempt did not succeed; the order may still be payable while `pending`. */
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    /** True while the money of a canceled, changed or mismatched payment is being looked at. */
    payment_received: z.boolean(),
    /** Oldest first. */
    refunds: z.array(Refund),
    refundable: Refundable,
    email: z.string(),
    consents: z.array(
      z.object({
        version: z.string(),
        locale: z.string(),
        accepted_at: Instant,
        quote_id: z.string(),
      }),
    ),
    /** The status page of this order on the License Center; public customers only. */
    token: z.string().nullable(),
    /** A private link to the receipt: whoever has it sees it. Null until the order is paid. */
    receipt_url: z.string().nullable(),
    support_url: z.string(),
    home_url: z.string(),
    now: Instant,
  })
  .openapi('Order')
export type Order = z.infer<typeof Order>
