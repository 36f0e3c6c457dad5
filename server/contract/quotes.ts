/** `POST /w/{publishableKey}/quotes` and `GET …/quotes/{id}`: a price that is stored, so that what is shown is charged. */
import { z } from '@hono/zod-openapi'
import { Notices } from './catalogue.ts'
import { Amount, Currency, Instant } from './shared.ts'

const quantity = z.number().int().min(1).max(1_000_000_000)

export const QuoteItem = z.strictObject({
  plan: z.string().min(1).max(64),
  quantity,
  cycle: z.enum(['month', 'year']).nullish(),
  auto_renew: z.boolean().nullish(),
})

/** One of `items`, `renewals`, `add_units`; the last two come with the renewal desk. */
export const QuoteRequest = z
  .strictObject({
    items: z.array(QuoteItem).min(1).max(20),
    currency: Currency.nullish(),
    promo_code: z.string().min(1).max(64).nullish(),
    time_zone: z.string().min(1).max(64).nullish(),
  })
  .openapi('QuoteRequest')
export type QuoteRequest = z.infer<typeof QuoteRequest>

export const QuoteLine = z.object({
  plan: z.string(),
  /** The license that this line renews or extends; null for a new one. */
  license_id: z.string().nullable(),
  quantity: z.number().int(),
  cycle: z.enum(['month', 'year']).nullable(),
  auto_renew: z.boolean(),
  starts_at: Instant,
  ends_at: Instant,
  /** List price of one unit for one cycle. */
  unit_amount: Amount,
  /** The line after discount and before exclusive tax. */
  amount: Amount,
  discount: Amount,
  tax: Amount,
  /** "1 month × $75.00 × 5", in the language of Accept-Language. */
  explain: z.string(),
})

export const Quote = z
  .object({
    id: z.string(),
    created_at: Instant,
    expires_at: Instant,
    currency: Currency,
    lines: z.array(QuoteLine),
    subtotal: Amount,
    discount: Amount,
    tax: Amount,
    /** Null where no tax applies; `inclusive` tax is contained in the subtotal. */
    tax_note: z
      .object({ name: z.string(), percent: z.string(), mode: z.enum(['inclusive', 'exclusive']) })
      .nullable(),
    total: Amount,
    renewal: z
      .object({ amount: Amount, every: z.enum(['month', 'year']), first_charge_at: Instant })
      .nullable(),
    complimentary: z.array(
      z.object({ plan: z.string(), quantity: z.number().int(), ends_at: Instant }),
    ),
    notices: Notices,
    /** The zone that days and month ends are counted in. */
    time_zone: z.string(),
    promo_code: z.string().nullable(),
    /** An order of the same plan within the last two hours (P11): told, never refused. */
    earlier_order: z
      .object({ id: z.string(), placed_at: Instant, quantity: z.number().int() })
      .nullable(),
    now: Instant,
  })
  .openapi('Quote')
export type Quote = z.infer<typeof Quote>
export type QuoteLine = z.infer<typeof QuoteLine>
